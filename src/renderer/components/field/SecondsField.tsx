// A moment in seconds: taken over when the field is left or Enter is pressed.
import { useId, useState, type KeyboardEvent } from 'react';
import { readSeconds } from './readSeconds';
import styles from './Field.module.css';

interface SecondsFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onCommit: (seconds: number) => void;
}

export function SecondsField({ label, value, onCommit }: SecondsFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const commit = (): void => {
    const next = typed === null ? null : readSeconds(typed);
    setTyped(null);
    if (next !== null) onCommit(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit();
    if (event.key !== 'Escape' || typed === null) return;
    // The first Escape takes back what was typed, the next one closes the dialog.
    event.stopPropagation();
    setTyped(null);
  };
  return (
    <span className={styles.moment}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <span className={`${styles.box} ${styles.seconds}`}>
        <input
          id={id}
          className={`num ${styles.input} ${styles.amount}`}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          value={typed ?? value.toFixed(2)}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
      </span>
    </span>
  );
}
