// The window's content once the stores know what to show.
import { Tooltip } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../i18n/errorText';
import { useFormat } from '../i18n/useFormat';
import { recordOf } from '../stores/noticesStore';
import { connectStores, loadFirst, loadRest } from './connectStores';
import { CrashScreen } from './CrashScreen';
import { Shell } from './Shell';
import { useAppearance } from './useAppearance';

type Start = 'loading' | 'ready' | { readonly failure: unknown };

export function App() {
  const start = useStart();
  useAppearance();
  if (start === 'loading') return null;
  if (start !== 'ready') return <StartFailure failure={start.failure} />;
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      <Shell />
    </Tooltip.Provider>
  );
}

function useStart(): Start {
  const [start, setStart] = useState<Start>('loading');
  useEffect(() => {
    const stop = connectStores();
    let over = false;
    loadFirst().then(
      () => {
        if (over) return;
        setStart('ready');
        loadRest();
      },
      (failure: unknown) => !over && setStart({ failure }),
    );
    return () => {
      over = true;
      stop();
    };
  }, []);
  return start;
}

function StartFailure({ failure }: { readonly failure: unknown }) {
  const { t } = useTranslation();
  const format = useFormat();
  return <CrashScreen reason="startFailed" message={errorText(recordOf(failure), t, format).sentence} />;
}
