// The takes on the stage: each with its number, stars, price, keep and reject, its picture and its frames.
import { CircleCheck, Volume2 } from 'lucide-react';
import {
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipDetail } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { FilmFrames } from '../../components/player/FilmFrames';
import { FrameBar } from '../../components/player/FrameBar';
import { Stars } from '../../components/player/Stars';
import { useFormat } from '../../i18n/useFormat';
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
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const [line, setLine] = useState(0.5);
  const ratio = takes.reduce((sum, { width, height }) => sum + width / height, 0) / takes.length;
  const columns = wipe ? takes.length : columnsFor(takes.length, ratio, size.width, size.height);
  const rows = Math.ceil(takes.length / columns);
  return (
    <div
      ref={stage}
      className={styles.takes}
      data-wipe={wipe || undefined}
      style={{
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${rows}, auto minmax(0, 1fr) auto)`,
      }}
    >
      {takes.map((clip, place) => {
        const at = { column: (place % columns) + 1, row: Math.floor(place / columns) * ROWS };
        const cell = (part: number): CSSProperties => ({ gridColumn: at.column, gridRow: at.row + part });
        return (
          <div key={clip.id} className={styles.take} role="group" aria-label={String(place + 1)}>
            <Head clip={clip} place={place} chosen={place === chosen} cull={cull} style={cell(1)} />
            <Picture
              clip={clip}
              register={group.register(place)}
              chosen={place === chosen && !wipe}
              style={
                wipe
                  ? {
                      gridColumn: '1 / -1',
                      gridRow: 2,
                      clipPath:
                        place === 0 ? `inset(0 ${100 - line * 100}% 0 0)` : `inset(0 0 0 ${line * 100}%)`,
                    }
                  : cell(2)
              }
              onChoose={() => (place === chosen ? group.toggle() : onChoose(place))}
            />
            <div className={styles.strip} style={cell(3)}>
              <FrameBar
                seconds={clip.seconds}
                time={Math.min(group.time, clip.seconds)}
                height={STRIP}
                picture={
                  <FilmFrames
                    sprite={
                      clip.sprite === null ? null : { src: mediaUrl('sprite', clip.id), sheet: clip.sprite }
                    }
                    poster={clip.hasPoster ? mediaUrl('poster', clip.id) : null}
                    ratio={clip.width / clip.height}
                    height={STRIP}
                  />
                }
                onSeek={group.seek}
              />
            </div>
          </div>
        );
      })}
      {wipe ? <WipeLine at={line} onMove={setLine} /> : null}
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
  const { price, flag, practice } = clip;
  const name = clip.title === '' ? t('common.untitled') : clip.title;
  return (
    <div className={styles.head} style={style}>
      <span className={styles.number}>{place + 1}</span>
      <span className={`truncate ${styles.name}`} title={name}>
        {name}
      </span>
      <Stars rating={clip.rating} onRate={(rating) => cull.rate(clip, rating)} />
      {chosen && clip.hasSound ? (
        <span className={styles.heard} role="img" aria-label={t('compare.heard')} title={t('compare.heard')}>
          <Icon of={Volume2} size="s" />
        </span>
      ) : null}
      <span className={styles.gap} />
      <span className={`num muted ${styles.price}`}>
        {price !== null ? format.money(price.amount, price.currency) : practice ? t('common.free') : null}
      </span>
      <Button
        variant={chosen ? 'outline' : 'ghost'}
        aria-pressed={flag === 'rejected'}
        onClick={() => cull.flag(clip, 'rejected')}
      >
        {flag === 'rejected' ? t('viewer.rejected') : t('viewer.reject')}
      </Button>
      <Button
        variant={chosen && flag !== 'kept' ? 'primary' : 'outline'}
        aria-pressed={flag === 'kept'}
        onClick={() => cull.flag(clip, 'kept')}
      >
        <Icon of={CircleCheck} size="s" />
        {flag === 'kept' ? t('viewer.kept') : t('viewer.keep')}
      </Button>
    </div>
  );
}

interface PictureProps {
  readonly clip: ClipDetail;
  readonly register: (video: HTMLVideoElement | null) => void;
  readonly chosen: boolean;
  readonly style: CSSProperties;
  readonly onChoose: () => void;
}

function Picture({ clip, register, chosen, style, onChoose }: PictureProps) {
  const { t } = useTranslation();
  const poster = clip.hasPoster ? mediaUrl('poster', clip.id) : undefined;
  return (
    <div
      className={styles.picture}
      data-chosen={chosen || undefined}
      data-rejected={clip.flag === 'rejected' || undefined}
      style={style}
      onClick={onChoose}
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
        />
      )}
    </div>
  );
}

/** @param at part of the width, 0 to 1. */
function WipeLine({ at, onMove }: { readonly at: number; readonly onMove: (at: number) => void }) {
  const { t } = useTranslation();
  const move = (event: PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    onMove(Math.max(0, Math.min((event.clientX - box.left) / box.width, 1)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    onMove(Math.max(0, Math.min(at + (event.key === 'ArrowLeft' ? -0.02 : 0.02), 1)));
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
  );
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
