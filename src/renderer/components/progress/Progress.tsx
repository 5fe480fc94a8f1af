// A thin track that says how far something is, or how much of a whole is taken.
import styles from './Progress.module.css';

interface ProgressProps {
  /** Shares of the whole, 0 to 1, one behind the other; the first is the strongest. */
  readonly parts: readonly number[];
  /** Left out where words beside it say the same. */
  readonly label?: string;
  readonly tone?: 'warning' | undefined;
  readonly className?: string | undefined;
}

export function Progress({ parts, label, tone, className }: ProgressProps) {
  const names = [styles.track, className].filter(Boolean).join(' ');
  const bars = parts.map((part, at) => <i key={at} style={{ width: `${Math.min(1, part) * 100}%` }} />);
  if (label === undefined)
    return (
      <span className={names} data-tone={tone} aria-hidden>
        {bars}
      </span>
    );
  return (
    <span
      className={names}
      data-tone={tone}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={parts[0] === undefined ? undefined : Math.round(parts[0] * 100)}
    >
      {bars}
    </span>
  );
}
