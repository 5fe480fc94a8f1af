// Five stars to look at and to choose from; the star that is set already takes the rating off.
import { Star } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../button/Icon';
import styles from './StarRating.module.css';

interface StarRatingProps {
  /** 0 to 5. */
  readonly value: number;
  readonly onChange: (value: number) => void;
}

const STARS = [1, 2, 3, 4, 5];
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

/** One stop for the Tab key; the arrows go from star to star. */
export function StarRating({ value, onChange }: StarRatingProps) {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = STEPS[event.key];
    const { activeElement } = document;
    if (step === undefined || activeElement === null) return;
    const stars = [...event.currentTarget.querySelectorAll('button')];
    stars.at((stars.findIndex((star) => star === activeElement) + step) % stars.length)?.focus();
    event.preventDefault();
    // A film beside it listens for arrows too.
    event.stopPropagation();
  };
  return (
    <span
      role="group"
      aria-label={t('cull.rating', { value })}
      className={styles.stars}
      onKeyDown={onKeyDown}
    >
      {STARS.map((star) => (
        <button
          key={star}
          type="button"
          className={styles.star}
          tabIndex={star === Math.max(1, value) ? 0 : -1}
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
