// The picture of the strip, and the button that plays all of it in order.
import { Pause, Play } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { mediaUrl } from '../../client/mediaUrl';
import { IconButton } from '../../components/button/Button';
import { useFormat } from '../../i18n/useFormat';
import { stripSeconds, type StripPart } from './stripPlace';
import type { StripPlay } from './useStripPlay';
import styles from './Stitch.module.css';

interface StripPlayerProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly parts: readonly StripPart[];
  readonly shown: StripPart | null;
  readonly play: StripPlay;
}

export function StripPlayer({ video, parts, shown, play }: StripPlayerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { moment, playing, toggle } = play;
  const text = (seconds: number): string => t('units.seconds', { value: format.fixed(seconds, 1) });
  const inFilm = shown === null ? 0 : shown.start + Math.max(0, Math.min(moment, shown.to) - shown.from);
  const total = stripSeconds(parts);
  return (
    <div className={styles.player}>
      <video
        ref={video}
        className={styles.video}
        poster={shown?.clip.hasPoster === true ? mediaUrl('poster', shown.clip.id) : undefined}
        aria-label={shown?.clip.title}
        playsInline
        preload="auto"
        onClick={toggle}
      />
      <div className={styles.playerLine}>
        <IconButton
          icon={playing ? Pause : Play}
          label={playing ? t('player.pause') : t('stitch.playAll')}
          onClick={toggle}
        />
        <span className={`num ${styles.time}`}>
          {text(inFilm)} <span className="muted">/ {text(total)}</span>
        </span>
        <span className={`truncate muted ${styles.name}`}>{shown?.clip.title || t('common.untitled')}</span>
      </div>
    </div>
  );
}
