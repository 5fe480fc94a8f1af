// Loudness of the player: the window's own, kept across restarts.
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface PlaybackState {
  readonly volume: number;
  readonly muted: boolean;
  setVolume(volume: number, muted: boolean): void;
}

export const usePlayback = create<PlaybackState>()(
  persist((set) => ({ volume: 1, muted: false, setVolume: (volume, muted) => set({ volume, muted }) }), {
    name: 'dailies.playback',
    version: 1,
  }),
);
