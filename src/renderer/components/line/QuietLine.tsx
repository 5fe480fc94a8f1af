// One quiet line across the library: something to know, and what can be done about it.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../button/Icon';
import styles from './QuietLine.module.css';

interface QuietLineProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly words: string;
  /** Something does not work until it is done. */
  readonly warning?: boolean;
  /** Buttons. */
  readonly children: ReactNode;
}

export function QuietLine({ icon, label, words, warning = false, children }: QuietLineProps) {
  return (
    <aside className={styles.line} aria-label={label} data-warning={warning || undefined}>
      <Icon of={icon} />
      <span className={styles.words} role="status">
        {words}
      </span>
      {children}
    </aside>
  );
}
