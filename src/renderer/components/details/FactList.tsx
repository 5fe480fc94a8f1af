// Names and values in two columns; a value that is worth copying can be copied.
import type { ReactNode } from 'react';
import { CopyButton } from '../button/CopyButton';
import styles from './FactList.module.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  readonly mono?: boolean;
  readonly strong?: boolean;
  /** Copied on the button; without it there is none. */
  readonly copy?: { readonly label: string; readonly onCopy: () => Promise<void> };
}

export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.list}>
      {facts.map((fact) => (
        <div key={fact.name} className={styles.row}>
          <dt>{fact.name}</dt>
          <dd
            className={fact.mono === true ? `mono ${styles.value}` : `num ${styles.value}`}
            data-strong={fact.strong}
          >
            <span className="truncate">{fact.value}</span>
            {fact.copy === undefined ? null : (
              <span className={styles.copy}>
                <CopyButton label={fact.copy.label} onCopy={fact.copy.onCopy} />
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
