// Ties the stores to main: listens first, then loads what there is, so that nothing falls in between.
import { NEWEST_FIRST } from '@shared/domain/search';
import { ask } from '../client/client';
import { useAppInfo } from '../stores/appInfoStore';
import { useClips } from '../stores/clipsStore';
import { useCollections } from '../stores/collectionsStore';
import { useConnections } from '../stores/connectionsStore';
import { useDraft } from '../stores/draftStore';
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

/** What stands beside the grid waits for it, but no longer. Milliseconds. */
const GRID_PATIENCE = 1000;
/** After the last change of the draft, before it is written to the disk. Milliseconds. */
const DRAFT_SETTLES = 500;
/** Counting a large library would hold up the pictures that are in sight. Milliseconds. */
const PICTURES_FIRST = 150;

/** A kill or a power cut takes no more of the draft than the last words. */
function keepDraft(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = useDraft.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void attempt(() => ask('app.keepDraft', {})), DRAFT_SETTLES);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

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
    keepDraft(),
    useGenerations.subscribe(({ records }) => {
      const { selection, select } = useView.getState();
      if (selection?.type !== 'generation') return;
      const generation = records.get(selection.id);
      // Who watched it being made goes on with the clip.
      if (generation?.state === 'done' && generation.clipId !== null)
        select({ type: 'clip', id: generation.clipId });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

/** What the first picture needs. Rejects when main cannot tell. */
export async function loadFirst(): Promise<void> {
  await Promise.all([
    useAppInfo.getState().load(),
    // The order takes main longest: it is asked for while the window is still being drawn.
    useSettings.getState().load().then(showLibrary),
    useConnections.getState().load(),
  ]);
  // Without a connection it is the clips that decide between the first run and the library.
  if (useSettings.getState().settings?.activeConnectionId == null)
    await attempt(() => useLibrary.getState().load());
}

function showLibrary(): void {
  const sort = useSettings.getState().settings?.sort ?? NEWEST_FIRST;
  useLibrary.getState().show({ text: '', sort });
}

/** The rest arrives while the window already stands: what the grid shows first, then what stands beside it. */
export function loadRest(): void {
  void attempt(() => useGenerations.getState().load());
  const stop = useLibrary.subscribe(({ order }) => order !== null && besideSoon());
  const late = setTimeout(() => besideSoon(), GRID_PATIENCE);
  const besideSoon = (): void => {
    stop();
    clearTimeout(late);
    // Two frames: in the first the list is still being drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => void attempt(() => ask('app.painted', {}))));
    setTimeout(loadBeside, PICTURES_FIRST);
  };
  if (useLibrary.getState().order !== null) besideSoon();
}

function loadBeside(): void {
  for (const load of [
    useLibrary.getState().load,
    useCollections.getState().load,
    useSpend.getState().load,
    useStrangers.getState().load,
    useNetwork.getState().load,
    useHosts.getState().load,
    useUploads.getState().load,
    useWork.getState().load,
    useAppInfo.getState().loadTools,
  ])
    void attempt(load);
}
