// A finished clip in the grid: still, frames under the pointer, what the person thinks of it, length, cost.
import { CircleCheck, FileInput, MonitorPlay, Star, X } from 'lucide-react';
import { memo, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Clip } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Icon } from '../../components/button/Icon';
import { Poster } from '../../components/poster/Poster';
import { useFormat } from '../../i18n/useFormat';
import { chosenIds, useSelection } from '../../stores/selectionStore';
import { beginDragOut } from '../export/dragOut';
import { TileFrame, type CellProps } from './TileFrame';
import styles from './Tile.module.css';

interface ClipTileProps extends CellProps {
  readonly clip: Clip;
}

/** Narrower tiles have one star with its number. */
const STARS_FROM = 112;

export const ClipTile = memo(function ClipTile({ clip, ...cell }: ClipTileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = clip.title === '' ? t('common.untitled') : clip.title;
  return (
    <TileFrame
      {...cell}
      name={spokenName(clip, name, t)}
      kind="clip"
      rejected={clip.flag === 'rejected'}
      onDragStart={clip.missing ? undefined : (event) => beginDrag(event, clip)}
      picture={
        <>
          <Poster
            poster={clip.hasPoster ? mediaUrl('poster', clip.id) : null}
            sprite={clip.sprite === null ? null : { src: mediaUrl('sprite', clip.id), sheet: clip.sprite }}
            missing={clip.missing}
          />
          <span className={styles.marks}>
            {clip.flag === null ? null : (
              <span className={styles.flag}>
                <Icon of={clip.flag === 'kept' ? CircleCheck : X} size="xs" />
              </span>
            )}
            {clip.missing ? <span className={styles.mark}>{t('grid.missing')}</span> : null}
          </span>
          <span className={`${styles.marks} ${styles.right}`}>
            {clip.hasProxy ? (
              <span className={styles.mark} title={t('grid.proxy')}>
                <Icon of={MonitorPlay} size="xs" />
              </span>
            ) : null}
            <span className={`num ${styles.mark}`}>
              {t('grid.seconds', { value: format.number(clip.seconds, 0) })}
            </span>
          </span>
        </>
      }
      caption={
        <>
          <span className={`truncate ${styles.name}`} title={name}>
            {name}
          </span>
          <Rating rating={clip.rating} narrow={cell.width < STARS_FROM} />
          <span className={`num ${styles.cost}`}>
            {clip.origin === 'imported' ? (
              <span title={t('grid.imported')}>
                <Icon of={FileInput} size="xs" />
              </span>
            ) : clip.price !== null ? (
              format.money(clip.price.amount, clip.price.currency)
            ) : clip.practice ? (
              t('common.free')
            ) : null}
          </span>
        </>
      }
    />
  );
});

function Rating({ rating, narrow }: { readonly rating: number; readonly narrow: boolean }) {
  if (rating === 0) return null;
  return (
    <span className={`num ${styles.rating}`} aria-hidden>
      {narrow ? (
        <>
          <Icon of={Star} size="xs" />
          <span>{rating}</span>
        </>
      ) : (
        Array.from({ length: rating }, (_, star) => <Icon key={star} of={Star} size="xs" />)
      )}
    </span>
  );
}

/** What the marks on the picture say to the eye. */
function spokenName(clip: Clip, name: string, t: TFunction): string {
  const marks = [
    clip.rating > 0 ? t('grid.stars', { count: clip.rating }) : null,
    clip.flag === 'kept' ? t('grid.kept') : clip.flag === 'rejected' ? t('grid.rejected') : null,
    clip.missing ? t('grid.missing') : null,
  ];
  return [name, ...marks.filter((mark) => mark !== null)].join(t('common.comma'));
}

/** One of several chosen ones takes the others along. */
function beginDrag(event: DragEvent, clip: Clip): void {
  const { chosen } = useSelection.getState();
  beginDragOut(event, clip, chosen.has(clip.id) ? chosenIds() : [clip.id]);
}
