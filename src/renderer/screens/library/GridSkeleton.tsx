// The shape of the grid while the first page is on its way.
import styles from './LibraryScreen.module.css';

const RATIOS = [1.78, 1.78, 0.56, 1.78, 1.78, 2.33, 1, 1.78, 0.75, 1.78, 1.78, 1.33];

export function GridSkeleton({ label, height }: { readonly label: string; readonly height: number }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      {RATIOS.map((ratio, index) => (
        <i key={index} style={{ height, flexBasis: ratio * height }} />
      ))}
    </div>
  );
}
