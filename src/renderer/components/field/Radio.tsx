// One of several: the bare dot, named for assistive technology, or a card that explains what it means.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../button/Icon';
import styles from './Radio.module.css';

interface RadioProps {
  /** The same for all of one choice. */
  readonly group: string;
  readonly label: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

export function Radio({ group, label, checked, onChoose }: RadioProps) {
  return (
    <input
      type="radio"
      className={styles.dot}
      name={group}
      aria-label={label}
      checked={checked}
      onChange={onChoose}
    />
  );
}

interface RadioCardProps extends RadioProps {
  readonly icon: LucideIcon;
  readonly note: ReactNode;
}

export function RadioCard({ group, label, checked, icon, note, onChoose }: RadioCardProps) {
  return (
    <label className={styles.card}>
      <span className={styles.head}>
        <Icon of={icon} size="s" />
        <b>{label}</b>
        <input type="radio" className={styles.dot} name={group} checked={checked} onChange={onChoose} />
      </span>
      <span className="meta">{note}</span>
    </label>
  );
}
