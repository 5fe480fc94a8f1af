// A clip's still; the pointer over it runs through the frames of its sprite.
import { FileX2, Film } from 'lucide-react';
import { useRef, useState, type PointerEvent } from 'react';
import type { SpriteSheet } from '@shared/domain/clip';
import { Icon } from '../button/Icon';
import { framePosition } from './framePosition';
import styles from './Poster.module.css';

interface PosterProps {
  readonly poster: string | null;
  readonly sprite: { readonly src: string; readonly sheet: SpriteSheet } | null;
  readonly missing: boolean;
}

export function Poster({ poster, sprite, missing }: PosterProps) {
  const frame = useRef<HTMLSpanElement>(null);
  const line = useRef<HTMLElement>(null);
  // The sprite is fetched when the pointer first moves over it: tiles that scroll by under it fetch nothing.
  const [began, setBegan] = useState<number | null>(null);

  const scrub = (event: PointerEvent): void => {
    if (sprite === null || missing) return;
    const box = event.currentTarget.getBoundingClientRect();
    const part = Math.max(0, Math.min((event.clientX - box.left) / box.width, 0.9999));
    if (event.pointerType === 'mouse') setBegan((known) => known ?? part);
    if (frame.current === null || line.current === null) return;
    // Straight to the element: a render per pointer move would be wasted work.
    frame.current.style.backgroundPosition = framePosition(sprite.sheet, part);
    line.current.style.left = `${part * 100}%`;
  };

  return (
    <span className={styles.poster} data-missing={missing || undefined} onPointerMove={scrub}>
      {poster === null ? (
        <span className={styles.empty}>
          <Icon of={missing ? FileX2 : Film} size="l" />
        </span>
      ) : (
        <img src={poster} alt="" draggable={false} decoding="async" />
      )}
      {began === null || sprite === null || missing ? null : (
        <>
          <span
            ref={frame}
            className={styles.frame}
            style={{
              backgroundImage: `url("${sprite.src}")`,
              backgroundSize: `${sprite.sheet.columns * 100}% ${sprite.sheet.rows * 100}%`,
              backgroundPosition: framePosition(sprite.sheet, began),
            }}
          />
          <span className={styles.scrub}>
            <i ref={line} style={{ left: `${began * 100}%` }} />
          </span>
        </>
      )}
    </span>
  );
}
