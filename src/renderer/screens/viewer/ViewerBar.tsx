// The viewer's head: name, stars, keep and reject, the place in the list, and compare.
import { ChevronLeft, ChevronRight, CircleCheck, CircleX, Columns2, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ClipDetail } from '@shared/domain/clip';
import { Button, IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { KeyCap } from '../../components/player/Transport';
import { StarRating } from '../../components/rating/StarRating';
import { useFormat } from '../../i18n/useFormat';
import { useKeys } from '../../stores/useKeys';
import type { Cull } from './useCull';
import styles from './Viewer.module.css';

interface ViewerBarProps {
  readonly clip: ClipDetail | undefined;
  readonly title: string;
  /** Place in the list, from 0. */
  readonly at: number;
  readonly count: number;
  readonly cull: Cull;
  readonly onClip: (by: 1 | -1) => void;
  /** Null: there is nothing to compare it with. */
  readonly onCompare: (() => void) | null;
}

export function ViewerBar({ clip, title, at, count, cull, onClip, onCompare }: ViewerBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const keys = useKeys();
  return (
    <>
      <h1 className={`truncate ${styles.title}`} title={title}>
        {title}
      </h1>
      {clip === undefined ? null : <Marks clip={clip} cull={cull} />}
      <span className={styles.gap} />
      {count < 2 ? null : (
        <span className={styles.place}>
          <span className="meta num">
            {t('viewer.place', { place: format.number(at + 1), count: format.number(count) })}
          </span>
          <IconButton
            icon={ChevronLeft}
            label={t('viewer.previous')}
            disabled={at === 0}
            onClick={() => onClip(-1)}
          />
          <IconButton
            icon={ChevronRight}
            label={t('viewer.next')}
            disabled={at === count - 1}
            onClick={() => onClip(1)}
          />
        </span>
      )}
      {onCompare === null ? null : (
        <Button onClick={onCompare} title={t('viewer.compareNote')}>
          <Icon of={Columns2} size="s" />
          {t('viewer.compare')} <KeyCap>{keys.of('clip.compare')}</KeyCap>
        </Button>
      )}
    </>
  );
}

function Marks({ clip, cull }: { readonly clip: ClipDetail; readonly cull: Cull }) {
  const { t } = useTranslation();
  const keys = useKeys();
  return (
    <span className={styles.marks}>
      <StarRating value={clip.rating} onChange={(rating) => cull.rate(clip, rating)} />
      <Flag
        icon={CircleCheck}
        cap={keys.of('clip.keep')}
        word={t('viewer.keep')}
        set={t('viewer.kept')}
        on={clip.flag === 'kept'}
        onClick={() => cull.flag(clip, 'kept')}
      />
      <Flag
        icon={CircleX}
        cap={keys.of('clip.reject')}
        word={t('viewer.reject')}
        set={t('viewer.rejected')}
        on={clip.flag === 'rejected'}
        onClick={() => cull.flag(clip, 'rejected')}
      />
      {clip.trashedAt === null ? null : (
        <span className={styles.note}>
          <Icon of={Trash2} size="s" />
          {t('viewer.inTrash')}
        </span>
      )}
      {clip.hasProxy ? (
        <span className={styles.note} title={t('viewer.proxyNote')}>
          {t('viewer.proxy')}
        </span>
      ) : null}
    </span>
  );
}

interface FlagProps {
  readonly icon: typeof CircleCheck;
  readonly cap: string;
  readonly word: string;
  /** The word once it is set. */
  readonly set: string;
  readonly on: boolean;
  readonly onClick: () => void;
}

function Flag({ icon, cap, word, set, on, onClick }: FlagProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={styles.flag}
      aria-pressed={on}
      aria-keyshortcuts={cap}
      title={t('common.withKey', { label: word, keys: cap })}
      onClick={onClick}
    >
      <Icon of={icon} size="s" />
      {on ? set : word} <KeyCap>{cap}</KeyCap>
    </button>
  );
}
