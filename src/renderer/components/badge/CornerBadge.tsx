// A few figures in the lower right corner of a picture: a length, how many more there are.
import type { ReactNode } from 'react';
import styles from './CornerBadge.module.css';

export function CornerBadge({ children }: { readonly children: ReactNode }) {
  return <span className={`num ${styles.badge}`}>{children}</span>;
}
