// Keys that no button shows, each with what it does. For the eye: controls name their keys to assistive technology.
import { KeyCap } from './Transport';
import styles from './KeyLegend.module.css';

/** Caps of keys; `–` stands between the first and the last of several. */
export type LegendKey = readonly [caps: readonly string[], words: string];

interface KeyLegendProps {
  readonly keys: readonly LegendKey[];
  readonly className?: string | undefined;
}

export function KeyLegend({ keys, className }: KeyLegendProps) {
  return (
    <footer className={[styles.keys, className].filter(Boolean).join(' ')} aria-hidden>
      {keys.map(([caps, words]) => (
        <span key={words}>
          {caps.map((cap) => (cap === '–' ? cap : <KeyCap key={cap}>{cap}</KeyCap>))}
          {words}
        </span>
      ))}
    </footer>
  );
}
