// One list of the library: its drawing, its name, how many stand in it.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../../components/button/Icon';
import { useFormat } from '../../i18n/useFormat';
import styles from './Sidebar.module.css';

interface ItemProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly count: number | null;
  readonly current: boolean;
  readonly onClick: () => void;
  /** Stands in place of the count under the pointer. */
  readonly menu?: ReactNode;
}

export function Item({ icon, label, count, current, onClick, menu }: ItemProps) {
  const format = useFormat();
  const button = (
    <button
      type="button"
      className={styles.item}
      aria-current={current ? 'page' : undefined}
      title={label}
      onClick={onClick}
    >
      <Icon of={icon} />
      <span className={`truncate ${styles.word}`}>{label}</span>
      {count === null ? null : <span className={`num ${styles.count}`}>{format.number(count)}</span>}
    </button>
  );
  if (menu === undefined) return button;
  return (
    <div className={styles.withMenu}>
      {button}
      <span className={styles.menu}>{menu}</span>
    </div>
  );
}
