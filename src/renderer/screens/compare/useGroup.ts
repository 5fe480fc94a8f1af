// The takes' players as one: a common clock for the window, sound from the chosen one.
import { useEffect, useRef, useState } from 'react';
import { createStore, type StoreApi } from 'zustand';
import type { ClipDetail } from '@shared/domain/clip';
import { TakeGroup } from '../../components/player/TakeGroup';
import { setSound } from '../../components/player/videoFrames';
import { fpsOf } from '../../components/player/timecode';

interface GroupOptions {
  /** Place of the take that is heard. */
  readonly chosen: number;
  readonly speed: number;
  readonly loop: boolean;
  readonly volume: number;
  readonly muted: boolean;
}

export interface Group {
  /** Seconds on the common clock: only what shows them is drawn anew with every frame. */
  readonly clock: StoreApi<number>;
  /** Of the longest. */
  readonly seconds: number;
  readonly playing: boolean;
  /** Given to the player of the take at this place. */
  readonly register: (place: number) => (video: HTMLVideoElement | null) => void;
  toggle(): void;
  step(by: number): void;
  seek(seconds: number): void;
  seekBy(seconds: number): void;
}

export function useGroup(takes: readonly ClipDetail[], options: GroupOptions): Group {
  const { chosen, speed, loop, volume, muted } = options;
  // The players appear after this hook's first effects: the stage is drawn in a portal.
  const [videos, setVideos] = useState<readonly (HTMLVideoElement | null)[]>([]);
  const group = useRef<TakeGroup | null>(null);
  const [clock] = useState(() => createStore(() => 0));
  const [playing, setPlaying] = useState(false);
  const shown = takes
    .map(({ id, missing, hasProxy }) => `${id} ${String(missing)} ${String(hasProxy)}`)
    .join();
  const facts = useRef(takes);
  useEffect(() => {
    facts.current = takes;
  });
  useEffect(() => {
    const present = facts.current.flatMap(({ seconds, fps }, place) => {
      const video = videos[place] ?? null;
      return video === null ? [] : [{ place, video, seconds, fps: fpsOf({ fps }) }];
    });
    if (present.length === 0) return undefined;
    const made = new TakeGroup(present, {
      onTime: (seconds) => clock.setState(seconds, true),
      onPlaying: setPlaying,
    });
    group.current = made;
    made.toggle();
    return () => {
      made.stop();
      group.current = null;
    };
  }, [shown, videos, clock]);
  useEffect(() => {
    const present = videos.filter((video) => video !== null);
    group.current?.lead(
      Math.max(
        0,
        present.findIndex((video) => video === videos[chosen]),
      ),
    );
    videos.forEach((video, place) => {
      if (video !== null) setSound(video, volume, muted || place !== chosen);
    });
  }, [chosen, volume, muted, shown, videos]);
  useEffect(() => group.current?.setSpeed(speed), [speed, shown, videos]);
  useEffect(() => group.current?.setLoop(loop), [loop, shown, videos]);
  const [register] = useState(() => {
    const made = new Map<number, (video: HTMLVideoElement | null) => void>();
    return (place: number) => {
      const known = made.get(place);
      if (known !== undefined) return known;
      const put = (video: HTMLVideoElement | null): void =>
        setVideos((present) => withVideo(present, place, video));
      made.set(place, put);
      return put;
    };
  });
  return {
    clock,
    seconds: Math.max(...takes.map(({ seconds }) => seconds)),
    playing,
    register,
    toggle: () => group.current?.toggle(),
    step: (by) => group.current?.step(by),
    seek: (seconds) => group.current?.seek(seconds),
    seekBy: (seconds) => group.current?.seekBy(seconds),
  };
}

function withVideo(
  videos: readonly (HTMLVideoElement | null)[],
  place: number,
  video: HTMLVideoElement | null,
): readonly (HTMLVideoElement | null)[] {
  if ((videos[place] ?? null) === video) return videos;
  const next = [...videos];
  for (let index = next.length; index <= place; index += 1) next[index] = null;
  next[place] = video;
  return next;
}
