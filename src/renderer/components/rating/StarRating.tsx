// Five stars to look at and to choose from; the star that is set already takes the rating off.
import { Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../button/Icon';
import styles from './StarRating.module.css';

interface StarRatingProps {
  /** 0 to 5. */
  readonly value: number;
  readonly label: string;
  readonly onChange: (value: number) => void;
}

const STARS = [1, 2, 3, 4, 5];

export function StarRating({ value, label, onChange }: StarRatingProps) {
  const { t } = useTranslation();
  return (
    <span role="group" aria-label={label} className={styles.stars}>
      {STARS.map((star) => (
        <button
          key={star}
          type="button"
          className={styles.star}
          data-on={star <= value || undefined}
          aria-pressed={star === value}
          aria-label={t('grid.stars', { count: star })}
          title={star === value ? t('cull.unrate') : t('cull.rateAs', { count: star })}
          onClick={() => onChange(star === value ? 0 : star)}
        >
          <Icon of={Star} size="s" />
        </button>
      ))}
    </span>
  );
}
