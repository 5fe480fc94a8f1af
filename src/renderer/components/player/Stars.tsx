// One to five stars; the one that is set already takes them all away.
import { Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './Stars.module.css';

interface StarsProps {
  /** 0 to 5. */
  readonly rating: number;
  readonly onRate: (rating: number) => void;
}

export function Stars({ rating, onRate }: StarsProps) {
  const { t } = useTranslation();
  return (
    <span className={styles.stars} role="group" aria-label={t('viewer.rating', { value: rating })}>
      {[1, 2, 3, 4, 5].map((value) => (
        <button
          key={value}
          type="button"
          tabIndex={-1}
          data-on={value <= rating || undefined}
          aria-label={t('viewer.rate', { count: value })}
          aria-pressed={value === rating}
          onClick={() => onRate(value === rating ? 0 : value)}
        >
          <Star size={14} strokeWidth={1.75} aria-hidden />
        </button>
      ))}
    </span>
  );
}
