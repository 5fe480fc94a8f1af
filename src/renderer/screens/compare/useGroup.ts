// The takes' players as one: a common clock for the window, sound from the chosen one.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ClipDetail } from '@shared/domain/clip';
import { TakeGroup } from '../../components/player/TakeGroup';

interface GroupOptions {
  /** Place of the take that is heard. */
  readonly chosen: number;
  readonly speed: number;
  readonly loop: boolean;
  readonly volume: number;
  readonly muted: boolean;
}

export interface Group {
  /** Seconds on the common clock. */
  readonly time: number;
  /** Of the longest. */
  readonly seconds: number;
  readonly playing: boolean;
  /** Given to the player of the take at this place. */
  readonly register: (place: number) => (video: HTMLVideoElement | null) => void;
  toggle(): void;
  step(by: number): void;
  seek(seconds: number): void;
}

export function useGroup(takes: readonly ClipDetail[], options: GroupOptions): Group {
  const { chosen, speed, loop, volume, muted } = options;
  const videos = useRef<(HTMLVideoElement | null)[]>([]);
  const group = useRef<TakeGroup | null>(null);
  const [time, setTime] = useState(0);
  const [playing, setPlaying] = useState(false);
  // The players appear after this hook's first effects: the stage is drawn in a portal.
  const [changes, setChanges] = useState(0);
  const shown = takes
    .map(({ id, missing, hasProxy }) => `${id} ${String(missing)} ${String(hasProxy)}`)
    .join();
  const facts = useRef(takes);
  useEffect(() => {
    facts.current = takes;
  });
  useEffect(() => {
    const present = facts.current.flatMap(({ seconds, fps }, place) => {
      const video = videos.current[place] ?? null;
      return video === null ? [] : [{ place, video, seconds, fps: fps > 0 ? fps : 24 }];
    });
    if (present.length === 0) return undefined;
    const made = new TakeGroup(present, { onTime: setTime, onPlaying: setPlaying });
    group.current = made;
    made.toggle();
    return () => {
      made.stop();
      group.current = null;
    };
  }, [shown, changes]);
  useEffect(() => {
    const present = videos.current.filter((video) => video !== null);
    group.current?.lead(
      Math.max(
        0,
        present.findIndex((video) => video === videos.current[chosen]),
      ),
    );
    videos.current.forEach((video, place) => {
      if (video === null) return;
      video.volume = volume;
      video.muted = muted || place !== chosen;
    });
  }, [chosen, volume, muted, shown, changes]);
  useEffect(() => group.current?.setSpeed(speed), [speed, shown, changes]);
  useEffect(() => group.current?.setLoop(loop), [loop, shown, changes]);
  const register = useMemo(() => {
    const made = new Map<number, (video: HTMLVideoElement | null) => void>();
    return (place: number) => {
      const known = made.get(place) ?? ((video) => {
        videos.current[place] = video;
        setChanges((count) => count + 1);
      });
      made.set(place, known);
      return known;
    };
  }, []);
  return {
    time,
    seconds: Math.max(...takes.map(({ seconds }) => seconds)),
    playing,
    register,
    toggle: () => group.current?.toggle(),
    step: (by) => group.current?.step(by),
    seek: (seconds) => group.current?.seek(seconds),
  };
}
