// One list of the library: its drawing, its name, how many stand in it.
import type { LucideIcon } from 'lucide-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { Icon } from '../../components/button/Icon';
import { useFormat } from '../../i18n/useFormat';
import styles from './Sidebar.module.css';

interface ItemProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly count: number | null;
  readonly current: boolean;
  readonly onClick: () => void;
  /** What else can be done with it, for its tooltip and for those who hear it. */
  readonly hint?: string;
  /** As `aria-keyshortcuts` takes them. */
  readonly shortcuts?: string;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly ref?: Ref<HTMLButtonElement>;
  /** Stands in place of the count under the pointer. */
  readonly menu?: ReactNode;
}

export function Item(props: ItemProps) {
  const { icon, label, count, current, onClick, hint, shortcuts, onKeyDown, ref, menu } = props;
  const format = useFormat();
  const button = (
    <button
      ref={ref}
      type="button"
      className={styles.item}
      aria-current={current ? 'page' : undefined}
      aria-description={hint}
      aria-keyshortcuts={shortcuts}
      title={hint === undefined ? label : `${label}\n${hint}`}
      onClick={onClick}
      onKeyDown={onKeyDown}
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
