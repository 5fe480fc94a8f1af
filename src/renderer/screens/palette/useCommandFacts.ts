// What decides whether a command applies now.
import type { CommandFacts } from '@shared/domain/commands';
import { useCullDialogs } from '../../stores/cullStore';
import { useFolders } from '../../stores/foldersStore';
import { useLibrary } from '../../stores/libraryStore';
import { useQuestions } from '../../stores/questionsStore';
import { useSelection } from '../../stores/selectionStore';
import { useSettings } from '../../stores/settingsStore';
import { useView } from '../../stores/viewStore';

export function useCommandFacts(): CommandFacts {
  const connected = useSettings((state) => state.settings?.activeConnectionId != null);
  const browsing = useLibrary((state) => (state.location?.clips ?? 0) > 0);
  const imported = useFolders((state) => state.imported);
  const chosen = useSelection((state) => state.chosen.size);
  // The outbox shows no clips to do something with.
  const clips = useView((state) => (state.list === 'outbox' ? 0 : chosen));
  const canUndo = useLibrary((state) => state.canUndo);
  const canRedo = useLibrary((state) => state.canRedo);
  const dialog = useCullDialogs((state) => state.dialog !== null);
  const question = useQuestions((state) => state.open !== null);
  const sheet = useView(
    (state) =>
      state.settings !== null ||
      state.viewer !== null ||
      state.compare !== null ||
      state.journal !== null ||
      state.exportIds !== null ||
      state.stitchOpen ||
      state.strangersOpen ||
      state.sentOpen,
  );
  return {
    library: connected || browsing || imported,
    connected,
    clips,
    canUndo,
    canRedo,
    covered: sheet || dialog || question,
  };
}
