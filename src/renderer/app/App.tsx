// The window's content once the stores know what to show.
import { Tooltip } from 'radix-ui';
import { lazy, Suspense, useEffect, useState } from 'react';
import { connectStores, loadFirst, loadRest } from './connectStores';
import { Shell } from './Shell';
import { useAppearance } from './useAppearance';

const SafeScreen = lazy(() => import('./SafeScreen'));

type Start = 'loading' | 'ready' | { readonly failure: unknown };

export function App() {
  const start = useStart();
  useAppearance();
  if (start === 'loading') return null;
  if (start !== 'ready')
    return (
      <Suspense fallback={null}>
        <SafeScreen failure={start.failure} />
      </Suspense>
    );
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
