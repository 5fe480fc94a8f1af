// A button of a generation that needs somebody.
import type { Generation } from '@shared/domain/generation';
import { Button } from '../../components/button/Button';
import { useLiveActions } from './useLiveActions';
import type { LiveActionName } from './wordsShape';

interface LiveActionProps {
  readonly generation: Generation;
  readonly action: LiveActionName;
  readonly tabIndex?: number;
}

export function LiveAction({ generation, action, tabIndex }: LiveActionProps) {
  const { label, run } = useLiveActions(generation)[action];
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
