// Plays the takes of the strip one after the other in one video element.
import { useEffect, useRef, useState, type RefObject } from 'react';
import { fpsOf } from '../../components/player/timecode';
import { mediaUrl } from '../../client/mediaUrl';
import { usePlayback } from '../../stores/playbackStore';
import { isOver, type StripPart } from './stripPlace';

export interface StripPlay {
  /** Seconds in the clip that is shown. */
  readonly moment: number;
  readonly playing: boolean;
  toggle(): void;
  /** Seconds in the clip. */
  seek(moment: number): void;
}

/** `shown` is the part in sight; `onShow` is told when the play goes on to another. */
export function useStripPlay(
  video: RefObject<HTMLVideoElement | null>,
  parts: readonly StripPart[],
  shown: StripPart | null,
  onShow: (key: string) => void,
): StripPlay {
  const { volume, muted } = usePlayback();
  const [moment, setMoment] = useState(0);
  const [playing, setPlaying] = useState(false);
  const latest = useRef({ parts, shown, onShow });
  useEffect(() => {
    latest.current = { parts, shown, onShow };
  });

  const key = shown?.key ?? null;
  const from = shown?.from ?? 0;
  const source = shown === null ? null : mediaUrl(shown.clip.hasProxy ? 'proxy' : 'clip', shown.clip.id);
  useEffect(() => {
    const element = video.current;
    if (element === null || source === null) return;
    if (element.getAttribute('src') !== source) element.src = source;
    element.currentTime = latest.current.shown?.from ?? 0;
    setMoment(element.currentTime);
    // A new source stops what was playing.
    if (playing) void element.play().catch(() => setPlaying(false));
    // Only another take begins anew: a trim must not throw the player back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, source]);
  useEffect(() => {
    if (video.current === null) return;
    video.current.volume = volume;
    video.current.muted = muted;
  }, [volume, muted, video]);

  useEffect(() => {
    const element = video.current;
    if (!playing || element === null) return undefined;
    let frame = requestAnimationFrame(function next() {
      const { parts: all, shown: part, onShow: tell } = latest.current;
      setMoment(element.currentTime);
      if (part !== null && element.readyState > 0 && (element.ended || isOver(part, element.currentTime))) {
        const following = all[all.findIndex((each) => each.key === part.key) + 1];
        if (following === undefined) {
          element.pause();
          setPlaying(false);
          return;
        }
        tell(following.key);
      }
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, video]);

  const seek = (to: number): void => {
    const target = Math.max(0, to);
    if (video.current !== null) video.current.currentTime = target;
    setMoment(target);
  };
  const toggle = (): void => {
    const element = video.current;
    if (element === null || shown === null) return;
    if (playing) element.pause();
    else {
      if (isOver(shown, element.currentTime) || element.currentTime < from - 0.5 / fpsOf(shown.clip)) {
        const [first] = parts;
        // At the end of the strip it begins again; inside it, with the take that is shown.
        if (parts.at(-1)?.key === key && first !== undefined && first.key !== key) onShow(first.key);
        else seek(from);
      }
      void element.play().catch(() => setPlaying(false));
    }
    setPlaying(!playing);
  };
  return { moment, playing, toggle, seek };
}
