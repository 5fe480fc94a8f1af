// The person's collections in their order: filled by hand, or by a search. Clips are dropped on those filled by hand.
import { Ellipsis, Folder, FolderSearch, Pencil, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Collection } from '@shared/domain/clip';
import { IconButton } from '../../components/button/Button';
import { Menu, MenuItem } from '../../components/menu/Menu';
import { useCollections } from '../../stores/collectionsStore';
import { useCullDialogs } from '../../stores/cullStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { useKeys } from '../../stores/useKeys';
import { useView } from '../../stores/viewStore';
import { useCull } from '../library/useCull';
import { dropPlace, type DropSide } from './dropPlace';
import { DropTarget } from './DropTarget';
import { Item } from './Item';
import { Section } from './Section';
import { useFiling } from './useFiling';
import styles from './Sidebar.module.css';

const DRAG_TYPE = 'application/x-dailies-collection';

export function Collections() {
  const { t } = useTranslation();
  const collections = useCollections((state) => state.collections);
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<{ readonly place: number; readonly side: DropSide } | null>(null);
  const [told, setTold] = useState('');
  const create = (): void =>
    useCullDialogs.getState().open({ type: 'collection', id: null, name: '', query: null, ids: [] });
  const move = ({ id, name }: Collection, to: number): void => {
    if (to < 0 || to >= collections.length) return;
    setTold(t('composer.moved', { name, place: to + 1 }));
    void attempt(() => useCollections.getState().move(id, to), name);
  };
  const end = (): void => {
    setDragged(null);
    setOver(null);
  };
  return (
    <Section
      title={t('collections.title')}
      setting="collectionsOpen"
      action={<IconButton icon={Plus} size="s" label={t('collections.new')} onClick={create} />}
    >
      {collections.map((collection, place) => (
        <div
          key={collection.id}
          className={styles.place}
          data-drop={over?.place === place && dragged !== place ? over.side : undefined}
          draggable
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAG_TYPE, collection.id);
            event.dataTransfer.effectAllowed = 'move';
            setDragged(place);
          }}
          onDragOver={(event) => {
            if (dragged === null) return;
            event.preventDefault();
            setOver({ place, side: sideOf(event) });
          }}
          onDrop={(event) => {
            const moved = dragged === null ? undefined : collections[dragged];
            if (dragged === null || moved === undefined) return;
            event.preventDefault();
            const to = dropPlace(dragged, place, sideOf(event));
            if (to !== dragged) move(moved, to);
            end();
          }}
          onDragEnd={end}
        >
          <CollectionItem
            collection={collection}
            place={place}
            onMove={(step) => move(collection, place + step)}
          />
        </div>
      ))}
      <span className="hidden" role="status">
        {told}
      </span>
    </Section>
  );
}

function sideOf({ currentTarget, clientY }: DragEvent): DropSide {
  const { top, height } = currentTarget.getBoundingClientRect();
  return clientY < top + height / 2 ? 'before' : 'after';
}

interface CollectionItemProps {
  readonly collection: Collection;
  readonly place: number;
  readonly onMove: (step: 1 | -1) => void;
}

function CollectionItem({ collection, place, onMove }: CollectionItemProps) {
  const { t } = useTranslation();
  const { id, name, query, clips } = collection;
  const current = useView((state) => state.list === `collection:${id}`);
  const keys = useKeys();
  const { undo } = useCull();
  const { file } = useFiling();
  const button = useRef<HTMLButtonElement>(null);
  const moving = useRef(false);

  // A row that is moved in the page loses the focus: the keyboard stays with it.
  useEffect(() => {
    if (moving.current) button.current?.focus();
    moving.current = false;
  }, [place]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (step === null || !event.altKey) return;
    event.preventDefault();
    moving.current = true;
    onMove(step);
  };
  const remove = (): void =>
    void attempt(async () => {
      await useCollections.getState().remove(id);
      if (current) useView.getState().show('all');
      const words = t('collections.removed', { name });
      useNotices.getState().tell(words, { label: t('cull.undo'), run: () => void undo() });
    }, name);
  return (
    <DropTarget
      onClips={
        query === null
          ? (ids) => file(ids, { addTo: id }, t('collections.added', { count: ids.length, name }))
          : null
      }
    >
      <Item
        ref={button}
        icon={query === null ? Folder : FolderSearch}
        label={name}
        count={clips}
        current={current}
        hint={t('collections.moveHint', { up: keys.text('Alt+Up'), down: keys.text('Alt+Down') })}
        shortcuts={`${keys.aria('Alt+Up')} ${keys.aria('Alt+Down')}`}
        onClick={() => useView.getState().show(`collection:${id}`)}
        onKeyDown={onKeyDown}
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
    </DropTarget>
  );
}
