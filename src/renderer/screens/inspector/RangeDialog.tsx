// Chooses a part of a clip while it plays. The keyboard: space, arrows, I and O for the ends.
import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '@shared/domain/clip';
import { findModel } from '@shared/domain/models';
import type { Span } from '@shared/domain/repair';
import { mediaUrl } from '../../client/mediaUrl';
import { Button, IconButton } from '../../components/button/Button';
import { Dialog } from '../../components/dialog/Dialog';
import { SecondsField } from '../../components/field/SecondsField';
import { moveRange, type RangePart } from '../../components/range/rangeGeometry';
import { RangePicker } from '../../components/range/RangePicker';
import { fpsOf } from '../../components/player/timecode';
import { useFormat } from '../../i18n/useFormat';
import { useDraft } from '../../stores/draftStore';
import { usePlayback } from '../../stores/playbackStore';
import { FrameStrip } from './FrameStrip';
import styles from './RangeDialog.module.css';

interface RangeDialogProps {
  readonly clip: Clip;
  /** Answers whether it went well. */
  readonly onUse: (span: Span) => Promise<boolean>;
  readonly onClose: () => void;
}

/** Shortest and longest video reference in seconds where the model is an endpoint of unknown rules. */
const ANY_LENGTH = [0.5, 3600] as const;

export function RangeDialog(props: RangeDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('range.title')} size="medium" onClose={props.onClose}>
      <Chooser {...props} />
    </Dialog>
  );
}

function Chooser({ clip, onUse, onClose }: RangeDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { volume, muted } = usePlayback();
  const video = useRef<HTMLVideoElement>(null);
  const [least, most] = useDraft(
    ({ draft }) => findModel(draft.model)?.referenceLimits.video.seconds ?? ANY_LENGTH,
  );
  const bounds = { seconds: clip.seconds, least, step: 1 / fpsOf(clip) };
  const [span, setSpan] = useState<Span>({ from: 0, to: Math.min(clip.seconds, Math.floor(most)) });
  const [busy, setBusy] = useState(false);
  const { position, playing, toggle, seek } = useRangePlay(video, span);
  const text = (seconds: number): string => t('units.seconds', { value: format.fixed(seconds, 2) });
  const length = span.to - span.from;

  // The keys work at once.
  useEffect(() => video.current?.focus(), []);
  useEffect(() => {
    if (video.current === null) return;
    video.current.volume = volume;
    video.current.muted = muted;
  }, [volume, muted]);

  const move = (part: RangePart, at: number): void => {
    const next = moveRange(span, part, at, bounds);
    setSpan(next);
    // The picture shows the end that is moved.
    seek(part === 'to' ? next.to : next.from);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { tagName } = event.target as HTMLElement;
    const onHandle = (event.target as HTMLElement).getAttribute('role') === 'slider';
    if (tagName === 'INPUT') return;
    if (event.key === 'i') move('from', position);
    else if (event.key === 'o') move('to', position);
    else if (event.key === ' ' && tagName !== 'BUTTON') toggle();
    else if (event.key === 'ArrowLeft' && !onHandle) seek(position - bounds.step);
    else if (event.key === 'ArrowRight' && !onHandle) seek(position + bounds.step);
    else return;
    event.preventDefault();
  };
  const use = async (): Promise<void> => {
    setBusy(true);
    if (await onUse(span)) onClose();
    else setBusy(false);
  };
  return (
    <div className={styles.range} onKeyDown={onKeyDown}>
      <video
        ref={video}
        className={styles.video}
        src={mediaUrl('clip', clip.id)}
        poster={clip.hasPoster ? mediaUrl('poster', clip.id) : undefined}
        aria-label={clip.title}
        playsInline
        preload="auto"
        tabIndex={0}
        onClick={toggle}
      />
      <RangePicker
        {...bounds}
        span={span}
        picture={<FrameStrip clip={clip} />}
        position={position}
        onSeek={seek}
        onChange={(next, part) => {
          setSpan(next);
          seek(part === 'to' ? next.to : next.from);
        }}
      />
      <div className={styles.line}>
        <IconButton
          icon={playing ? Pause : Play}
          label={playing ? t('player.pause') : t('player.play')}
          onClick={toggle}
        />
        <span className={`num ${styles.position}`}>{text(position)}</span>
        <span className={styles.ending}>
          <SecondsField label={t('range.from')} value={span.from} onCommit={(at) => move('from', at)} />
          <End letter="I" label={t('range.startHere')} onClick={() => move('from', position)} />
        </span>
        <span className={styles.ending}>
          <SecondsField label={t('range.to')} value={span.to} onCommit={(at) => move('to', at)} />
          <End letter="O" label={t('range.endHere')} onClick={() => move('to', position)} />
        </span>
      </div>
      <div className={styles.foot}>
        <p className="meta num" role="status">
          {t('range.length', { length: text(length) })}
          {length > most ? ` · ${t('range.tooLong', { most: text(most) })}` : null}
        </p>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="primary" disabled={busy} onClick={() => void use()}>
          {t('range.use')}
        </Button>
      </div>
    </div>
  );
}

interface EndProps {
  readonly letter: string;
  readonly label: string;
  readonly onClick: () => void;
}

function End({ letter, label, onClick }: EndProps) {
  return (
    <Button className={styles.end} onClick={onClick} aria-keyshortcuts={letter}>
      {label}
      <kbd>{letter}</kbd>
    </Button>
  );
}

/** Plays from the start of the range to its end, and over again. */
function useRangePlay(video: RefObject<HTMLVideoElement | null>, span: Span) {
  const [position, setPosition] = useState(0);
  const [playing, setPlaying] = useState(false);
  const seek = (to: number): void => {
    const target = Math.max(0, to);
    if (video.current !== null) video.current.currentTime = target;
    setPosition(target);
  };
  const toggle = (): void => {
    const element = video.current;
    if (element === null) return;
    if (playing) element.pause();
    else {
      if (position < span.from || position >= span.to - 0.02) seek(span.from);
      void element.play().catch(() => setPlaying(false));
    }
    setPlaying(!playing);
  };
  const { from, to } = span;
  useEffect(() => {
    if (!playing) return undefined;
    let frame = requestAnimationFrame(function next() {
      const element = video.current;
      if (element !== null) {
        if (element.currentTime >= to || element.ended) {
          element.currentTime = from;
          if (element.paused) void element.play().catch(() => setPlaying(false));
        }
        setPosition(element.currentTime);
      }
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, from, to, video]);
  return { position, playing, toggle, seek };
}
