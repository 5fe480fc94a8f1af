// What several chosen clips are together, and what can be done with all of them.
import {
  Check,
  Columns2,
  Eye,
  Film,
  FolderMinus,
  FolderPlus,
  GripVertical,
  Share,
  StepForward,
  Tag,
  Trash2,
  X,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Currency } from '@shared/domain/cost';
import { Button, IconButton } from '../../components/button/Button';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu/Menu';
import { StarRating } from '../../components/rating/StarRating';
import { formatClock } from '../../i18n/format';
import { useFormat } from '../../i18n/useFormat';
import { collectionOf, useCollections } from '../../stores/collectionsStore';
import { useCullDialogs } from '../../stores/cullStore';
import { useLibrary } from '../../stores/libraryStore';
import { MOST_COMPARED } from '../../stores/lineageStore';
import { attempt } from '../../stores/noticesStore';
import { useSelection, type Chosen } from '../../stores/selectionStore';
import { useSettings } from '../../stores/settingsStore';
import { useKeys } from '../../stores/useKeys';
import { useView } from '../../stores/viewStore';
import { useCull } from './useCull';
import { openViewer } from './useGridKeyboard';
import styles from './SelectionBar.module.css';

export function SelectionBar() {
  const chosen = useSelection((state) => state.chosen);
  // One clip is the inspector's.
  return chosen.size < 2 ? null : <Bar chosen={chosen} />;
}

function Bar({ chosen }: { readonly chosen: Chosen }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useView((state) => state.list);
  const advance = useSettings((state) => state.settings?.advanceAfterMark ?? false);
  const order = useLibrary((state) => state.order);
  const cull = useCull();
  const keys = useKeys();
  const ids = [...chosen.keys()];
  const { seconds, sums } = totalsOf(chosen);
  const length = seconds ?? (order?.total === chosen.size ? order.seconds : null);
  const facts = [
    ...sums.map(([currency, amount]) => format.money(amount, currency)),
    length === null ? null : formatClock(length),
  ].filter((fact) => fact !== null);
  const trash = list === 'trash';
  return (
    <section className={styles.bar} aria-label={t('cull.bar')}>
      <p className={styles.total} role="status">
        <b className="num">{t('cull.chosen', { count: chosen.size })}</b>
        <span className={`num muted ${styles.facts}`}>{facts.join(' · ')}</span>
      </p>
      {trash ? (
        <div className={styles.group}>
          <Button onClick={() => void cull.restore(ids)}>{t('trash.restore')}</Button>
          <IconButton icon={Trash2} label={t('trash.delete')} onClick={() => cull.askDelete(ids)} />
        </div>
      ) : (
        <>
          <div className={styles.group}>
            <StarRating
              value={commonRating(chosen)}
              onChange={(rating) => void cull.mark(ids, { type: 'rate', rating })}
            />
          </div>
          <div className={styles.group}>
            <IconButton
              icon={Check}
              label={t('cull.keep')}
              {...keys.hint('clip.keep')}
              onClick={() => void cull.mark(ids, { type: 'keep' })}
            />
            <IconButton
              icon={X}
              label={t('cull.reject')}
              {...keys.hint('clip.reject')}
              onClick={() => void cull.mark(ids, { type: 'reject' })}
            />
            <IconButton
              icon={Tag}
              label={t('cull.tags')}
              {...keys.hint('clip.tags')}
              onClick={() => cull.askTags(ids)}
            />
            <CollectionMenu ids={ids} />
            <IconButton
              icon={Trash2}
              label={t('cull.trash')}
              {...keys.hint('clip.trash')}
              onClick={() => void cull.trash(ids)}
            />
          </div>
          <div className={styles.group}>
            <IconButton
              icon={Eye}
              label={t('cull.view')}
              {...keys.hint('clip.view')}
              onClick={() => void attempt(() => openViewer(ids))}
            />
            <IconButton
              icon={Columns2}
              label={t('cull.compare')}
              {...keys.hint('clip.compare')}
              disabled={ids.length > MOST_COMPARED}
              onClick={() => cull.compare(ids)}
            />
            <IconButton
              icon={Film}
              label={t('cull.stitch')}
              onClick={() => useView.getState().openStitch(ids)}
            />
            <IconButton
              icon={Share}
              label={t('cull.export')}
              onClick={() => useView.getState().openExport(ids)}
            />
            <span
              className={styles.handle}
              draggable
              title={t('cull.dragOut')}
              onDragStart={(event) => {
                event.preventDefault();
                void attempt(() => useLibrary.getState().startDrag(ids));
              }}
            >
              <GripVertical size={16} strokeWidth={1.75} aria-hidden />
            </span>
          </div>
        </>
      )}
      <span className={styles.gap} />
      {trash ? null : (
        <IconButton
          icon={StepForward}
          label={t('cull.advance')}
          pressed={advance}
          onClick={() => void attempt(() => useSettings.getState().update({ advanceAfterMark: !advance }))}
        />
      )}
      <IconButton
        icon={X}
        label={t('cull.clear')}
        {...keys.hint('grid.clear')}
        onClick={() => useSelection.getState().clear()}
      />
    </section>
  );
}

/** Into a collection by hand, a new one, or out of the one that is shown. */
export function CollectionMenu({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation();
  const collections = useCollections((state) => state.collections);
  const list = useView((state) => state.list);
  const shown = collectionOf(list, collections);
  const { edit } = useCull();
  return (
    <Menu
      side="top"
      label={t('collections.add')}
      trigger={<IconButton icon={FolderPlus} label={t('collections.add')} />}
    >
      {collections
        .filter(({ query, id }) => query === null && id !== shown?.id)
        .map(({ id, name }) => (
          <MenuItem key={id} label={name} onSelect={() => void edit(ids, { addTo: id })} />
        ))}
      <MenuSeparator />
      <MenuItem
        icon={FolderPlus}
        label={t('collections.newWith')}
        onSelect={() =>
          useCullDialogs.getState().open({ type: 'collection', id: null, name: '', query: null, ids })
        }
      />
      {shown?.query === null ? (
        <MenuItem
          icon={FolderMinus}
          label={t('collections.takeOut', { name: shown.name })}
          onSelect={() => void edit(ids, { removeFrom: shown.id })}
        />
      ) : null}
    </Menu>
  );
}

/** Of all together; null or left out where a record is not here. */
function totalsOf(chosen: Chosen): {
  readonly seconds: number | null;
  readonly sums: readonly (readonly [Currency, number])[];
} {
  const sums = new Map<Currency, number>();
  let seconds = 0;
  for (const clip of chosen.values()) {
    if (clip === null) return { seconds: null, sums: [] };
    seconds += clip.seconds;
    if (clip.price !== null)
      sums.set(clip.price.currency, (sums.get(clip.price.currency) ?? 0) + clip.price.amount);
  }
  return { seconds, sums: [...sums] };
}

/** The stars that all have; 0 where they differ. */
function commonRating(chosen: Chosen): number {
  const ratings = new Set([...chosen.values()].map((clip) => clip?.rating ?? 0));
  const [rating = 0] = ratings;
  return ratings.size === 1 ? rating : 0;
}
