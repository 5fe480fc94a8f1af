// The takes in order. Drag or Alt with the arrows to reorder, arrows to choose, Delete to remove.
import { RefreshCw, Scissors, X } from 'lucide-react';
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { StitchPlan } from '@shared/domain/stitch';
import { mediaUrl } from '../../client/mediaUrl';
import { IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { framePosition } from '../../components/poster/framePosition';
import { fpsOf } from '../../components/player/timecode';
import { useFormat } from '../../i18n/useFormat';
import { useStitch } from '../../stores/stitchStore';
import { useKeys } from '../../stores/useKeys';
import type { StripPart } from './stripPlace';
import styles from './Stitch.module.css';

const DRAG_TYPE = 'application/x-dailies-take';

interface StripProps {
  readonly parts: readonly StripPart[];
  readonly shown: StripPart | null;
  readonly plan: StitchPlan | null;
  /** Of the player, in the clip that is shown. */
  readonly moment: number;
}

export function Strip({ parts, shown, plan, moment }: StripProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [told, setTold] = useState('');
  const keys = useKeys();
  const { choose, move, remove } = useStitch.getState();
  const current = parts.findIndex(({ key }) => key === shown?.key);

  // The keyboard stays with the take that was chosen or moved.
  useEffect(() => {
    const item = list.current?.children[current];
    item?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (list.current?.contains(document.activeElement) === true && item instanceof HTMLElement)
      item.focus({ preventScroll: true });
  }, [current, shown?.key]);

  const moveTo = (key: string, to: number): void => {
    const place = Math.max(0, Math.min(to, parts.length - 1));
    move(key, place);
    const name = parts.find((part) => part.key === key)?.clip.title ?? '';
    setTold(t('composer.moved', { name, place: place + 1 }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (shown === null) return;
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (step !== 0 && event.altKey) moveTo(shown.key, current + step);
    else if (step !== 0) choose(parts[current + step]?.key ?? shown.key);
    else if (event.key === 'Home') choose(parts[0]?.key ?? null);
    else if (event.key === 'End') choose(parts.at(-1)?.key ?? null);
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(shown.key);
    else return;
    event.preventDefault();
  };
  const end = (): void => {
    setDragged(null);
    setOver(null);
  };
  return (
    <>
      <ul
        ref={list}
        className={styles.strip}
        aria-label={t('stitch.strip')}
        aria-description={t('stitch.keys', { move: keys.text('Alt'), remove: keys.text('Delete') })}
        onKeyDown={onKeyDown}
      >
        {parts.map((part, index) => (
          <Take
            key={part.key}
            part={part}
            number={index + 1}
            chosen={index === current}
            position={index === current ? (moment - part.from) / (part.to - part.from) : null}
            encoded={plan !== null && plan.mode === 'encode' && (plan.items[index]?.reasons.length ?? 0) > 0}
            dropMark={over === index && dragged !== part.key}
            onDragStart={(event) => {
              event.dataTransfer.setData(DRAG_TYPE, part.key);
              event.dataTransfer.effectAllowed = 'move';
              setDragged(part.key);
            }}
            onDragOver={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              setOver(index);
            }}
            onDrop={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              moveTo(dragged, index);
              end();
            }}
            onDragEnd={end}
          />
        ))}
      </ul>
      <span className="hidden" role="status">
        {told}
      </span>
    </>
  );
}

interface TakeProps {
  readonly part: StripPart;
  readonly number: number;
  readonly chosen: boolean;
  /** 0 to 1; null where it is not shown. */
  readonly position: number | null;
  readonly encoded: boolean;
  readonly dropMark: boolean;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
  readonly onDragEnd: () => void;
}

/** A second of the film is so many pixels wide, within reason. */
const [PER_SECOND, LEAST, MOST] = [22, 84, 260];

function Take({ part, number, chosen, position, encoded, dropMark, ...drag }: TakeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { clip, key } = part;
  const seconds = part.to - part.from;
  const length = t('units.seconds', { value: format.fixed(seconds, 1) });
  const trimmed = seconds < clip.seconds - 0.5 / fpsOf(clip);
  const { choose, remove } = useStitch.getState();
  const name = clip.title === '' ? t('common.untitled') : clip.title;
  return (
    <li
      aria-current={chosen || undefined}
      aria-label={`${number}. ${name}, ${length}`}
      tabIndex={chosen ? 0 : -1}
      className={styles.take}
      style={{ width: Math.max(LEAST, Math.min(MOST, seconds * PER_SECOND)) }}
      data-chosen={chosen || undefined}
      data-drop={dropMark || undefined}
      draggable
      onClick={() => choose(key)}
      {...drag}
    >
      <span className={styles.takePicture} style={pictureOf(part)} />
      {position === null ? null : (
        <i className={styles.takePosition} style={{ left: `${100 * Math.max(0, Math.min(position, 1))}%` }} />
      )}
      <span className={`num ${styles.number}`}>{number}</span>
      <span className={`num ${styles.length}`}>
        {trimmed ? <Icon of={Scissors} size="xs" /> : null}
        {length}
      </span>
      {encoded ? (
        <span className={styles.encoded} title={t('stitch.encodedMark')}>
          <Icon of={RefreshCw} size="xs" />
        </span>
      ) : null}
      <IconButton
        icon={X}
        size="s"
        className={styles.removeTake}
        label={t('stitch.remove', { name })}
        tabIndex={-1}
        onClick={(event) => {
          event.stopPropagation();
          remove(key);
        }}
      />
    </li>
  );
}

/** The first frame that is shown, out of the sprite; the poster where there is none. */
function pictureOf({ clip, from }: StripPart): Record<string, string> {
  const { sprite, id, hasPoster } = clip;
  if (hasPoster && (sprite === null || from === 0)) return { backgroundImage: url('poster', id) };
  if (sprite === null) return {};
  return {
    backgroundImage: url('sprite', id),
    backgroundSize: `${sprite.columns * 100}% ${sprite.rows * 100}%`,
    backgroundPosition: framePosition(sprite, from / clip.seconds),
  };
}

function url(kind: 'poster' | 'sprite', id: string): string {
  return `url("${mediaUrl(kind, id)}")`;
}
