// A film's frames in a row: where it stands, the range between its in and out points, a seek under the pointer.
import { type CSSProperties, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { timecode } from './timecode';
import styles from './FrameBar.module.css';

interface FrameBarProps {
  readonly seconds: number;
  /** Where it stands, in seconds. */
  readonly time: number;
  readonly span?: { readonly from: number; readonly to: number } | null;
  readonly height: number;
  readonly picture: ReactNode;
  readonly onSeek: (seconds: number) => void;
  /** One of the points is dragged. */
  readonly onMark?: (point: 'in' | 'out', seconds: number) => void;
}

export function FrameBar({ seconds, time, span = null, height, picture, onSeek, onMark }: FrameBarProps) {
  const { t } = useTranslation();
  const percent = (value: number): string => `${(100 * Math.max(0, Math.min(value, seconds))) / seconds}%`;
  const secondsAt = (event: PointerEvent): number => {
    const box = event.currentTarget.closest('[data-bar]')?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    return Math.max(0, Math.min((event.clientX - box.left) / box.width, 1)) * seconds;
  };
  const drag = (act: (at: number) => void) => ({
    onPointerDown: (event: PointerEvent) => {
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      act(secondsAt(event));
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) act(secondsAt(event));
    },
  });
  const marked =
    span === null
      ? undefined
      : ({ left: percent(span.from), right: percent(seconds - span.to) } as CSSProperties);
  return (
    <div data-bar className={styles.bar} style={{ height }} {...drag(onSeek)}>
      <div className={styles.frames} aria-hidden>
        {picture}
      </div>
      {span === null ? null : (
        <>
          <i className={styles.outside} style={{ left: 0, width: percent(span.from) }} />
          <i className={styles.outside} style={{ left: percent(span.to), right: 0 }} />
          <span className={styles.range} style={marked}>
            <i data-end="in" {...drag((at) => onMark?.('in', at))} />
            <i data-end="out" {...drag((at) => onMark?.('out', at))} />
          </span>
        </>
      )}
      <i className={styles.head} style={{ left: percent(time) }} />
      <span
        className={styles.slider}
        role="slider"
        tabIndex={0}
        aria-label={t('player.seek')}
        aria-valuemin={0}
        aria-valuemax={seconds}
        aria-valuenow={Math.round(time * 100) / 100}
        aria-valuetext={timecode(time)}
      />
    </div>
  );
}
