// A file as the prompt names it: picture and `Image 1`.
import type { ReferenceKind } from '@shared/domain/models';
import { ReferenceThumb } from '../reference/ReferenceThumb';
import styles from './Chip.module.css';

interface ChipProps {
  readonly kind: ReferenceKind;
  readonly name: string;
  readonly src: string | null;
  readonly bad?: boolean;
  readonly title?: string;
}

export function Chip({ kind, name, src, bad = false, title }: ChipProps) {
  return (
    <span className={styles.chip} data-bad={bad || undefined} title={title}>
      <ReferenceThumb kind={kind} src={src} size="chip" />
      {name}
    </span>
  );
}
