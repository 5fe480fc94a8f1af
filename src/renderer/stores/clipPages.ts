// Which parts of a long list are held, wanted and given up: rules over chunks of places, without asking anybody.
import type { Clip } from '@shared/domain/clip';

/** Clips that are asked for together. */
export const CHUNK = 100;
/** Chunks that are held at most: a few hundred clips. */
const HELD = 8;
/** Places around what is seen that are asked for too. */
const AHEAD = 60;

/** Chunk number to its clips. */
export type ClipPages = ReadonlyMap<number, readonly Clip[]>;

/** Places, `to` not included. */
export interface Places {
  readonly from: number;
  readonly to: number;
}

/** The chunks that what is seen needs, those in sight first. */
export function neededChunks({ from, to }: Places, total: number): number[] {
  if (total === 0 || to <= from) return [];
  const last = chunkOf(total - 1);
  const [inSightFrom, inSightTo] = [chunkOf(Math.max(0, from)), Math.min(last, chunkOf(to - 1))];
  const first = chunkOf(Math.max(0, from - AHEAD));
  const end = Math.min(last, chunkOf(to - 1 + AHEAD));
  const chunks: number[] = [];
  for (let chunk = inSightFrom; chunk <= inSightTo; chunk += 1) chunks.push(chunk);
  for (let chunk = inSightTo + 1; chunk <= end; chunk += 1) chunks.push(chunk);
  for (let chunk = inSightFrom - 1; chunk >= first; chunk -= 1) chunks.push(chunk);
  return chunks;
}

/** The pages with one more, without those that are farthest from what is seen. */
export function withPage(pages: ClipPages, chunk: number, clips: readonly Clip[], seen: Places): ClipPages {
  const next = new Map(pages).set(chunk, clips);
  const middle = chunkOf((seen.from + seen.to) / 2);
  const farthest = [...next.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
  const needed = Math.max(HELD, neededChunks(seen, Infinity).length);
  for (const far of farthest.slice(0, Math.max(0, next.size - needed))) next.delete(far);
  return next;
}

export function clipAtPlace(pages: ClipPages, place: number): Clip | undefined {
  return pages.get(chunkOf(place))?.[place % CHUNK];
}

/** Null: it is not among the pages that are held. */
export function placeInPages(pages: ClipPages, id: string): number | null {
  for (const [chunk, clips] of pages) {
    const at = clips.findIndex((clip) => clip.id === id);
    if (at >= 0) return chunk * CHUNK + at;
  }
  return null;
}

/** The pages with a newer record of a clip; the same pages where it is not held, or not newer. */
export function withClip(pages: ClipPages, clip: Clip): ClipPages {
  for (const [chunk, clips] of pages) {
    const at = clips.findIndex(({ id }) => id === clip.id);
    const known = clips[at];
    if (known === undefined) continue;
    return known.revision >= clip.revision ? pages : new Map(pages).set(chunk, clips.with(at, clip));
  }
  return pages;
}

export function chunkOf(place: number): number {
  return Math.floor(place / CHUNK);
}

/** Whether two orders stand in the grid in the same way. */
export function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
