// How far the work in hand is, for the dock or the taskbar. Electron-free: it only keeps count.
import type { Generation, GenerationProgress, GenerationState } from '@shared/domain/generation';

/** Nothing to show. */
export const NO_BAR = -1;
/** Work without a known end: Electron shows any value above 1 that way. */
export const MOVING_BAR = 2;

const IN_WORK: ReadonlySet<GenerationState> = new Set([
  'preparing',
  'submitting',
  'queued',
  'running',
  'downloading',
  'finishing',
]);

type Bytes = Pick<GenerationProgress, 'done' | 'total'>;

export class WorkBar {
  /** What is in work, with the bytes secured where they are known. */
  private readonly works = new Map<string, Bytes | null>();

  changed({ id, state, hold }: Pick<Generation, 'id' | 'state' | 'hold'>): void {
    // What waits for the person or the network is not moving.
    if (!IN_WORK.has(state) || hold !== null) this.works.delete(id);
    else if (state === 'downloading' || state === 'finishing') this.works.set(id, this.works.get(id) ?? null);
    else this.works.set(id, null);
  }

  progress({ id, step, done, total }: GenerationProgress): void {
    if (step === 'downloading' && this.works.has(id)) this.works.set(id, { done, total });
  }

  /** Bytes secured of those to be secured where that is known, in whole percents; else moving, or none. */
  value(): number {
    const known = [...this.works.values()].filter((bytes) => bytes !== null && bytes.total !== null);
    const total = known.reduce((sum, bytes) => sum + (bytes?.total ?? 0), 0);
    if (total === 0) return this.works.size === 0 ? NO_BAR : MOVING_BAR;
    const done = known.reduce((sum, bytes) => sum + (bytes?.done ?? 0), 0);
    return Math.min(100, Math.floor((100 * done) / total)) / 100;
  }
}
