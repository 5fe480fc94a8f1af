// A film's frames side by side out of its sprite, as many as there is room for; without one, its poster.
import { useLayoutEffect, useRef, useState } from 'react';
import type { SpriteSheet } from '@shared/domain/clip';
import { framePosition } from '../poster/framePosition';
import styles from './FilmFrames.module.css';

interface FilmFramesProps {
  readonly sprite: { readonly src: string; readonly sheet: SpriteSheet } | null;
  readonly poster: string | null;
  /** Width over height of one frame. */
  readonly ratio: number;
  readonly height: number;
}

const FEWEST = 4;
const MOST = 60;

export function FilmFrames({ sprite, poster, ratio, height }: FilmFramesProps) {
  const row = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (row.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(row.current);
    return () => observer.disconnect();
  }, []);
  const count = Math.max(FEWEST, Math.min(Math.round(width / (height * ratio)), MOST));
  return (
    <div ref={row} className={styles.frames}>
      {width === 0
        ? null
        : Array.from({ length: count }, (_, index) => (
            <span
              key={index}
              style={
                sprite === null
                  ? {
                      backgroundImage: poster === null ? undefined : `url("${poster}")`,
                      backgroundSize: 'cover',
                    }
                  : {
                      backgroundImage: `url("${sprite.src}")`,
                      backgroundSize: `${sprite.sheet.columns * 100}% ${sprite.sheet.rows * 100}%`,
                      backgroundPosition: framePosition(sprite.sheet, (index + 0.5) / count),
                    }
              }
            />
          ))}
    </div>
  );
}
