// The one button of a generation that needs somebody.
import { useTranslation } from 'react-i18next';
import type { Generation } from '@shared/domain/generation';
import { Button } from '../../components/button/Button';
import { useGenerations } from '../../stores/generationsStore';
import { attempt } from '../../stores/noticesStore';
import { useView } from '../../stores/viewStore';
import type { LiveWords } from './liveWords';
import { useReuse } from './useReuse';

interface LiveActionProps {
  readonly generation: Generation;
  readonly action: LiveWords['action'];
  readonly tabIndex?: number;
}

export function LiveAction({ generation, action, tabIndex }: LiveActionProps) {
  const { t } = useTranslation();
  const reuse = useReuse();
  if (action === null) return null;
  const acts = {
    enterKey: { label: t('actions.enterKey'), run: () => openKey(generation) },
    lookFor: {
      label: t('actions.lookFor'),
      run: () => void attempt(() => useGenerations.getState().lookFor(generation.id), generation.title),
    },
    reuse: { label: t('actions.reuse'), run: () => reuse(generation.recipe) },
    library: { label: t('actions.openLibrary'), run: () => useView.getState().openSettings('library') },
  } as const;
  const { label, run } = acts[action];
  return (
    <Button
      size="s"
      tabIndex={tabIndex}
      onClick={(event) => {
        event.stopPropagation();
        run();
      }}
    >
      {label}
    </Button>
  );
}

function openKey({ connection }: Generation): void {
  useView.getState().openSettings('connections', connection.id);
}
