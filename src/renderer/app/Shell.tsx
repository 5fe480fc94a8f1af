// The window: sidebar, centre, inspector, and what lies over them.
import { lazy, Suspense, useEffect, type CSSProperties } from 'react';
import { LOW, NARROW, useMediaQuery } from '../components/useMediaQuery';
import { CollapsedBar, Composer } from '../screens/compose/Composer';
import { RecipeFound } from '../screens/compose/RecipeFound';
import { DropLayer } from '../screens/drop/DropLayer';
import { useWindowDrops } from '../screens/drop/useWindowDrops';
import { Inspector } from '../screens/inspector/Inspector';
import { LibraryScreen } from '../screens/library/LibraryScreen';
import { Announcer } from '../screens/notices/Announcer';
import { Notices } from '../screens/notices/Notices';
import { CommandCentre } from '../screens/palette/CommandCentre';
import { useNetworkBack } from '../screens/outbox/useNetworkBack';
import { Sidebar } from '../screens/sidebar/Sidebar';
import { useAppInfo } from '../stores/appInfoStore';
import { useFolders } from '../stores/foldersStore';
import { useLibrary } from '../stores/libraryStore';
import { useQuestions } from '../stores/questionsStore';
import { useSelection } from '../stores/selectionStore';
import { useSettings } from '../stores/settingsStore';
import { useView } from '../stores/viewStore';
import styles from './Shell.module.css';
import { useOpened, useSetAside } from './useOpened';

// What the first picture does not need comes when it is opened.
const Compare = lazy(() => import('../screens/compare/Compare'));
const ExportMenu = lazy(() => import('../screens/export/ExportMenu'));
const FirstRun = lazy(() => import('../screens/firstRun/FirstRun'));
const JournalSheet = lazy(() => import('../screens/journal/JournalSheet'));
const OutboxScreen = lazy(() => import('../screens/outbox/OutboxScreen'));
const QuestionDialog = lazy(() => import('../screens/questions/QuestionDialog'));
const SettingsSheet = lazy(() => import('../screens/settings/SettingsSheet'));
const StitchScreen = lazy(() => import('../screens/stitch/StitchScreen'));
const StrangersSheet = lazy(() => import('../screens/strangers/StrangersSheet'));
const Viewer = lazy(() => import('../screens/viewer/Viewer'));

/** Only macOS has no native title bar: there the top edge moves the window and leaves room for its buttons. */
const MAC = { '--drag': 'drag', '--top-space': '44px' } as CSSProperties;

export function Shell() {
  const mac = useAppInfo((state) => state.info?.platform === 'darwin');
  const connected = useSettings((state) => state.settings?.activeConnectionId != null);
  // A library can also be looked at without ever making a video.
  const browsing = useLibrary((state) => (state.location?.clips ?? 0) > 0);
  const imported = useFolders((state) => state.imported);
  const answered = connected || browsing || imported;
  const narrow = useMediaQuery(NARROW);
  const low = useMediaQuery(LOW);
  const selecting = useSelection((state) => state.chosen.size > 1);
  const outbox = useView((state) => state.list === 'outbox');
  // The outbox shows all of a take in its row.
  const inspector = useInspector(answered && !outbox, narrow);
  useNetworkBack();
  useWindowDrops();
  useOpened();
  useSetAside();
  return (
    <div
      className={styles.window}
      style={mac ? MAC : undefined}
      data-inspector={inspector === 'column' || undefined}
    >
      <Sidebar counts={answered} />
      <div className={styles.centre}>
        {answered ? (
          <>
            <main className={styles.stage} data-drop-zone="library">
              {outbox ? (
                <Suspense fallback={null}>
                  <OutboxScreen />
                </Suspense>
              ) : (
                <LibraryScreen narrow={narrow} />
              )}
              {inspector === 'overlay' ? (
                <div className={styles.overlay}>
                  <Inspector />
                </div>
              ) : null}
              <DropLayer zone="library" />
              <Notices raised={outbox || selecting} />
            </main>
            {connected ? (
              <div className={styles.composer} data-drop-zone="composer">
                <Composer low={low || outbox} />
                <DropLayer zone="composer" />
                <RecipeFound />
              </div>
            ) : (
              <CollapsedBar onOpen={() => useView.getState().openSettings('connections')} />
            )}
          </>
        ) : (
          <>
            <main className={styles.stage} data-drop-zone="library">
              <Suspense fallback={null}>
                <FirstRun />
              </Suspense>
              <DropLayer zone="library" />
              <Notices />
            </main>
            <CollapsedBar disabled onOpen={() => undefined} />
          </>
        )}
      </div>
      {inspector === 'column' ? <Inspector /> : null}
      <Over />
      <Sheets />
      <CommandCentre />
      <Announcer />
    </div>
  );
}

/** What lies over a part of the window. */
function Sheets() {
  const settings = useView((state) => state.settings !== null);
  const journal = useView((state) => state.journal !== null);
  const strangers = useView((state) => state.strangersOpen);
  const stitch = useView((state) => state.stitchOpen);
  const exporting = useView((state) => state.exportIds !== null);
  const question = useQuestions((state) => state.open !== null);
  return (
    <Suspense fallback={null}>
      {settings ? <SettingsSheet /> : null}
      {journal ? <JournalSheet /> : null}
      {strangers ? <StrangersSheet /> : null}
      {question ? <QuestionDialog /> : null}
      {stitch ? <StitchScreen /> : null}
      {exporting ? <ExportMenu /> : null}
    </Suspense>
  );
}

/** What takes the whole window. */
function Over() {
  const viewing = useView((state) => state.viewer !== null);
  const comparing = useView((state) => state.compare !== null);
  return (
    <Suspense fallback={null}>
      {viewing ? <Viewer /> : null}
      {comparing ? <Compare /> : null}
    </Suspense>
  );
}

function useInspector(answered: boolean, narrow: boolean): 'column' | 'overlay' | null {
  const open = useSettings((state) => state.settings?.inspectorOpen ?? true);
  const overlay = useView((state) => state.overlayOpen);
  useEffect(() => {
    if (!narrow || !overlay) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) useView.getState().setOverlay(false);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [narrow, overlay]);
  if (!answered) return null;
  if (narrow) return overlay ? 'overlay' : null;
  return open ? 'column' : null;
}
