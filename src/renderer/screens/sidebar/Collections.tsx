// The person's collections: filled by hand, or by a search. Clips are dropped on those that are filled by hand.
import { Ellipsis, Folder, FolderSearch, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Collection } from '@shared/domain/clip';
import { IconButton } from '../../components/button/Button';
import { Menu, MenuItem } from '../../components/menu/Menu';
import { useCollections } from '../../stores/collectionsStore';
import { useCullDialogs } from '../../stores/cullStore';
import { useLibrary } from '../../stores/libraryStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { CLIPS_DRAG_TYPE } from '../../stores/selectionStore';
import { useView } from '../../stores/viewStore';
import { Item } from './Item';
import styles from './Sidebar.module.css';

export function Collections() {
  const { t } = useTranslation();
  const collections = useCollections((state) => state.collections);
  const create = (): void =>
    useCullDialogs.getState().open({ type: 'collection', id: null, name: '', query: null, ids: [] });
  return (
    <nav className={styles.collections} aria-label={t('collections.title')}>
      <div className={styles.collectionsHead}>
        <h2 className="meta">{t('collections.title')}</h2>
        <IconButton icon={Plus} size="s" label={t('collections.new')} onClick={create} />
      </div>
      <div className={styles.collectionList}>
        {collections.map((collection) => (
          <CollectionItem key={collection.id} collection={collection} />
        ))}
      </div>
    </nav>
  );
}

function CollectionItem({ collection }: { readonly collection: Collection }) {
  const { t } = useTranslation();
  const { id, name, query, clips } = collection;
  const current = useView((state) => state.list === `collection:${id}`);
  const [over, setOver] = useState(false);
  const takes = (event: DragEvent): boolean =>
    query === null && event.dataTransfer.types.includes(CLIPS_DRAG_TYPE);
  const drop = (event: DragEvent): void => {
    setOver(false);
    if (!takes(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const ids = idsOf(event.dataTransfer.getData(CLIPS_DRAG_TYPE));
    void attempt(async () => {
      await useLibrary.getState().edit(ids, { addTo: id });
      useNotices.getState().tell(t('collections.added', { count: ids.length, name }));
    }, name);
  };
  const remove = (): void =>
    void attempt(async () => {
      await useCollections.getState().remove(id);
      if (current) useView.getState().show('all');
    }, name);
  return (
    <div
      className={styles.dropTarget}
      data-over={over || undefined}
      onDragEnter={(event) => takes(event) && setOver(true)}
      onDragOver={(event) => {
        if (takes(event)) event.preventDefault();
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={drop}
    >
      <Item
        icon={query === null ? Folder : FolderSearch}
        label={name}
        count={clips}
        current={current}
        onClick={() => useView.getState().show(`collection:${id}`)}
        menu={
          <Menu
            align="end"
            trigger={<IconButton icon={Ellipsis} size="s" label={t('collections.more', { name })} />}
          >
            <MenuItem
              icon={Pencil}
              label={t('collections.rename')}
              onSelect={() =>
                useCullDialogs.getState().open({ type: 'collection', id, name, query, ids: [] })
              }
            />
            <MenuItem
              icon={Trash2}
              label={t('collections.remove')}
              note={t('collections.removeNote')}
              onSelect={remove}
            />
          </Menu>
        }
      />
    </div>
  );
}

/** Only our own grid writes this type, but a page's text is never trusted blindly. */
function idsOf(text: string): string[] {
  const ids: unknown = JSON.parse(text);
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}
