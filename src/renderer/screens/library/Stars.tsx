// A rating as stars: one path for all of them, where five drawings would be ten elements in every tile.
import { Star } from 'lucide-react';
import { Icon } from '../../components/button/Icon';
import styles from './Tile.module.css';

/** Pixels; the drawing's own box is 24 wide. */
const [SIDE, GAP] = [10, 1.5];
const SCALE = 24 / SIDE;
const MOST = 5;

/** Lucide's star, `left` further to the right. */
function starAt(left: number): string {
  return (
    `M${11.525 + left} 2.295a.53.53 0 0 1 .95 0l2.31 4.679a2.123 2.123 0 0 0 1.595 1.16l5.166.756a.53.53 0 0 1 ` +
    '.294.904l-3.736 3.638a2.123 2.123 0 0 0-.611 1.878l.882 5.14a.53.53 0 0 1-.771.56l-4.618-2.428a2.122 2.122 ' +
    `0 0 0-1.973 0L${6.396 + left} 21.01a.53.53 0 0 1-.77-.56l.881-5.139a2.122 2.122 0 0 0-.611-1.879L` +
    `${2.16 + left} 9.795a.53.53 0 0 1 .294-.906l5.165-.755a2.122 2.122 0 0 0 1.597-1.16z`
  );
}

const PATHS = Array.from({ length: MOST + 1 }, (_, count) =>
  Array.from({ length: count }, (_, star) => starAt(star * (SIDE + GAP) * SCALE)).join(''),
);

interface StarsProps {
  readonly rating: number;
  /** One star with its number. */
  readonly narrow: boolean;
}

export function Stars({ rating, narrow }: StarsProps) {
  if (rating === 0) return null;
  if (narrow)
    return (
      <span className={`num ${styles.rating}`} aria-hidden>
        <Icon of={Star} size="xs" />
        <span>{rating}</span>
      </span>
    );
  const width = rating * (SIDE + GAP) - GAP;
  return (
    <svg
      className={styles.stars}
      width={width}
      height={SIDE}
      viewBox={`0 0 ${width * SCALE} ${SIDE * SCALE}`}
      aria-hidden
    >
      <path d={PATHS[rating] ?? PATHS[MOST]} />
    </svg>
  );
}
