// Rates, keeps, rejects and trashes a clip that is looked at closely; a mark that is set already is taken off.
import type { Clip } from '@shared/domain/clip';
import { useCull as useLibraryCull } from '../library/useCull';

export interface Cull {
  rate(clip: Clip, rating: number): void;
  flag(clip: Clip, flag: 'kept' | 'rejected'): void;
  /** Out of the trash again, where it is there. */
  trash(clip: Clip): void;
  undo(): void;
  redo(): void;
}

export function useCull(): Cull {
  const { edit, trash, restore, undo, redo } = useLibraryCull();
  return {
    rate: (clip, rating) => void edit([clip.id], { rating }),
    flag: (clip, flag) => void edit([clip.id], { flag: flag === clip.flag ? null : flag }),
    trash: (clip) => void (clip.trashedAt === null ? trash([clip.id]) : restore([clip.id])),
    undo: () => void undo(),
    redo: () => void redo(),
  };
}
