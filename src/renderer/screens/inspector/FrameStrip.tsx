// Frames of a clip side by side, out of its sprite; without one, its poster.
import type { Clip } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { framePosition } from '../../components/poster/framePosition';
import styles from './RangeDialog.module.css';

/** Height of the strip in pixels, and how many frames it takes at most. */
const HEIGHT = 56;
const MOST = 16;

export function FrameStrip({ clip }: { readonly clip: Clip }) {
  const { sprite, width, height } = clip;
  if (sprite === null)
    return clip.hasPoster ? (
      <div className={styles.strip}>
        <span style={{ backgroundImage: `url("${mediaUrl('poster', clip.id)}")`, backgroundSize: 'cover' }} />
      </div>
    ) : null;
  const count = Math.min(MOST, Math.max(6, Math.round(740 / ((HEIGHT * width) / height))));
  return (
    <div className={styles.strip}>
      {Array.from({ length: count }, (_, index) => (
        <span
          key={index}
          style={{
            backgroundImage: `url("${mediaUrl('sprite', clip.id)}")`,
            backgroundSize: `${sprite.columns * 100}% ${sprite.rows * 100}%`,
            backgroundPosition: framePosition(sprite, (index + 0.5) / count),
          }}
        />
      ))}
    </div>
  );
}
