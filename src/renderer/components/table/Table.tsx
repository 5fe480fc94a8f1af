// A table of facts: a quiet head, a line above each row. `data-number` and `data-rest` mark its cells.
import type { ComponentProps } from 'react';
import styles from './Table.module.css';

interface TableProps extends Omit<ComponentProps<'table'>, 'className'> {
  /** Long words go on in the next line, in every column. */
  readonly wrap?: boolean;
  /** The head stays while the box around it scrolls. */
  readonly stickyHead?: boolean;
}

export function Table({ wrap = false, stickyHead = false, ...rest }: TableProps) {
  return (
    <table
      className={styles.table}
      data-wrap={wrap || undefined}
      data-sticky={stickyHead || undefined}
      {...rest}
    />
  );
}
