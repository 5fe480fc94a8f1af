// Plays the range of a media element round and round, and tells where it is.
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Span } from '@shared/domain/repair';

export interface Playback {
  readonly playing: boolean;
  /** In seconds. */
  readonly position: number;
  toggle(): void;
  seek(seconds: number): void;
}

/** A seek lands a little before the start of the range at times. */
const TOLERANCE_SECONDS = 0.1;

export function usePlayback(media: RefObject<HTMLMediaElement | null>, span: Span | null): Playback {
  const [playing, setPlaying] = useState(false);
  const [position, setPosition] = useState(0);
  const range = useRef(span);
  useEffect(() => {
    range.current = span;
  }, [span]);

  useEffect(() => {
    if (!playing) return undefined;
    let frame = requestAnimationFrame(function next() {
      const { current } = media;
      if (current === null) return;
      keepInside(current, range.current);
      setPosition(current.currentTime);
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, media]);

  const seek = (seconds: number): void => {
    if (media.current === null) return;
    media.current.currentTime = seconds;
    setPosition(seconds);
  };
  const toggle = (): void => {
    const { current } = media;
    if (current === null) return;
    if (playing) {
      current.pause();
      setPlaying(false);
      return;
    }
    keepInside(current, range.current);
    current.play().then(
      () => setPlaying(true),
      () => undefined,
    );
  };
  return { playing, position, toggle, seek };
}

function keepInside(media: HTMLMediaElement, span: Span | null): void {
  if (span === null) return;
  const outside =
    media.ended || media.currentTime >= span.to || media.currentTime < span.from - TOLERANCE_SECONDS;
  if (!outside) return;
  media.currentTime = span.from;
  if (media.ended) void media.play().catch(() => undefined);
}
