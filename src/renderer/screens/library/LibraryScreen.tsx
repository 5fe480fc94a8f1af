// The centre's upper part: what list is shown, the search, the order, the grid, and what to do with several clips.
import { PanelRight } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Generation } from '@shared/domain/generation';
import { NEWEST_FIRST } from '@shared/domain/search';
import { ROW_HEIGHT_RANGE } from '@shared/domain/settings';
import { Button, IconButton } from '../../components/button/Button';
import { Slider } from '../../components/field/Slider';
import { formatClock } from '../../i18n/format';
import { useFormat } from '../../i18n/useFormat';
import { collectionOf, queryOf, useCollections } from '../../stores/collectionsStore';
import { useCullDialogs } from '../../stores/cullStore';
import { openGenerations, useGenerations } from '../../stores/generationsStore';
import { useLibrary } from '../../stores/libraryStore';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { useView } from '../../stores/viewStore';
import { useMediaQuery } from '../../components/useMediaQuery';
import { FfmpegBar } from '../ffmpeg/FfmpegBar';
import { StrangersBar } from '../strangers/StrangersBar';
import { CullDialogs } from './CullDialogs';
import { EmptyLibrary } from './EmptyLibrary';
import { Grid } from './Grid';
import { gridSequence, type GridSequence, type LiveShape } from './gridSequence';
import { GridSkeleton } from './GridSkeleton';
import { LibraryTroubleBar } from './LibraryTroubleBar';
import { shapeOfLive, shownGenerations } from './liveItems';
import { SearchBox } from './SearchBox';
import { SelectionBar } from './SelectionBar';
import { SortMenu, useSort } from './SortMenu';
import { useCull } from './useCull';
import styles from './LibraryScreen.module.css';

export function LibraryScreen({ narrow }: { readonly narrow: boolean }) {
  const { t } = useTranslation();
  const list = useView((state) => state.list);
  const words = useView((state) => state.words);
  const order = useLibrary((state) => state.order);
  const target = useRowHeight();
  const { sequence, live } = useSequence();
  useQuestion();
  const work = list === 'work';
  return (
    <>
      <Bar count={work ? sequence.count : (order?.total ?? 0)} target={target} narrow={narrow} />
      <FfmpegBar />
      <LibraryTroubleBar />
      <StrangersBar />
      {!work && order === null ? (
        <GridSkeleton label={t('grid.loading')} height={target} />
      ) : sequence.count === 0 ? (
        <EmptyLibrary list={list} words={words} />
      ) : (
        <Grid
          label={work ? t('grid.workLabel') : t('grid.label')}
          list={list}
          sequence={sequence}
          live={live}
          order={work ? null : order}
          target={target}
        />
      )}
      <SelectionBar />
      <CullDialogs />
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
  const words = useView((state) => state.words);
  const collections = useCollections((state) => state.collections);
  const seconds = useLibrary((state) => state.order?.seconds ?? 0);
  const overlayOpen = useView((state) => state.overlayOpen);
  const inspectorOpen = useSettings((state) => state.settings?.inspectorOpen ?? true);
  const update = useSettings((state) => state.update);
  const { askDelete } = useCull();
  const shown = narrow ? overlayOpen : inspectorOpen;
  const toggle = (): void => {
    if (narrow) useView.getState().setOverlay(!overlayOpen);
    else void attempt(() => update({ inspectorOpen: !inspectorOpen }));
  };
  const collection = collectionOf(list, collections);
  const titles = {
    all: t('sidebar.allClips'),
    work: t('sidebar.inWork'),
    kept: t('sidebar.kept'),
    imported: t('sidebar.imported'),
    trash: t('sidebar.trash'),
    outbox: t('sidebar.outbox'),
  };
  const title = collection?.name ?? titles[list as keyof typeof titles] ?? t('sidebar.allClips');
  const save = (): void =>
    useCullDialogs
      .getState()
      .open({ type: 'collection', id: null, name: '', query: queryOf(list, collections, words), ids: [] });
  return (
    <header className={styles.bar}>
      <h1 className={`truncate ${styles.title}`} title={title}>
        {title}
      </h1>
      <span className={`num muted ${styles.count}`} role="status">
        {format.number(count)}
        {list === 'work' || count === 0 ? null : (
          <span className={styles.lengthShown} title={t('search.length')}>
            {' · '}
            {formatClock(seconds)}
          </span>
        )}
      </span>
      {list === 'work' ? null : <SearchBox onSave={list === 'trash' ? null : save} />}
      <span className={styles.gap} />
      {list !== 'trash' || count === 0 ? null : (
        <Button className={styles.emptyTrash} onClick={() => askDelete(null)}>
          {t('trash.empty')}
        </Button>
      )}
      {list === 'work' ? null : <SortMenu />}
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

/** Asks main for what the list, the search and the order mean together. */
function useQuestion(): void {
  const list = useView((state) => state.list);
  const words = useView((state) => state.words);
  const text = useCollections((state) => queryOf(list, state.collections, words));
  const sort = useSort();
  useEffect(() => {
    if (list !== 'work') useLibrary.getState().show({ text, sort });
  }, [list, text, sort]);
}

const NO_CLIPS = { ratios: new Uint16Array(), times: new Uint32Array() };

function useSequence() {
  const list = useView((state) => state.list);
  const words = useView((state) => state.words);
  const records = useGenerations((state) => state.records);
  const order = useLibrary((state) => state.order);
  const sort = useSort();
  const live = useMemo(
    () => shownGenerations(openGenerations(records), { list, words, sort }),
    [records, list, words, sort],
  );
  const shapes = useStableShapes(live);
  const { ratios, times } = list === 'work' || order === null ? NO_CLIPS : order;
  const byDay = list === 'work' || (order?.question.sort.key ?? NEWEST_FIRST.key) === 'created';
  const sequence: GridSequence = useMemo(
    () => gridSequence({ order: { ratios, times }, live: shapes, byDay }),
    [ratios, times, shapes, byDay],
  );
  return { sequence, live };
}

/** The same array while no shape changes: a clock that ticks must not lay out a hundred thousand tiles again. */
function useStableShapes(live: readonly Generation[]): readonly LiveShape[] {
  const next = live.map(shapeOfLive);
  const [known, setKnown] = useState<readonly LiveShape[]>(next);
  const same =
    next.length === known.length &&
    next.every(({ ratio, time }, at) => known[at]?.ratio === ratio && known[at].time === time);
  if (same) return known;
  setKnown(next);
  return next;
}

function useRowHeight(): number {
  const chosen = useSettings((state) => state.settings?.rowHeight ?? null);
  const large = useMediaQuery('(min-width: 2000px)');
  const small = useMediaQuery('(max-width: 1360px)');
  if (chosen !== null) return chosen;
  return large ? 200 : small ? 124 : 136;
}
