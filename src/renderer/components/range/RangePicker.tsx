// A range of a timed file on its picture: two ends to drag or to move by keyboard, and the part between them.
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Span } from '@shared/domain/repair';
import { useFormat } from '../../i18n/useFormat';
import { moveRange, type RangeBounds, type RangePart } from './rangeGeometry';
import styles from './RangePicker.module.css';

interface RangePickerProps extends RangeBounds {
  readonly span: Span;
  /** What lies under the range: frames or a waveform. */
  readonly picture: ReactNode;
  /** Where it plays now, in seconds. */
  readonly position: number;
  readonly onChange: (span: Span, part: RangePart) => void;
  readonly onSeek: (seconds: number) => void;
}

/** With the shift key. */
const WIDE_STEP = 1;
const DIGITS = 2;

export function RangePicker({ span, picture, position, onChange, onSeek, ...bounds }: RangePickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const track = useRef<HTMLDivElement>(null);
  const percent = (seconds: number): string => `${(100 * seconds) / bounds.seconds}%`;
  const text = (seconds: number): string => t('units.seconds', { value: format.fixed(seconds, DIGITS) });
  const secondsAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    return Math.max(0, Math.min((event.clientX - box.left) / box.width, 1)) * bounds.seconds;
  };
  const move = (part: RangePart, at: number): void => onChange(moveRange(span, part, at, bounds), part);
  const parts: readonly { part: RangePart; at: number; label: string; words: string }[] = [
    {
      part: 'whole',
      at: span.from,
      label: t('repair.rangePlace'),
      words: t('repair.rangeFromTo', { from: text(span.from), to: text(span.to) }),
    },
    { part: 'from', at: span.from, label: t('repair.rangeStart'), words: text(span.from) },
    { part: 'to', at: span.to, label: t('repair.rangeEnd'), words: text(span.to) },
  ];
  return (
    <div ref={track} className={styles.track} onPointerDown={(event) => onSeek(secondsAt(event))}>
      <div className={styles.picture} aria-hidden>
        {picture}
      </div>
      <i className={styles.outside} style={{ left: 0, width: percent(span.from) }} />
      <i className={styles.outside} style={{ left: percent(span.to), right: 0 }} />
      <i className={styles.position} style={{ left: percent(Math.min(position, bounds.seconds)) }} />
      {parts.map(({ part, at, label, words }) => (
        <Handle
          key={part}
          part={part}
          label={label}
          words={words}
          at={at}
          seconds={bounds.seconds}
          style={
            part === 'whole'
              ? { left: percent(span.from), width: percent(span.to - span.from) }
              : { left: percent(at) }
          }
          step={bounds.step}
          secondsAt={secondsAt}
          onMove={(to) => move(part, to)}
        />
      ))}
    </div>
  );
}

interface HandleProps {
  readonly part: RangePart;
  readonly label: string;
  readonly words: string;
  readonly at: number;
  readonly seconds: number;
  readonly step: number;
  readonly style: { readonly left: string; readonly width?: string };
  readonly secondsAt: (event: PointerEvent) => number;
  readonly onMove: (to: number) => void;
}

function Handle({ part, label, words, at, seconds, step, style, secondsAt, onMove }: HandleProps) {
  /** How far from its edge it was taken: the handle does not jump under the pointer. */
  const taken = useRef<number | null>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.shiftKey ? WIDE_STEP : step;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') onMove(at - by);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowUp') onMove(at + by);
    else if (event.key === 'Home') onMove(0);
    else if (event.key === 'End') onMove(seconds);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={styles.handle}
      data-part={part}
      style={style}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={seconds}
      aria-valuenow={at}
      aria-valuetext={words}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        taken.current = secondsAt(event) - at;
      }}
      onPointerMove={(event) => {
        if (taken.current !== null) onMove(secondsAt(event) - taken.current);
      }}
      onLostPointerCapture={() => (taken.current = null)}
    />
  );
}
