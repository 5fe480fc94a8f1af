// What each command does. Does not ask whether it applies.
import { useTranslation } from 'react-i18next';
import type { CommandId } from '@shared/domain/commands';
import type { Recipe } from '@shared/domain/draft';
import { ROW_HEIGHT_RANGE, type Settings } from '@shared/domain/settings';
import { ask } from '../../client/client';
import { useClips } from '../../stores/clipsStore';
import { useCommands } from '../../stores/commandsStore';
import { useFolders } from '../../stores/foldersStore';
import { useIntake } from '../../stores/intakeStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { chosenIds, useSelection } from '../../stores/selectionStore';
import { useSettings } from '../../stores/settingsStore';
import { useView, type List } from '../../stores/viewStore';
import { LOW, NARROW } from '../../components/useMediaQuery';
import { useCull, type Mark } from '../library/useCull';
import { openViewer } from '../library/useGridKeyboard';
import { useVary } from '../inspector/useVary';
import { openComposer, useReuse, useWithRecipe } from '../library/useReuse';

/** A step of the size of the tiles, in pixels. */
const TILE_STEP = 24;
/** Of the rows while their height goes by the size of the window. */
const USUAL_ROW = 136;

export function useRunCommand(): (id: CommandId) => void {
  const { t } = useTranslation();
  const cull = useCull();
  const reuse = useReuse();
  const vary = useVary();
  const withRecipe = useWithRecipe();

  const mark = (as: Mark): void => void cull.mark(chosenIds(), as);
  const rate = (rating: number) => (): void => mark({ type: 'rate', rating });
  const show = (list: List) => (): void => useView.getState().show(list);
  const theme = (next: Settings['theme']) => (): void => change({ theme: next });

  const commands: Record<CommandId, () => void> = {
    'references.add': () => {
      openComposer();
      void useIntake.getState().pick();
    },
    'library.importFolder': () =>
      void attempt(async () => {
        const work = await useFolders.getState().importFolder('inPlace', true);
        if (work !== null) useNotices.getState().tell(t('library.importStarted'));
      }),
    'library.showFolder': () => void attempt(() => ask('library.showFolder', {})),
    'compose.prompt': openComposer,
    'compose.generate': () => (isComposerOpen() ? useCommands.getState().send() : openComposer()),
    'compose.hold': () => (isComposerOpen() ? useCommands.getState().hold() : openComposer()),
    'settings.open': () => useView.getState().openSettings(),
    'edit.undo': () => void cull.undo(),
    'edit.redo': () => void cull.redo(),
    'edit.selectAll': () => {
      // What is chosen has to be in sight.
      const { list } = useView.getState();
      if (list !== 'outbox' && list !== 'work') void attempt(() => useSelection.getState().chooseAll());
    },
    'edit.find': () => {
      const { list, show: go, focusSearch } = useView.getState();
      // These have no search box.
      if (list === 'outbox' || list === 'work') go('all');
      focusSearch();
    },
    'clip.view': () => void attempt(() => openViewer(chosenIds())),
    'clip.reuse': () => void attempt(() => withChosen(reuse)),
    'clip.vary': () => void attempt(() => withChosen(vary)),
    'clip.reference': () => {
      openComposer();
      useIntake.getState().addClips(chosenIds());
    },
    'clip.keep': () => mark({ type: 'keep' }),
    'clip.reject': () => mark({ type: 'reject' }),
    'clip.rate5': rate(5),
    'clip.rate4': rate(4),
    'clip.rate3': rate(3),
    'clip.rate2': rate(2),
    'clip.rate1': rate(1),
    'clip.rate0': rate(0),
    'clip.tags': () => cull.askTags(chosenIds()),
    'clip.compare': () => cull.compare(chosenIds()),
    'clip.film': () => useView.getState().openStitch(chosenIds()),
    'clip.export': () => useView.getState().openExport(chosenIds()),
    'clip.showInFolder': () => void attempt(showChosen),
    'clip.trash': () => {
      // As the key does in the grid: what is in the trash already leaves the library.
      if (useView.getState().list === 'trash') cull.askDelete(chosenIds());
      else void cull.trash(chosenIds());
    },
    'view.all': show('all'),
    'view.work': show('work'),
    'view.outbox': show('outbox'),
    'view.kept': show('kept'),
    'view.imported': show('imported'),
    'view.trash': show('trash'),
    'view.inspector': toggleInspector,
    'view.composer': toggleComposer,
    'view.themeSystem': theme('system'),
    'view.themeDark': theme('dark'),
    'view.themeLight': theme('light'),
    'view.largerTiles': () => resizeTiles(TILE_STEP),
    'view.smallerTiles': () => resizeTiles(-TILE_STEP),
    'help.palette': () => toggleSheet('palette'),
    'help.shortcuts': () => toggleSheet('shortcuts'),
    'help.diagnostics': () => useView.getState().openSettings('diagnostics'),
    'help.reference': () => void attempt(() => ask('system.openLink', { name: 'apiReference' })),
    'help.about': () => useCommands.getState().open('about'),
  };

  const withChosen = async (act: (recipe: Recipe) => void): Promise<void> => {
    const [id] = chosenIds();
    if (id !== undefined) await withRecipe(id, act);
  };
  return (id) => commands[id]();
}

async function showChosen(): Promise<void> {
  const [id] = chosenIds();
  if (id !== undefined) await useClips.getState().showInFolder(id);
}

function change(settings: Parameters<ReturnType<typeof useSettings.getState>['update']>[0]): void {
  void attempt(() => useSettings.getState().update(settings));
}

/** Only then is there a button that could send. */
function isComposerOpen(): boolean {
  const { list, lowComposerOpen } = useView.getState();
  const low = list === 'outbox' || window.matchMedia(LOW).matches;
  return useSettings.getState().settings?.composerOpen !== false && (!low || lowComposerOpen);
}

function toggleComposer(): void {
  if (!isComposerOpen()) return openComposer();
  useView.getState().setLowComposerOpen(false);
  change({ composerOpen: false });
}

function toggleInspector(): void {
  const { overlayOpen, setOverlay } = useView.getState();
  if (window.matchMedia(NARROW).matches) setOverlay(!overlayOpen);
  else change({ inspectorOpen: !(useSettings.getState().settings?.inspectorOpen ?? true) });
}

function resizeTiles(by: number): void {
  const [least, most] = ROW_HEIGHT_RANGE;
  const now = useSettings.getState().settings?.rowHeight ?? USUAL_ROW;
  change({ rowHeight: Math.min(most, Math.max(least, now + by)) });
}

function toggleSheet(sheet: 'palette' | 'shortcuts'): void {
  const { sheet: open, open: show } = useCommands.getState();
  show(open === sheet ? null : sheet);
}
