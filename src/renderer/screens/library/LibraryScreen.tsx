// The centre's upper part: what list is shown, the size of its tiles, and the grid.
import { PanelRight } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ROW_HEIGHT_RANGE } from '@shared/domain/settings';
import { IconButton } from '../../components/button/Button';
import { Slider } from '../../components/field/Slider';
import { useFormat } from '../../i18n/useFormat';
import { sortedClips, useClips } from '../../stores/clipsStore';
import { openGenerations, useGenerations } from '../../stores/generationsStore';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { useView } from '../../stores/viewStore';
import { useMediaQuery } from '../../components/useMediaQuery';
import { StrangersBar } from '../strangers/StrangersBar';
import { EmptyLibrary } from './EmptyLibrary';
import { Grid } from './Grid';
import { mergeItems, type GridItem } from './gridItems';
import { GridSkeleton } from './GridSkeleton';
import { useReuse } from './useReuse';
import styles from './LibraryScreen.module.css';

export function LibraryScreen({ narrow }: { readonly narrow: boolean }) {
  const { t } = useTranslation();
  const list = useView((state) => state.list);
  const loaded = useClips((state) => state.loaded);
  const ended = useClips((state) => state.ended);
  const items = useItems();
  const target = useRowHeight();
  const open = useOpen();
  const onNearEnd = useCallback(() => void attempt(() => useClips.getState().loadMore()), []);
  return (
    <>
      <Bar count={items.length} target={target} narrow={narrow} />
      <StrangersBar />
      {list === 'all' && !loaded ? (
        <GridSkeleton label={t('grid.loading')} height={target} />
      ) : items.length === 0 ? (
        <EmptyLibrary list={list} />
      ) : (
        <Grid
          key={list}
          label={list === 'all' ? t('grid.label') : t('grid.workLabel')}
          items={items}
          target={target}
          ended={list === 'work' || ended}
          onNearEnd={onNearEnd}
          onOpen={open}
        />
      )}
    </>
  );
}

interface BarProps {
  readonly count: number;
  readonly target: number;
  readonly narrow: boolean;
}

function Bar({ count, target, narrow }: BarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useView((state) => state.list);
  const total = useClips((state) => state.total);
  const overlayOpen = useView((state) => state.overlayOpen);
  const inspectorOpen = useSettings((state) => state.settings?.inspectorOpen ?? true);
  const update = useSettings((state) => state.update);
  const shown = narrow ? overlayOpen : inspectorOpen;
  const toggle = (): void => {
    if (narrow) useView.getState().setOverlay(!overlayOpen);
    else void attempt(() => update({ inspectorOpen: !inspectorOpen }));
  };
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{list === 'all' ? t('sidebar.allClips') : t('sidebar.inWork')}</h1>
      <span className="num muted">{format.number(list === 'all' ? total : count)}</span>
      <span className={styles.gap} />
      <span className={styles.size}>
        <Slider
          label={t('bar.rowHeight')}
          value={target}
          min={ROW_HEIGHT_RANGE[0]}
          max={ROW_HEIGHT_RANGE[1]}
          step={4}
          onChange={(rowHeight) => useSettings.getState().preview({ rowHeight })}
          onCommit={(rowHeight) => void attempt(() => update({ rowHeight }))}
        />
      </span>
      <IconButton
        icon={PanelRight}
        label={shown ? t('bar.hideInspector') : t('bar.showInspector')}
        pressed={shown}
        onClick={toggle}
      />
    </header>
  );
}

function useItems(): GridItem[] {
  const list = useView((state) => state.list);
  const generations = useGenerations((state) => state.records);
  const clips = useClips((state) => state.records);
  const open = useMemo(() => {
    const all = openGenerations(generations);
    return list === 'all' ? all : all.filter(({ state }) => state !== 'held');
  }, [generations, list]);
  const sorted = useMemo(() => sortedClips(clips), [clips]);
  return useMemo(() => mergeItems(open, list === 'all' ? sorted : []), [open, sorted, list]);
}

function useRowHeight(): number {
  const chosen = useSettings((state) => state.settings?.rowHeight ?? null);
  const large = useMediaQuery('(min-width: 2000px)');
  const small = useMediaQuery('(max-width: 1360px)');
  if (chosen !== null) return chosen;
  return large ? 200 : small ? 124 : 136;
}

/** Enter on a tile: its recipe goes to the composer. */
function useOpen(): (item: GridItem) => void {
  const reuse = useReuse();
  return useCallback(
    (item) => {
      if (item.type === 'generation') return reuse(item.generation.recipe);
      void attempt(async () => {
        const { details, loadDetail } = useClips.getState();
        if (!details.has(item.id)) await loadDetail(item.id);
        const recipe = useClips.getState().details.get(item.id)?.recipe ?? null;
        if (recipe !== null) reuse(recipe);
      }, item.clip.title);
    },
    [reuse],
  );
}
