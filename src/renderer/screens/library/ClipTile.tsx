// A finished clip in the grid: still, frames under the pointer, what the person thinks of it, length, cost.
import { CircleCheck, FileInput, MonitorPlay, X } from 'lucide-react';
import { memo, type DragEvent } from 'react';
import type { Clip } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Icon } from '../../components/button/Icon';
import { Poster } from '../../components/poster/Poster';
import { chosenIds, useSelection } from '../../stores/selectionStore';
import { beginDragOut } from '../export/dragOut';
import type { ClipWords } from './clipWords';
import { Stars } from './Stars';
import { TileFrame, type CellProps } from './TileFrame';
import styles from './Tile.module.css';

interface ClipTileProps extends CellProps {
  readonly clip: Clip;
  readonly words: ClipWords;
}

/** Narrower tiles have one star with its number. */
const STARS_FROM = 112;
/** Narrower ones have no room for a name. */
const NAME_ABOVE = 150;

/** As few elements as it can be: each counts a thousand times while the grid scrolls. */
export const ClipTile = memo(function ClipTile({ clip, words, ...cell }: ClipTileProps) {
  const name = words.nameOf(clip);
  const cost = words.costOf(clip);
  const nameAlone = clip.rating === 0 && cost === null && clip.origin !== 'imported';
  return (
    <TileFrame
      {...cell}
      name={words.spokenName(clip)}
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
          {clip.flag === null && !clip.missing ? null : (
            <span className={styles.marks}>
              {clip.flag === null ? null : (
                <span className={styles.flag}>
                  <Icon of={clip.flag === 'kept' ? CircleCheck : X} size="xs" />
                </span>
              )}
              {clip.missing ? <span className={styles.mark}>{words.missing}</span> : null}
            </span>
          )}
          <span className={`num ${styles.marks} ${styles.right}`}>
            {clip.hasProxy ? (
              <span className={styles.mark} title={words.proxy}>
                <Icon of={MonitorPlay} size="xs" />
              </span>
            ) : null}
            <span className={styles.length}>{words.lengthOf(clip)}</span>
          </span>
        </>
      }
      caption={
        <>
          {cell.width > NAME_ABOVE || nameAlone ? (
            <span className={`truncate ${styles.name}`} title={name}>
              {name}
            </span>
          ) : null}
          <Stars rating={clip.rating} narrow={cell.width < STARS_FROM} />
          <span className={`num ${styles.cost}`}>
            {clip.origin === 'imported' ? (
              <span title={words.imported}>
                <Icon of={FileInput} size="xs" />
              </span>
            ) : (
              cost
            )}
          </span>
        </>
      }
    />
  );
});

/** One of several chosen ones takes the others along. */
function beginDrag(event: DragEvent, clip: Clip): void {
  const { chosen } = useSelection.getState();
  beginDragOut(event, clip, chosen.has(clip.id) ? chosenIds() : [clip.id]);
}
