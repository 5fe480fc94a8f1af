// Loudness of the player and whether it begins again: the window's own, kept across restarts.
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface PlaybackState {
  readonly volume: number;
  readonly muted: boolean;
  /** Of the viewer and of compare. */
  readonly loop: boolean;
  setVolume(volume: number, muted: boolean): void;
  setLoop(loop: boolean): void;
}

export const usePlayback = create<PlaybackState>()(
  persist(
    (set) => ({
      volume: 1,
      muted: false,
      loop: false,
      setVolume: (volume, muted) => set({ volume, muted }),
      setLoop: (loop) => set({ loop }),
    }),
    { name: 'dailies.playback', version: 1 },
  ),
);
