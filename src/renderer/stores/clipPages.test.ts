import { describe, expect, it } from 'vitest';
import type { Clip } from '@shared/domain/clip';
import {
  CHUNK,
  clipAtPlace,
  neededChunks,
  placeInPages,
  withClip,
  withPage,
  type ClipPages,
} from './clipPages';

const clip = (id: string, revision = 1) => ({ id, revision }) as Clip;
const chunk = (number: number): Clip[] =>
  Array.from({ length: CHUNK }, (_, at) => clip(`c${number * CHUNK + at}`));

describe('neededChunks', () => {
  // Bug: what is in sight is asked for last, behind what might come.
  it('names those in sight first', () => {
    expect(neededChunks({ from: 250, to: 290 }, 1000)).toEqual([2, 3, 1]);
    expect(neededChunks({ from: 380, to: 420 }, 1000)).toEqual([3, 4]);
  });

  // Bug: places behind the end are asked for again and again.
  it('stops at the ends', () => {
    expect(neededChunks({ from: 0, to: 40 }, 30)).toEqual([0]);
    expect(neededChunks({ from: 980, to: 1000 }, 1000)).toEqual([9]);
    expect(neededChunks({ from: 0, to: 0 }, 0)).toEqual([]);
  });
});

describe('withPage', () => {
  // Bug: after a long scroll the window holds the whole library.
  it('gives up what is farthest from what is seen', () => {
    let pages: ClipPages = new Map();
    for (let at = 0; at < 40; at += 1)
      pages = withPage(pages, at, chunk(at), { from: at * CHUNK, to: at * CHUNK + 40 });
    expect(pages.size).toBeLessThanOrEqual(8);
    expect(clipAtPlace(pages, 39 * CHUNK + 7)?.id).toBe(`c${39 * CHUNK + 7}`);
    expect(clipAtPlace(pages, 3)).toBeUndefined();
    expect(placeInPages(pages, `c${38 * CHUNK}`)).toBe(38 * CHUNK);
  });
});

describe('withClip', () => {
  // Bug: a late event takes back a rating that was given after it.
  it('takes a newer record only', () => {
    const pages: ClipPages = new Map([[0, [clip('a', 3), clip('b', 1)]]]);
    expect(withClip(pages, clip('a', 2))).toBe(pages);
    expect(withClip(pages, clip('x', 9))).toBe(pages);
    expect(withClip(pages, clip('b', 2)).get(0)?.[1]?.revision).toBe(2);
  });
});
