// The sheets that edit many clips: tags, a collection's name, and the question before files go.
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Dialog } from '../../components/dialog/Dialog';
import { TextField } from '../../components/field/Field';
import { useFormat } from '../../i18n/useFormat';
import { useCollections } from '../../stores/collectionsStore';
import { useCullDialogs, type CullDialog } from '../../stores/cullStore';
import { useLibrary } from '../../stores/libraryStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { useSelection } from '../../stores/selectionStore';
import { useView } from '../../stores/viewStore';
import { TagEditor } from './TagEditor';
import { useCull } from './useCull';
import styles from './CullDialogs.module.css';

export function CullDialogs() {
  const dialog = useCullDialogs((state) => state.dialog);
  switch (dialog?.type) {
    case 'tags':
      return <TagsDialog ids={dialog.ids} />;
    case 'delete':
      return <DeleteDialog ids={dialog.ids} />;
    case 'collection':
      return <CollectionDialog {...dialog} />;
    case undefined:
      return null;
  }
}

function close(): void {
  useCullDialogs.getState().close();
}

function TagsDialog({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation();
  const chosen = useSelection((state) => state.chosen);
  const { edit } = useCull();
  const known = ids.map((id) => chosen.get(id)?.tags ?? []);
  // Those of any of them: taking one off takes it off all.
  const tags = [...new Set(known.flat())];
  return (
    <Dialog title={t('cull.tagsOf', { count: ids.length })} onClose={close}>
      <div className={styles.body}>
        <TagEditor
          tags={tags}
          autoFocus
          onAdd={(tag) => void edit(ids, { addTags: [tag] })}
          onRemove={(tag) => void edit(ids, { removeTags: [tag] })}
        />
        <div className={styles.buttons}>
          <Button variant="primary" onClick={close}>
            {t('cull.done')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Says how many and how large before the files leave the library. */
function DeleteDialog({ ids }: { readonly ids: readonly string[] | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const chosen = useSelection((state) => state.chosen);
  const records = ids?.map((id) => chosen.get(id) ?? null) ?? null;
  const known =
    records === null || records.includes(null)
      ? null
      : records.reduce((sum, clip) => sum + (clip?.bytes ?? 0), 0);
  const [whole, setWhole] = useState<{ readonly clips: number; readonly bytes: number } | null>(null);
  useEffect(() => {
    if (ids === null) void attempt(async () => setWhole(await useLibrary.getState().bytesOf('is:trashed')));
  }, [ids]);
  const count = ids?.length ?? whole?.clips ?? null;
  const bytes = ids === null ? (whole?.bytes ?? null) : known;
  const remove = (): void => {
    close();
    void attempt(async () => {
      const removed = await useLibrary.getState().emptyTrash(ids);
      useNotices.getState().tell(t('trash.removed', { count: removed }));
    });
  };
  return (
    <Dialog title={t('trash.delete')} onClose={close}>
      <div className={styles.body}>
        <p aria-live="polite">
          {count === null
            ? t('trash.counting')
            : bytes === null
              ? t('trash.questionCount', { count })
              : t('trash.question', { count, size: format.bytes(bytes) })}
        </p>
        <p className="muted">{t('trash.after')}</p>
        <div className={styles.buttons}>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={count === null || count === 0} onClick={remove}>
            {t('trash.yes')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function CollectionDialog({ id, name, query, ids }: Extract<CullDialog, { type: 'collection' }>) {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const { edit } = useCull();
  const taken = useCollections((state) =>
    state.collections.some(
      (known) => known.id !== id && known.name.trim().toLowerCase() === text.trim().toLowerCase(),
    ),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '' || taken) return;
    close();
    void attempt(async () => {
      const saved = await useCollections.getState().save(id, text.trim(), query);
      if (ids.length > 0) await edit(ids, { addTo: saved.id });
      else if (id === null) useView.getState().show(`collection:${saved.id}`);
    });
  };
  return (
    <Dialog
      title={
        id !== null ? t('collections.rename') : query === null ? t('collections.new') : t('collections.save')
      }
      onClose={close}
    >
      <form className={styles.body} onSubmit={submit}>
        <TextField
          label={t('collections.name')}
          value={text}
          autoFocus
          maxLength={80}
          error={taken ? t('collections.taken') : null}
          note={query === null ? undefined : t('collections.smartNote', { query })}
          onChange={(event) => setText(event.target.value)}
        />
        <div className={styles.buttons}>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={text.trim() === '' || taken}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
