// What a person decides about clips: marks, tags, trash, and taking it back. Says quietly what undo did.
import { useTranslation } from 'react-i18next';
import type { ClipEdit, EditDone } from '@shared/domain/clip';
import { useClips } from '../../stores/clipsStore';
import { useCullDialogs } from '../../stores/cullStore';
import { useLibrary } from '../../stores/libraryStore';
import { MOST_COMPARED } from '../../stores/lineageStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { useSelection } from '../../stores/selectionStore';
import { useView } from '../../stores/viewStore';

export type Mark = { readonly type: 'rate'; readonly rating: number } | { readonly type: 'keep' | 'reject' };

/** Which words tell of each part of an edit. */
const WORDS = {
  rating: ['cull.undone.rating', 'cull.redone.rating'],
  flag: ['cull.undone.flag', 'cull.redone.flag'],
  title: ['cull.undone.title', 'cull.redone.title'],
  note: ['cull.undone.note', 'cull.redone.note'],
  addTags: ['cull.undone.tags', 'cull.redone.tags'],
  removeTags: ['cull.undone.tags', 'cull.redone.tags'],
  addTo: ['cull.undone.collection', 'cull.redone.collection'],
  removeFrom: ['cull.undone.collection', 'cull.redone.collection'],
  trashed: ['cull.undone.trash', 'cull.redone.trash'],
  collections: ['cull.undone.collections', 'cull.redone.collections'],
  fileNames: ['cull.undone.fileNames', 'cull.redone.fileNames'],
} as const satisfies Record<EditDone['edit'], readonly [string, string]>;

/** The notice whose button takes back the last edit. */
let undoOffer: number | null = null;

/** Once something else was done, the button would take that back. */
function withdrawUndo(): void {
  if (undoOffer !== null) useNotices.getState().dismiss(undoOffer);
  undoOffer = null;
}

export function useCull() {
  const { t } = useTranslation();
  const edit = (ids: readonly string[], change: ClipEdit): Promise<boolean> => {
    if (ids.length === 0) return Promise.resolve(false);
    withdrawUndo();
    return attempt(() => useLibrary.getState().edit(ids, change));
  };
  const tellStep = async (step: () => Promise<EditDone | null>, back: boolean): Promise<void> => {
    withdrawUndo();
    await attempt(async () => {
      const done = await step();
      const words = done === null ? null : WORDS[done.edit][back ? 0 : 1];
      useNotices
        .getState()
        .tell(
          done === null || words === null
            ? back
              ? t('cull.nothingToUndo')
              : t('cull.nothingToRedo')
            : t(words, { count: done.clips }),
        );
    });
  };
  const undo = (): Promise<void> => tellStep(() => useLibrary.getState().undo(), true);
  return {
    edit,
    undo,
    redo: () => tellStep(() => useLibrary.getState().redo(), false),
    mark: (ids: readonly string[], mark: Mark) => edit(ids, editOf(ids, mark)),
    trash: async (ids: readonly string[]): Promise<void> => {
      if (!(await edit(ids, { trashed: true }))) return;
      undoOffer = useNotices
        .getState()
        .tell(t('trash.moved', { count: ids.length }), { label: t('cull.undo'), run: () => void undo() });
    },
    restore: (ids: readonly string[]) => edit(ids, { trashed: false }),
    compare: (ids: readonly string[]): void => {
      if (ids.length >= 2 && ids.length <= MOST_COMPARED) useView.getState().openCompare(ids);
      else useNotices.getState().tell(t('cull.compareHow'));
    },
    askTags: (ids: readonly string[]): void => {
      if (ids.length > 0) useCullDialogs.getState().open({ type: 'tags', ids });
    },
    /** Null: everything in the trash. */
    askDelete: (ids: readonly string[] | null): void => {
      if (ids === null || ids.length > 0) useCullDialogs.getState().open({ type: 'delete', ids });
    },
  };
}

/** The same mark on clips that all have it takes it off. */
function editOf(ids: readonly string[], mark: Mark): ClipEdit {
  if (mark.type === 'rate') return { rating: mark.rating };
  const flag = mark.type === 'keep' ? 'kept' : 'rejected';
  const { chosen } = useSelection.getState();
  const { records } = useClips.getState();
  const has = (id: string): boolean => (chosen.get(id) ?? records.get(id))?.flag === flag;
  return { flag: ids.every(has) ? null : flag };
}
