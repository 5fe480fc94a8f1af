// Ties the stores to main: listens first, then loads what there is, so that nothing falls in between.
import { listen } from '../client/client';
import { useAppInfo } from '../stores/appInfoStore';
import { useClips } from '../stores/clipsStore';
import { useConnections } from '../stores/connectionsStore';
import { useGenerations } from '../stores/generationsStore';
import { useHosts } from '../stores/hostsStore';
import { useNetwork } from '../stores/networkStore';
import { attempt } from '../stores/noticesStore';
import { useRepairs } from '../stores/repairsStore';
import { useSettings } from '../stores/settingsStore';
import { useSpend } from '../stores/spendStore';
import { useStrangers } from '../stores/strangersStore';
import { useUploads } from '../stores/uploadsStore';
import { useView } from '../stores/viewStore';

/** Listens. Answers with the function that stops. */
export function connectStores(): () => void {
  const stops = [
    useSettings.getState().connect(),
    useConnections.getState().connect(),
    useGenerations.getState().connect(),
    useClips.getState().connect(),
    useSpend.getState().connect(),
    useStrangers.getState().connect(),
    useNetwork.getState().connect(),
    useHosts.getState().connect(),
    useUploads.getState().connect(),
    useRepairs.getState().connect(),
    listen('generation.changed', ({ id, state, clipId }) => {
      const { selection, select } = useView.getState();
      // Who watched it being made goes on with the clip.
      if (state === 'done' && clipId !== null && selection?.id === id) select({ type: 'clip', id: clipId });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

/** What the first picture needs. Rejects when main cannot tell. */
export async function loadFirst(): Promise<void> {
  await Promise.all([
    useAppInfo.getState().load(),
    useSettings.getState().load(),
    useConnections.getState().load(),
  ]);
}

/** The rest arrives while the window already stands. */
export function loadRest(): void {
  void attempt(() => useGenerations.getState().load());
  void attempt(() => useClips.getState().loadMore());
  void attempt(() => useSpend.getState().load());
  void attempt(() => useStrangers.getState().load());
  void attempt(() => useNetwork.getState().load());
  void attempt(() => useHosts.getState().load());
  void attempt(() => useUploads.getState().load());
}
