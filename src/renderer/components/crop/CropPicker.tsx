// A frame on a picture that is moved and resized with its shape kept, by pointer or by keyboard.
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CropFrame } from '@shared/domain/repair';
import { CORNERS, moveCrop, resizeCrop, zoomCrop, type Corner } from './cropGeometry';
import styles from './CropPicker.module.css';

interface CropPickerProps {
  readonly frame: CropFrame;
  /** What the frame holds, for assistive technology: `850×340`. */
  readonly words: string;
  readonly onChange: (frame: CropFrame) => void;
  /** The picture, as large as this component. */
  readonly children: ReactNode;
}

interface Taken {
  readonly corner: Corner | null;
  readonly x: number;
  readonly y: number;
  readonly frame: CropFrame;
}

const STEP = 0.01;
const WIDE_STEP = 0.1;
const ZOOM = 1.05;

export function CropPicker({ frame, words, onChange, children }: CropPickerProps) {
  const { t } = useTranslation();
  const area = useRef<HTMLDivElement>(null);
  const taken = useRef<Taken | null>(null);
  const take = (event: PointerEvent<HTMLElement>, corner: Corner | null): void => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    taken.current = { corner, x: event.clientX, y: event.clientY, frame };
  };
  const drag = (event: PointerEvent): void => {
    const box = area.current?.getBoundingClientRect();
    if (taken.current === null || box === undefined) return;
    const { corner, x, y, frame: start } = taken.current;
    const dx = (event.clientX - x) / box.width;
    const dy = (event.clientY - y) / box.height;
    const sign = corner === 'ne' || corner === 'se' ? 1 : -1;
    onChange(corner === null ? moveCrop(start, dx, dy) : resizeCrop(start, corner, start.width + sign * dx));
  };
  const drop = (): void => void (taken.current = null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.shiftKey ? WIDE_STEP : STEP;
    if (event.key === 'ArrowLeft') onChange(moveCrop(frame, -by, 0));
    else if (event.key === 'ArrowRight') onChange(moveCrop(frame, by, 0));
    else if (event.key === 'ArrowUp') onChange(moveCrop(frame, 0, -by));
    else if (event.key === 'ArrowDown') onChange(moveCrop(frame, 0, by));
    else if (event.key === '+' || event.key === '=') onChange(zoomCrop(frame, ZOOM));
    else if (event.key === '-') onChange(zoomCrop(frame, 1 / ZOOM));
    else return;
    event.preventDefault();
  };
  return (
    <div ref={area} className={styles.area}>
      {children}
      <div
        className={styles.frame}
        role="group"
        tabIndex={0}
        aria-label={t('repair.cropFrame', { size: words })}
        aria-description={t('repair.cropHint')}
        style={{
          left: `${100 * frame.x}%`,
          top: `${100 * frame.y}%`,
          width: `${100 * frame.width}%`,
          height: `${100 * frame.height}%`,
        }}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => take(event, null)}
        onPointerMove={drag}
        onLostPointerCapture={drop}
      >
        {CORNERS.map((corner) => (
          <i
            key={corner}
            className={styles.corner}
            data-corner={corner}
            onPointerDown={(event) => take(event, corner)}
            onPointerMove={drag}
            onLostPointerCapture={drop}
          />
        ))}
      </div>
    </div>
  );
}
