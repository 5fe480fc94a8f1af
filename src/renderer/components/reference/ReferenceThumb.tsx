// A reference's picture: image, video frame, or a sound's waveform in the colour of the text.
import { AudioLines, Film, Image } from 'lucide-react';
import type { ReferenceKind } from '@shared/domain/models';
import { Icon } from '../button/Icon';
import styles from './ReferenceThumb.module.css';

interface ReferenceThumbProps {
  readonly kind: ReferenceKind;
  /** Null: there is no picture, a drawing stands for it. */
  readonly src: string | null;
  readonly size?: 'chip' | 'row' | 'card' | 'fill';
}

const DRAWINGS = { image: Image, video: Film, audio: AudioLines } as const;

export function ReferenceThumb({ kind, src, size = 'row' }: ReferenceThumbProps) {
  return (
    <span className={`${styles.thumb} ${styles[size]}`} data-kind={kind} aria-hidden>
      <Picture kind={kind} src={src} small={size === 'chip'} />
    </span>
  );
}

function Picture({ kind, src, small }: { kind: ReferenceKind; src: string | null; small: boolean }) {
  // A waveform is a blur at 16 px.
  if (src === null || (kind === 'audio' && small))
    return <Icon of={DRAWINGS[kind]} size={small ? 'xs' : 's'} />;
  if (kind === 'audio') return <span className={styles.wave} style={{ maskImage: `url("${src}")` }} />;
  return <img src={src} alt="" draggable={false} />;
}
