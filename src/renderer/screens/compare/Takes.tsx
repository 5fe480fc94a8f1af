// The takes on the stage: each with its number, stars, price, keep and reject, its picture and its frames.
import { CircleCheck, CircleX, Volume2 } from 'lucide-react';
import {
  memo,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ClipDetail } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { FilmFrames } from '../../components/player/FilmFrames';
import { FrameBar } from '../../components/player/FrameBar';
import { KeyCap } from '../../components/player/Transport';
import { useFrameWheel } from '../../components/player/useFrameWheel';
import { StarRating } from '../../components/rating/StarRating';
import { useFormat } from '../../i18n/useFormat';
import { useKeys } from '../../stores/useKeys';
import type { Cull } from '../viewer/useCull';
import { columnsFor } from './columns';
import type { Group } from './useGroup';
import styles from './Compare.module.css';

interface TakesProps {
  readonly takes: readonly ClipDetail[];
  readonly group: Group;
  readonly chosen: number;
  /** Both on one place, with a line between them. */
  readonly wipe: boolean;
  readonly cull: Cull;
  readonly onChoose: (place: number) => void;
}

/** Height of the frames under a take in pixels. */
const STRIP = 32;
/** Rows of the stage that one take stands on: head, picture, frames. */
const ROWS = 3;

export function Takes({ takes, group, chosen, wipe, cull, onChoose }: TakesProps) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const [line, setLine] = useState(0.5);
  useFrameWheel(stage, group.step);
  const ratios = takes.map(({ width, height }) => width / height);
  const ratio = ratios.reduce((sum, each) => sum + each, 0) / takes.length;
  const columns = wipe ? takes.length : columnsFor(takes.length, ratio, size.width, size.height);
  const rows = Math.ceil(takes.length / columns);
  // Under the wipe all lie in the frame of the widest, so that the line crosses them at one place.
  const shared = Math.max(...ratios);
  return (
    <div
      ref={stage}
      className={styles.takes}
      style={{
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${rows}, auto minmax(0, 1fr) auto)`,
      }}
    >
      {takes.map((clip, place) => {
        const at = { column: (place % columns) + 1, row: Math.floor(place / columns) * ROWS };
        const cell = (part: number): CSSProperties => ({ gridColumn: at.column, gridRow: at.row + part });
        const beside = place === 0 ? `inset(0 ${100 - line * 100}% 0 0)` : `inset(0 0 0 ${line * 100}%)`;
        return (
          <div
            key={clip.id}
            className={styles.take}
            role="group"
            aria-label={t('compare.take', { number: place + 1, name: nameOf(clip, t('common.untitled')) })}
          >
            <Head clip={clip} place={place} chosen={place === chosen} cull={cull} style={cell(1)} />
            <Picture
              key={String(clip.hasProxy)}
              clip={clip}
              register={group.register(place)}
              chosen={place === chosen && !wipe}
              ratio={wipe ? shared : clip.width / clip.height}
              clipPath={wipe ? beside : undefined}
              style={wipe ? { gridColumn: '1 / -1', gridRow: 2 } : cell(2)}
              onChoose={() => (place === chosen ? group.toggle() : onChoose(place))}
            />
            <Strip clip={clip} group={group} style={cell(3)} />
          </div>
        );
      })}
      {wipe ? <WipeLine at={line} ratio={shared} onMove={setLine} /> : null}
    </div>
  );
}

interface HeadProps {
  readonly clip: ClipDetail;
  readonly place: number;
  readonly chosen: boolean;
  readonly cull: Cull;
  readonly style: CSSProperties;
}

function Head({ clip, place, chosen, cull, style }: HeadProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const keys = useKeys();
  const { price, flag, practice } = clip;
  const name = nameOf(clip, t('common.untitled'));
  const key = String(place + 1);
  const keep = flag === 'kept' ? t('viewer.kept') : t('viewer.keep');
  const reject = flag === 'rejected' ? t('viewer.rejected') : t('viewer.reject');
  return (
    <div className={styles.head} style={style}>
      <div className={styles.headLine}>
        <span className={styles.number} data-chosen={chosen || undefined}>
          {key}
        </span>
        <span className={`truncate ${styles.name}`} title={name}>
          {name}
        </span>
        {chosen && clip.hasSound ? (
          <span
            className={styles.heard}
            role="img"
            aria-label={t('compare.heard')}
            title={t('compare.heard')}
          >
            <Icon of={Volume2} size="s" />
          </span>
        ) : null}
        {clip.hasProxy ? (
          <span className={styles.note} title={t('viewer.proxyNote')}>
            {t('viewer.proxy')}
          </span>
        ) : null}
        <span className={`num muted ${styles.price}`}>
          {price !== null ? format.money(price.amount, price.currency) : practice ? t('common.free') : null}
        </span>
        <i className={styles.break} />
        <StarRating value={clip.rating} onChange={(rating) => cull.rate(clip, rating)} />
        <span className={styles.ways}>
          <Button
            variant={flag === 'rejected' ? 'outline' : 'ghost'}
            size="s"
            aria-pressed={flag === 'rejected'}
            aria-label={reject}
            aria-keyshortcuts={`Shift+${key}`}
            title={t('common.withKey', { label: reject, keys: keys.text(`Shift+${key}`) })}
            onClick={() => cull.flag(clip, 'rejected')}
          >
            <Icon of={CircleX} size="s" />
            <span className={styles.word}>{reject}</span>
          </Button>
          <Button
            variant={chosen && flag !== 'kept' ? 'primary' : 'outline'}
            size="s"
            aria-pressed={flag === 'kept'}
            aria-keyshortcuts={key}
            data-filled={(chosen && flag !== 'kept') || undefined}
            title={t('common.withKey', { label: keep, keys: key })}
            onClick={() => cull.flag(clip, 'kept')}
          >
            <Icon of={CircleCheck} size="s" />
            {keep} <KeyCap>{key}</KeyCap>
          </Button>
        </span>
      </div>
    </div>
  );
}

interface PictureProps {
  readonly clip: ClipDetail;
  readonly register: (video: HTMLVideoElement | null) => void;
  readonly chosen: boolean;
  /** Width over height of the frame that it lies in. */
  readonly ratio: number;
  /** What of it is seen under the wipe. */
  readonly clipPath: string | undefined;
  readonly style: CSSProperties;
  readonly onChoose: () => void;
}

function Picture({ clip, register, chosen, ratio, clipPath, style, onChoose }: PictureProps) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const poster = clip.hasPoster ? mediaUrl('poster', clip.id) : undefined;
  return (
    <div className={styles.picture} style={style} onClick={onChoose}>
      <div
        className={styles.frame}
        data-chosen={chosen || undefined}
        data-rejected={clip.flag === 'rejected' || undefined}
        data-failed={failed || undefined}
        style={{ ...withRatio(ratio), clipPath }}
      >
        {clip.missing ? (
          <>
            {poster === undefined ? null : <img src={poster} alt="" />}
            <p>{t('viewer.missing')}</p>
          </>
        ) : (
          <video
            ref={register}
            src={mediaUrl(clip.hasProxy ? 'proxy' : 'clip', clip.id)}
            poster={poster}
            aria-label={clip.title}
            playsInline
            preload="auto"
            onError={() => setFailed(true)}
          />
        )}
        {failed ? <p>{t('player.failed')}</p> : null}
      </div>
    </div>
  );
}

interface StripProps {
  readonly clip: ClipDetail;
  readonly group: Group;
  readonly style: CSSProperties;
}

function Strip({ clip, group, style }: StripProps) {
  const time = useStore(group.clock);
  return (
    <div className={styles.strip} style={style}>
      <FrameBar
        seconds={clip.seconds}
        time={Math.min(time, clip.seconds)}
        height={STRIP}
        picture={<Frames clip={clip} />}
        onSeek={group.seek}
      />
    </div>
  );
}

const Frames = memo(function Frames({ clip }: { readonly clip: ClipDetail }) {
  return (
    <FilmFrames
      sprite={clip.sprite === null ? null : { src: mediaUrl('sprite', clip.id), sheet: clip.sprite }}
      poster={clip.hasPoster ? mediaUrl('poster', clip.id) : null}
      ratio={clip.width / clip.height}
      height={STRIP}
    />
  );
});

interface WipeLineProps {
  /** Part of the width, 0 to 1. */
  readonly at: number;
  /** Width over height of the pictures under it. */
  readonly ratio: number;
  readonly onMove: (at: number) => void;
}

function WipeLine({ at, ratio, onMove }: WipeLineProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const move = (event: PointerEvent): void => {
    const box = frame.current?.getBoundingClientRect();
    if (box !== undefined) onMove(Math.max(0, Math.min((event.clientX - box.left) / box.width, 1)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = wipedBy(event.key, at);
    if (to === null || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(to);
  };
  return (
    <div
      className={styles.wipe}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event);
      }}
    >
      <div ref={frame} className={styles.frame} style={withRatio(ratio)}>
        <span data-side="1" aria-hidden>
          1
        </span>
        <span data-side="2" aria-hidden>
          2
        </span>
        <i
          style={{ left: `${at * 100}%` }}
          role="slider"
          tabIndex={0}
          aria-label={t('compare.wipeLine')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(at * 100)}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}

/** Where a key puts the line; null: it is not the line's. */
function wipedBy(key: string, at: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return 1;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  return Math.max(0, Math.min(at + (key === 'ArrowLeft' ? -0.02 : 0.02), 1));
}

function withRatio(ratio: number): CSSProperties {
  return { '--ratio': ratio } as CSSProperties;
}

function nameOf({ title }: ClipDetail, untitled: string): string {
  return title === '' ? untitled : title;
}

function useSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
