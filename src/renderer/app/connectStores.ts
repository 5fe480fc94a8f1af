// Ties the stores to main: listens first, then loads what there is, so that nothing falls in between.
import { listen } from '../client/client';
import { useAppInfo } from '../stores/appInfoStore';
import { useClips } from '../stores/clipsStore';
import { useCollections } from '../stores/collectionsStore';
import { useConnections } from '../stores/connectionsStore';
import { useGenerations } from '../stores/generationsStore';
import { useHosts } from '../stores/hostsStore';
import { useLibrary } from '../stores/libraryStore';
import { useNetwork } from '../stores/networkStore';
import { attempt } from '../stores/noticesStore';
import { useRepairs } from '../stores/repairsStore';
import { useSelection } from '../stores/selectionStore';
import { useSettings } from '../stores/settingsStore';
import { useSpend } from '../stores/spendStore';
import { useStrangers } from '../stores/strangersStore';
import { useUploads } from '../stores/uploadsStore';
import { useView } from '../stores/viewStore';
import { useWork } from '../stores/workStore';

/** Listens. Answers with the function that stops. */
export function connectStores(): () => void {
  const stops = [
    useSettings.getState().connect(),
    useConnections.getState().connect(),
    useGenerations.getState().connect(),
    useClips.getState().connect(),
    useLibrary.getState().connect(),
    useCollections.getState().connect(),
    useSelection.getState().connect(),
    useView.subscribe(({ selection }, before) => {
      if (selection === before.selection || selection?.type !== 'clip') return;
      const { records, details, loadDetail } = useClips.getState();
      // Chosen elsewhere than in the grid, such as in a list of what it was made from.
      if (!records.has(selection.id) && !details.has(selection.id))
        void attempt(() => loadDetail(selection.id));
    }),
    useSpend.getState().connect(),
    useStrangers.getState().connect(),
    useNetwork.getState().connect(),
    useHosts.getState().connect(),
    useUploads.getState().connect(),
    useWork.getState().connect(),
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
  // Without a connection it is the clips that decide between the first run and the library.
  if (useSettings.getState().settings?.activeConnectionId == null)
    await attempt(() => useLibrary.getState().load());
}

/** The rest arrives while the window already stands. */
export function loadRest(): void {
  void attempt(() => useGenerations.getState().load());
  void attempt(() => useCollections.getState().load());
  void attempt(() => useSpend.getState().load());
  void attempt(() => useStrangers.getState().load());
  void attempt(() => useNetwork.getState().load());
  void attempt(() => useHosts.getState().load());
  void attempt(() => useUploads.getState().load());
  void attempt(() => useWork.getState().load());
}
