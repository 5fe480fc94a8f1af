// The buttons that run a film: step, play, loop, speed.
import { Pause, Play, Repeat, StepBack, StepForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../button/Button';
import { Icon } from '../button/Icon';
import { Segments } from '../field/Field';
import { SPEEDS } from './shuttle';
import styles from './Transport.module.css';

interface StepsProps {
  readonly playing: boolean;
  readonly onToggle: () => void;
  readonly onStep: (by: number) => void;
}

export function Steps({ playing, onToggle, onStep }: StepsProps) {
  const { t } = useTranslation();
  return (
    <span className={styles.steps}>
      <IconButton icon={StepBack} label={t('viewer.stepBack')} keyCap="," onClick={() => onStep(-1)} />
      <button
        type="button"
        className={styles.play}
        aria-label={playing ? t('player.pause') : t('player.play')}
        aria-keyshortcuts="Space"
        onClick={onToggle}
      >
        <Icon of={playing ? Pause : Play} size="l" />
      </button>
      <IconButton icon={StepForward} label={t('viewer.stepForward')} keyCap="." onClick={() => onStep(1)} />
    </span>
  );
}

interface PaceProps {
  readonly loop: boolean;
  readonly speed: number;
  readonly onLoop: (loop: boolean) => void;
  readonly onSpeed: (speed: number) => void;
}

const SPEED_WORDS: Record<number, string> = { 0.25: '¼', 0.5: '½', 1: '1×', 2: '2×' };

export function Pace({ loop, speed, onLoop, onSpeed }: PaceProps) {
  const { t } = useTranslation();
  return (
    <span className={styles.pace}>
      <IconButton
        icon={Repeat}
        label={t('viewer.loop')}
        keyCap="R"
        pressed={loop}
        className={styles.loop}
        onClick={() => onLoop(!loop)}
      />
      <Segments
        label={t('viewer.speed')}
        value={String(speed)}
        choices={SPEEDS.map((value) => ({ value: String(value), label: SPEED_WORDS[value] ?? '' }))}
        onChange={(value) => onSpeed(Number(value))}
      />
    </span>
  );
}

/** A key as it stands on the keyboard. */
export function KeyCap({ children }: { readonly children: string }) {
  return <kbd className={styles.cap}>{children}</kbd>;
}
