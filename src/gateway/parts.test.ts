// Catches: small pieces going wrong where a whole run would hide it: sniffing, links, ranges, words, limits.
import { describe, expect, it } from 'vitest';
import { ApiError } from './apiError';
import { showable, wrapText } from './captions';
import { Faults } from './faults';
import { parseRange } from './fileAnswer';
import { findFont } from './fonts';
import { RateLimiter } from './limits';
import { platePainter } from './plate';
import { escapeValue, planRender } from './render';
import { DEFAULT_SETTINGS, withPatch } from './settings';
import { checkLink, signedPath } from './signedUrls';
import { sniff } from './sniff';
import { newTaskId, type StoredReference, type Task } from './tasks';

describe('sniff', () => {
  const head = (...parts: (string | number)[]): Buffer =>
    Buffer.concat([
      ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))),
      Buffer.alloc(40),
    ]);
  it.each([
    [head(0xff, 0xd8, 0xff, 0xe0), 'jpeg'],
    [head('\x89PNG\r\n\x1a\n'), 'png'],
    [head('RIFF\0\0\0\0WEBP'), 'webp'],
    [head('RIFF\0\0\0\0WAVE'), 'wav'],
    [head('GIF89a'), 'gif'],
    [head('II*\0'), 'tiff'],
    [head('BM\x10\0\0\0\0\0\0\0'), 'bmp'],
    [head('\0\0\0\x18ftypheic'), 'heic'],
    [head('\0\0\0\x18ftypisom'), 'mp4'],
    [head('\0\0\0\x18ftypqt  '), 'mov'],
    [head('\0\0\0\x18ftypM4A '), 'm4a'],
    [head('ID3\x04'), 'mp3'],
    [head(0xff, 0xfb, 0x90), 'mp3'],
  ])('%#: %s', (bytes, format) => {
    expect(sniff(bytes)?.format).toBe(format);
  });

  it('knows nothing of HTML, AAC, short and empty files', () => {
    for (const bytes of [
      head('<!DOCTYPE html>'),
      head(0xff, 0xf1, 0x50),
      Buffer.from('GIF89a'),
      Buffer.alloc(0),
    ]) {
      expect(sniff(bytes)).toBeNull();
    }
  });
});

describe('result links', () => {
  const secret = Buffer.from('secret');
  const query = (path: string): URLSearchParams => new URL(path, 'http://x').searchParams;
  it('work until their second and for their file only', () => {
    const link = query(signedPath(secret, 'cgt-1', 'video.mp4', 1000));
    expect(checkLink(secret, 'cgt-1', 'video.mp4', link, 999_999)).toBeNull();
    expect(checkLink(secret, 'cgt-1', 'video.mp4', link, 1_000_000)).toBe('expired');
    expect(checkLink(secret, 'cgt-2', 'video.mp4', link, 0)).toBe('forged');
    link.set('expires', '2000');
    expect(checkLink(secret, 'cgt-1', 'video.mp4', link, 0)).toBe('forged');
    expect(checkLink(secret, 'cgt-1', 'video.mp4', new URLSearchParams(), 0)).toBe('forged');
  });
});

describe('parseRange', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-1000', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-4', null],
    ['bytes=0-1,5-6', null],
    ['items=0-1', null],
    ['bytes=-', null],
    [undefined, null],
  ])('%s', (header, range) => {
    expect(parseRange(header, 100)).toEqual(range);
  });
});

describe('words in the picture', () => {
  it('drops what a font cannot show and cannot be told to run', () => {
    expect(showable('a\u0000b\r\n\n c\t\td 🎬👩‍🚀 e')).toBe('a b\nc d e');
  });
  it('breaks Chinese anywhere, English at spaces, giant words by force', () => {
    expect(wrapText('一二三四五六', 3, 9)).toEqual(['一二三', '四五六']);
    expect(wrapText('one two three', 4.2, 9)).toEqual(['one two', 'three']);
    expect(wrapText('x'.repeat(50), 10, 9).length).toBeGreaterThan(2);
  });
  it('ends in an ellipsis when there are too many lines', () => {
    const lines = wrapText('word '.repeat(100), 10, 3);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/…$/);
  });
  it('escapes a Windows font path for the filter graph', () => {
    expect(escapeValue("C:/it's [a];b.ttf")).toBe(String.raw`C\\:/it\\\'s \[a\]\;b.ttf`);
  });
});

describe('planRender', () => {
  const task: Task = {
    id: 'cgt-1',
    status: 'running',
    createdAt: 0,
    updatedAt: 0,
    model: 'm',
    modelLabel: 'Seedance 2.0',
    mode: 'r2v',
    prompt: "it's; [in] 'quotes' %{pts} :x=1",
    references: [],
    resolution: '480p',
    ratio: '16:9',
    width: 864,
    height: 496,
    totalFrames: 97,
    duration: 4,
    frames: null,
    generateAudio: true,
    echoesAudio: true,
    watermark: true,
    seed: 1,
    returnLastFrame: false,
    executionExpiresAfter: 3600,
    safetyIdentifier: null,
    priority: 0,
    serviceTier: 'default',
    webSearch: false,
    tokens: 1,
    doomed: null,
    error: null,
    linksExpire: null,
    ledger: {
      taskId: 'cgt-1',
      at: 0,
      bodySha256: '',
      model: 'm',
      mode: 'r2v',
      prompt: '',
      keySha256: null,
      safetyIdentifier: null,
      references: { image: 0, video: 0, audio: 0 },
    },
  };
  const image: StoredReference = {
    kind: 'image',
    role: 'reference_image',
    file: 'reference-1.png',
    format: 'png',
    width: 900,
    height: 900,
  };

  it('keeps the prompt out of the command line', () => {
    const font = { path: '/font.ttf', hasChinese: true };
    const plan = planRender({ ...task, references: [image] }, font);
    expect(plan.args.join(' ')).not.toContain('quotes');
    expect(plan.files.find(({ name }) => name === 'prompt-0.txt')?.content).toBe(task.prompt);
    expect(plan.args).toContain('-nostdin');
  });

  it('allows files only, before every input', () => {
    const { args } = planRender({ ...task, references: [image, image] }, null);
    const inputs = args.flatMap((argument, index) => (argument === '-i' ? [index] : []));
    expect(inputs).toHaveLength(2);
    for (const index of inputs)
      expect(args.slice(0, index).lastIndexOf('file,pipe')).toBeGreaterThan(index - 8);
  });

  it('goes without words when there is no font', () => {
    const plan = planRender(task, null);
    expect(plan.args.join(' ')).not.toContain('drawtext');
    expect(plan.plateFrames).toBe(97);
    expect(findFont(() => false)).toBeNull();
  });
});

describe('the plate', () => {
  it('is the same for the same seed and another for another', () => {
    const frame = (seed: number): Buffer => platePainter(seed, 32, 18, 97)(40);
    expect(frame(1).equals(frame(1))).toBe(true);
    expect(frame(1).equals(frame(2))).toBe(false);
    expect(frame(1)).toHaveLength(32 * 18 * 6);
  });
});

describe('limits, settings, faults, ids', () => {
  it('refuses the request above the limit and lets the next window pass', () => {
    const limiter = new RateLimiter();
    const { limits } = DEFAULT_SETTINGS;
    limiter.admit('list', limits, 1000);
    expect(() => limiter.admit('list', limits, 1999)).toThrow(ApiError);
    limiter.admit('list', limits, 2001);
    for (let n = 0; n < 180; n += 1) limiter.admit('create', limits, 5000);
    expect(() => limiter.admit('create', limits, 60_000)).toThrow('RPM');
    limiter.admit('create', limits, 65_001);
  });

  it('merges nested limits', () => {
    const merged = withPatch(DEFAULT_SETTINGS, { queuedMs: 5, limits: { listPerSecond: 9 } });
    expect(merged).toMatchObject({
      queuedMs: 5,
      runningMs: 1500,
      limits: { listPerSecond: 9, getPerSecond: 20 },
    });
  });

  it('uses faults up in order, after those that pass', () => {
    const faults = new Faults();
    faults.set([
      { kind: 'server_error', on: 'get', times: 2, after: 1 },
      { kind: 'not_found', on: 'get' },
      { kind: 'hang', on: 'list' },
    ]);
    const kinds = Array.from({ length: 5 }, () => faults.take('get')?.kind ?? null);
    expect(kinds).toEqual([null, 'server_error', 'server_error', 'not_found', null]);
    expect(faults.list().map(({ kind }) => kind)).toEqual(['hang']);
    expect(() => faults.set([{ kind: 'slow', on: 'get', bytesPerSecond: 1 } as never])).toThrow();
  });

  it('makes ids in China time', () => {
    expect(newTaskId(Date.UTC(2026, 10, 21, 20, 1, 2))).toMatch(/^cgt-20261122040102-[a-z0-9]{5}$/);
  });
});
