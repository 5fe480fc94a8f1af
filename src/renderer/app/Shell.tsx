// The window: sidebar, centre, inspector, and what lies over them.
import { lazy, Suspense, useEffect, type CSSProperties } from 'react';
import { useMediaQuery } from '../components/useMediaQuery';
import { CollapsedBar, Composer } from '../screens/compose/Composer';
import { DropLayer } from '../screens/compose/DropLayer';
import { ExportMenu } from '../screens/export/ExportMenu';
import { FirstRun } from '../screens/firstRun/FirstRun';
import { Inspector } from '../screens/inspector/Inspector';
import { JournalSheet } from '../screens/journal/JournalSheet';
import { LibraryScreen } from '../screens/library/LibraryScreen';
import { Notices } from '../screens/notices/Notices';
import { OutboxScreen } from '../screens/outbox/OutboxScreen';
import { useNetworkBack } from '../screens/outbox/useNetworkBack';
import { QuestionDialog } from '../screens/questions/QuestionDialog';
import { Sidebar } from '../screens/sidebar/Sidebar';
import { StitchScreen } from '../screens/stitch/StitchScreen';
import { StrangersSheet } from '../screens/strangers/StrangersSheet';
import { useAppInfo } from '../stores/appInfoStore';
import { useFolders } from '../stores/foldersStore';
import { useLibrary } from '../stores/libraryStore';
import { useSelection } from '../stores/selectionStore';
import { useSettings } from '../stores/settingsStore';
import { useView } from '../stores/viewStore';
import styles from './Shell.module.css';

const Compare = lazy(() => import('../screens/compare/Compare'));
const SettingsSheet = lazy(() => import('../screens/settings/SettingsSheet'));
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
  const settingsOpen = useView((state) => state.settings !== null);
  const narrow = useMediaQuery('(max-width: 1180px)');
  const low = useMediaQuery('(max-height: 560px)');
  const selecting = useSelection((state) => state.chosen.size > 1);
  const outbox = useView((state) => state.list === 'outbox');
  // The outbox shows all of a take in its row.
  const inspector = useInspector(answered && !outbox, narrow);
  useNetworkBack();
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
            <main className={styles.stage}>
              {outbox ? <OutboxScreen /> : <LibraryScreen narrow={narrow} />}
              {inspector === 'overlay' ? (
                <div className={styles.overlay}>
                  <Inspector />
                </div>
              ) : null}
              <Notices raised={outbox || selecting} />
            </main>
            {connected ? (
              <DropLayer>
                <Composer low={low || outbox} />
              </DropLayer>
            ) : (
              <CollapsedBar onOpen={() => useView.getState().openSettings('connections')} />
            )}
          </>
        ) : (
          <>
            <main className={styles.stage}>
              <FirstRun />
              <Notices />
            </main>
            <CollapsedBar disabled onOpen={() => undefined} />
          </>
        )}
      </div>
      {inspector === 'column' ? <Inspector /> : null}
      {settingsOpen ? (
        <Suspense fallback={null}>
          <SettingsSheet />
        </Suspense>
      ) : null}
      <Over />
      <JournalSheet />
      <StrangersSheet />
      <QuestionDialog />
      <StitchScreen />
      <ExportMenu />
    </div>
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
