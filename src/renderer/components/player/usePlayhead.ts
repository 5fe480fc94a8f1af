// Runs one <video> by the frame: play, shuttle both ways, step, seek, and a range that it keeps to.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { shuttled } from './shuttle';
import { frameAt, frameCount, frameCovering, middleOf } from './timecode';
import { playAt, Seeker, watchFrames } from './videoFrames';

interface PlayheadOptions {
  readonly fps: number;
  /** Length. */
  readonly seconds: number;
  /** Frames to play, both inclusive. */
  readonly range: { readonly first: number; readonly last: number };
  readonly loop: boolean;
  /** Of playing forwards; 1 is the film's own. */
  readonly speed: number;
}

export interface Playhead {
  /** The frame that is shown, from 0. */
  readonly frame: number;
  /** Negative: backwards; 0 stands. */
  readonly rate: number;
  toggle(): void;
  pause(): void;
  shuttle(direction: 1 | -1): void;
  /** By frames. */
  step(by: number): void;
  seekFrame(frame: number): void;
}

/** @param video null until it is drawn; a new element begins anew. */
export function usePlayhead(video: HTMLVideoElement | null, options: PlayheadOptions): Playhead {
  const [frame, setFrame] = useState(0);
  const [rate, setRate] = useState(0);
  // What a callback of the player finds is the newest, without asking for every frame anew.
  const latest = useRef({ ...options, frame, rate });
  useEffect(() => {
    latest.current = { ...options, frame, rate };
  });
  const seeker = useMemo(() => (video === null ? null : new Seeker(video)), [video]);
  useEffect(() => () => seeker?.stop(), [seeker]);

  const seekFrame = useCallback(
    (to: number): void => {
      const { fps, seconds } = latest.current;
      const target = Math.max(0, Math.min(Math.round(to), frameCount(seconds, fps) - 1));
      // Steps that come faster than the picture count from where the last one went.
      latest.current.frame = target;
      setFrame(target);
      seeker?.to(Math.min(middleOf(target, fps), seconds));
    },
    [seeker],
  );
  const run = useCallback(
    (next: number): void => {
      latest.current.rate = next;
      setRate(next);
      if (video === null) return;
      if (next <= 0) return video.pause();
      const { range, frame: at } = latest.current;
      if (at < range.first || at >= range.last) seekFrame(range.first);
      void playAt(video, next).catch(() => setRate(0));
    },
    [video, seekFrame],
  );

  useEffect(() => {
    if (video === null) return undefined;
    return watchFrames(video, (mediaTime) => {
      const { fps, range, loop, rate: running } = latest.current;
      if (seeker?.busy === true) return;
      const shown = frameAt(mediaTime, fps);
      latest.current.frame = shown;
      setFrame(shown);
      const marked = range.last < frameCount(latest.current.seconds, fps) - 1;
      if (running <= 0 || !marked || shown < range.last) return;
      if (loop) return seekFrame(range.first);
      run(0);
      // The player may have shown one more before it stood.
      seekFrame(range.last);
    });
  }, [video, seeker, run, seekFrame]);
  useEffect(() => {
    if (video === null) return undefined;
    const onEnded = (): void => {
      const { loop, range, fps, seconds } = latest.current;
      latest.current.frame = frameCount(seconds, fps) - 1;
      setFrame(latest.current.frame);
      if (!loop) return run(0);
      seekFrame(range.first);
      void video.play().catch(() => setRate(0));
    };
    video.addEventListener('ended', onEnded);
    return () => video.removeEventListener('ended', onEnded);
  }, [video, run, seekFrame]);
  // No player runs backwards by itself: one picture after the other is sought, as fast as they come.
  useEffect(() => {
    if (rate >= 0) return undefined;
    const { fps, range, frame: from } = latest.current;
    const began = performance.now();
    let handle = requestAnimationFrame(function next(now) {
      handle = requestAnimationFrame(next);
      if (seeker?.busy === true) return;
      const to = frameCovering(middleOf(from, fps) + ((now - began) / 1000) * rate, fps);
      if (to > range.first) return seekFrame(to);
      seekFrame(range.first);
      run(0);
    });
    return () => cancelAnimationFrame(handle);
  }, [rate, seekFrame, run, seeker]);
  useEffect(() => {
    if (latest.current.rate > 0) run(options.speed);
  }, [options.speed, run]);

  return useMemo(
    () => ({
      frame,
      rate,
      toggle: () => run(latest.current.rate === 0 ? latest.current.speed : 0),
      pause: () => run(0),
      shuttle: (direction: 1 | -1) => run(shuttled(latest.current.rate, direction, latest.current.speed)),
      step: (by: number) => {
        if (latest.current.rate !== 0) run(0);
        seekFrame(latest.current.frame + by);
      },
      seekFrame,
    }),
    [frame, rate, run, seekFrame],
  );
}
