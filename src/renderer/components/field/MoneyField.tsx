// An amount with its sign: taken over when the field is left or Enter is pressed.
import { useState, type KeyboardEvent } from 'react';
import { readAmount } from './readAmount';
import styles from './Field.module.css';

interface MoneyFieldProps {
  readonly label: string;
  readonly sign: string;
  readonly value: number | null;
  /** What stands where there is no amount. */
  readonly placeholder?: string;
  /** The field may be emptied. */
  readonly optional?: boolean;
  readonly onCommit: (value: number | null) => void;
}

export function MoneyField({ label, sign, value, placeholder, optional = false, onCommit }: MoneyFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = (): void => {
    if (typed === null) return;
    const next = readAmount(typed);
    setTyped(null);
    if (next === undefined || next === value || (next === null && !optional)) return;
    onCommit(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit();
    if (event.key !== 'Escape' || typed === null) return;
    // The first Escape takes back what was typed, the next one closes the sheet.
    event.stopPropagation();
    setTyped(null);
  };
  return (
    <span className={`${styles.box} ${styles.money}`}>
      <span className="muted" aria-hidden>
        {sign}
      </span>
      <input
        className={`num ${styles.input} ${styles.amount}`}
        aria-label={label}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={typed ?? (value === null ? '' : value.toFixed(2))}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
    </span>
  );
}
