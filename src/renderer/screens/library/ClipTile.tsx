// A finished clip in the grid: still, frames under the pointer, length, cost.
import { useTranslation } from 'react-i18next';
import type { Clip } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Poster } from '../../components/poster/Poster';
import { useFormat } from '../../i18n/useFormat';
import { CLIP_DRAG_TYPE } from '../../stores/intakeStore';
import { TileFrame, type CellProps } from './TileFrame';
import styles from './Tile.module.css';

interface ClipTileProps extends CellProps {
  readonly clip: Clip;
}

export function ClipTile({ clip, ...cell }: ClipTileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = clip.title === '' ? t('common.untitled') : clip.title;
  return (
    <TileFrame
      {...cell}
      name={name}
      kind="clip"
      onDragStart={
        clip.missing
          ? undefined
          : (event) => {
              event.dataTransfer.setData(CLIP_DRAG_TYPE, clip.id);
              event.dataTransfer.effectAllowed = 'copy';
            }
      }
      picture={
        <>
          <Poster
            poster={clip.hasPoster ? mediaUrl('poster', clip.id) : null}
            sprite={clip.sprite === null ? null : { src: mediaUrl('sprite', clip.id), sheet: clip.sprite }}
            missing={clip.missing}
          />
          {clip.missing ? (
            <span className={`${styles.mark} ${styles.topLeft}`}>{t('grid.missing')}</span>
          ) : null}
          <span className={`num ${styles.mark} ${styles.bottomRight}`}>
            {t('grid.seconds', { value: format.number(clip.seconds, 0) })}
          </span>
        </>
      }
      caption={
        <>
          <span className={`truncate ${styles.name}`} title={name}>
            {name}
          </span>
          <span className={`num ${styles.cost}`}>
            {clip.price !== null
              ? format.money(clip.price.amount, clip.price.currency)
              : clip.practice
                ? t('common.free')
                : null}
          </span>
        </>
      }
    />
  );
}
