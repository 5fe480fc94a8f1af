// The keyboard in the grid: what each key does to the clip that has the focus, or to all that are chosen.
import { useCallback, useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { Generation } from '@shared/domain/generation';
import { clipAtPlace, placeInPages } from '../../stores/clipPages';
import { useLibrary } from '../../stores/libraryStore';
import { attempt } from '../../stores/noticesStore';
import { chosenIds, useSelection } from '../../stores/selectionStore';
import { useSettings } from '../../stores/settingsStore';
import { useView, type List } from '../../stores/viewStore';
import { gridCommand, type GridCommand, type Move } from './gridKeys';
import { rowOfIndex, verticalNeighbour, type GridLayout } from './gridLayout';
import { indexOfPlace, liveAtIndex, placeAt, type GridSequence } from './gridSequence';
import { useCull } from './useCull';
import { useReuse, useWithRecipe } from './useReuse';

interface GridKeyboardInput {
  readonly list: List;
  readonly layout: GridLayout;
  readonly sequence: GridSequence;
  readonly live: readonly Generation[];
  readonly scrollTo: (index: number) => void;
  /** The next tile to be drawn as the active one takes the focus. */
  readonly moveFocus: () => void;
}

export interface GridKeyboard {
  /** The tile that the keyboard stands at. */
  readonly active: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Chooses a tile, as a click does. */
  choose(index: number, how: { readonly extend?: boolean; readonly toggle?: boolean }): void;
}

export function useGridKeyboard(
  scroller: RefObject<HTMLDivElement | null>,
  input: GridKeyboardInput,
): GridKeyboard {
  const { list, layout, sequence, live, scrollTo, moveFocus } = input;
  const selection = useView((state) => state.selection);
  const pages = useLibrary((state) => state.pages);
  const focus = useLibrary((state) => state.focus);
  const cull = useCull();
  const reuse = useReuse();
  const withRecipe = useWithRecipe();
  /** Where a key has gone whose clip is still on its way. */
  const ahead = useRef<number | null>(null);
  const goes = useRef(0);

  const active = activeIndex();
  function activeIndex(): number {
    if (selection === null) return 0;
    if (selection.type === 'generation') {
      const at = live.findIndex(({ id }) => id === selection.id);
      return at < 0 ? 0 : (sequence.live[at] ?? 0);
    }
    const place =
      placeInPages(pages, selection.id) ?? (focus?.id === selection.id ? focus.place : null) ?? null;
    return place === null ? 0 : Math.min(indexOfPlace(sequence, place), Math.max(0, sequence.count - 1));
  }

  const choose = useCallback<GridKeyboard['choose']>(
    (index, { extend = false, toggle = false }) => {
      const at = liveAtIndex(sequence, index);
      const generation = at === null ? undefined : live[at];
      const place = placeAt(sequence, index);
      goes.current += 1;
      ahead.current = null;
      if (generation !== undefined) {
        useView.getState().select({ type: 'generation', id: generation.id });
        return;
      }
      if (place === null) return;
      const take = (clip: Parameters<typeof pick>[0]): void => {
        if (extend) void attempt(() => useSelection.getState().extendTo(clip, place));
        else if (toggle) useSelection.getState().toggle(clip, place);
        else pick(clip, place);
      };
      const { pick } = useSelection.getState();
      const clip = clipAtPlace(useLibrary.getState().pages, place);
      if (clip !== undefined) return take(clip);
      const go = goes.current;
      ahead.current = index;
      void attempt(async () => {
        const [found] = (await useLibrary.getState().between(place, place)).values();
        if (found != null && go === goes.current) {
          ahead.current = null;
          take(found);
        }
      });
    },
    [sequence, live],
  );

  const go = (index: number, extend: boolean): void => {
    moveFocus();
    choose(index, { extend });
    scrollTo(index);
  };

  // What was marked may have left the list: the keyboard goes on with what stands there now.
  useEffect(() => {
    if (focus?.left !== true || selection?.id !== focus.id) return;
    const { order } = useLibrary.getState();
    if (order === null || order.total === 0) return useView.getState().select(null);
    choose(indexOfPlace(sequence, Math.min(focus.place, order.total - 1)), {});
  }, [focus, selection, sequence, choose]);

  const run = (command: GridCommand): void => {
    const ids = chosenIds();
    switch (command.type) {
      case 'move': {
        const from = ahead.current ?? active;
        const to = targetOf(command.move, from, layout, sequence, scroller.current?.clientHeight ?? 0);
        if (to !== from || selection === null) go(to, command.extend);
        return;
      }
      case 'view':
        return void attempt(() => openViewer(ids));
      case 'reuse':
        return void attempt(() => reuseActive());
      case 'rate':
      case 'keep':
      case 'reject': {
        if (ids.length === 0) return;
        void cull.mark(ids, command);
        if (ids.length === 1 && advances() && active < sequence.count - 1) go(active + 1, false);
        return;
      }
      case 'trash':
        return void cull.trash(ids);
      case 'deleteFiles':
        return cull.askDelete(ids);
      case 'undo':
        return void cull.undo();
      case 'redo':
        return void cull.redo();
      case 'tags':
        return cull.askTags(ids);
      case 'compare':
        return cull.compare(ids);
      case 'selectAll':
        return void attempt(() => useSelection.getState().chooseAll());
      case 'clear':
        return useSelection.getState().clear();
    }
  };

  const reuseActive = async (): Promise<void> => {
    if (selection?.type === 'generation') {
      const generation = live.find(({ id }) => id === selection.id);
      if (generation !== undefined) reuse(generation.recipe);
      return;
    }
    if (selection !== null) await withRecipe(selection.id, reuse);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys pressed on a button inside a tile are the button's.
    const role = (event.target as HTMLElement).getAttribute('role');
    if (role !== 'gridcell' && role !== 'grid') return;
    const command = gridCommand(event, { trash: list === 'trash' });
    if (command === null) return;
    event.preventDefault();
    // The window listens for undo too.
    event.stopPropagation();
    run(command);
  };
  return { active, onKeyDown, choose };
}

function advances(): boolean {
  return useSettings.getState().settings?.advanceAfterMark ?? false;
}

/** All that are chosen, or the whole list from the one in the inspector on. */
export async function openViewer(chosen: readonly string[]): Promise<void> {
  const { selection, openViewer: open } = useView.getState();
  if (selection?.type !== 'clip') return;
  const ids = chosen.length > 1 ? chosen : await useLibrary.getState().ids();
  const at = ids.indexOf(selection.id);
  if (at < 0) open([selection.id]);
  else open(ids, at);
}

function targetOf(
  move: Move,
  from: number,
  layout: GridLayout,
  sequence: GridSequence,
  page: number,
): number {
  switch (move) {
    case 'left':
      return Math.max(0, from - 1);
    case 'right':
      return Math.min(sequence.count - 1, from + 1);
    case 'up':
      return verticalNeighbour(layout, sequence.ratios, from, -1);
    case 'down':
      return verticalNeighbour(layout, sequence.ratios, from, 1);
    case 'home':
      return 0;
    case 'end':
      return sequence.count - 1;
    case 'pageUp':
      return pageFrom(-1);
    case 'pageDown':
      return pageFrom(1);
  }
  function pageFrom(direction: 1 | -1): number {
    const topOf = (index: number): number => layout.tops[rowOfIndex(layout, index)] ?? 0;
    let at = from;
    for (;;) {
      const next = verticalNeighbour(layout, sequence.ratios, at, direction);
      if (next === at || (at !== from && Math.abs(topOf(next) - topOf(from)) > page)) return at;
      at = next;
    }
  }
}
