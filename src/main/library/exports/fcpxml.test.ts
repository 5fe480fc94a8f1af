import fc from 'fast-check';
import { parse, validate } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { exportClip, NASTY } from '../../../../tests/fixtures/exportClips';
import { recipe } from '../../../../tests/fixtures/library';
import { fcpxmlOf } from './fcpxml';

interface Element {
  readonly [name: string]: unknown;
}

/** Attributes begin with `@`; everything that may repeat is a list. */
function read(xml: string): Element {
  expect(validate(xml)).toBe(true);
  // What XML 1.0 does not allow anywhere, and parsers are lenient about.
  // eslint-disable-next-line no-control-regex
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  expect(xml).not.toMatch(/\p{Cs}/u);
  const lists = ['format', 'asset', 'asset-clip'];
  return parse(xml, {
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseAttributeValue: false,
    arrayMode: new RegExp(`^(${lists.join('|')})$`),
    attrValueProcessor: unescaped,
    tagValueProcessor: unescaped,
  }) as Element;
}

function unescaped(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
    code === undefined ? (named[name ?? ''] ?? '?') : String.fromCodePoint(Number(code)),
  );
}

/** The element behind these names, one in another. */
function at(element: unknown, ...names: string[]): Element {
  return names.reduce<unknown>((inside, name) => (inside as Element)[name], element) as Element;
}

const list = (element: unknown): Element[] => element as Element[];

const clips = [
  exportClip({ flag: 'kept', rating: 3, tags: ['sea', 'wide, wet'], path: '/library/a b #1.mp4' }),
  exportClip({ id: 'g2', width: 720, height: 1280, fps: 30, seconds: 2, flag: 'rejected', hasSound: false }),
  exportClip({ id: 'g3', seconds: 4, recipe: null, path: 'C:\\Clips\\c.mp4' }),
];

// Bug: Final Cut refuses the file, or the clips stand in another order, too long or too short.
test('one sequence with the clips in order and exact times', () => {
  const root = at(read(fcpxmlOf(clips, 'Day 1')), 'fcpxml');
  expect(root['@version']).toBe('1.11');
  const formats = list(at(root, 'resources').format);
  expect(formats.map((format) => [format['@id'], format['@frameDuration'], format['@width']])).toEqual([
    ['r1', '1/24s', '1280'],
    ['r2', '1/30s', '720'],
  ]);
  const assets = list(at(root, 'resources').asset);
  expect(assets.map((asset) => [asset['@id'], asset['@duration'], asset['@hasAudio']])).toEqual([
    ['a1', '121/24s', '1'],
    ['a2', '2s', undefined],
    ['a3', '4s', '1'],
  ]);
  expect(assets.map((asset) => at(asset, 'media-rep')['@src'])).toEqual([
    'file:///library/a%20b%20%231.mp4',
    'file:///library/2026/11/a.mp4',
    'file:///C:/Clips/c.mp4',
  ]);
  const project = at(root, 'library', 'event', 'project');
  const sequence = at(project, 'sequence');
  expect([project['@name'], sequence['@format'], sequence['@duration']]).toEqual(['Day 1', 'r1', '265/24s']);
  const spine = list(at(sequence, 'spine')['asset-clip']);
  expect(spine.map((clip) => [clip['@ref'], clip['@offset'], clip['@duration']])).toEqual([
    ['a1', '0s', '121/24s'],
    ['a2', '121/24s', '2s'],
    ['a3', '169/24s', '4s'],
  ]);
  expect(at(spine[1], 'conform-rate')).toMatchObject({ '@scaleEnabled': '0', '@srcFrameRate': '30' });
  expect(spine[0]?.['conform-rate']).toBeUndefined();
});

// Bug: the prompt, the tags or the choice are lost on the way into the editing program.
test('prompt, tags and choice go along', () => {
  const event = at(read(fcpxmlOf(clips, 'Day 1')), 'fcpxml', 'library', 'event');
  const [first, second, third] = list(event['asset-clip']);
  expect(first?.note).toBe('海边的 图片1 walks, 50% slower #2');
  expect(at(first, 'keyword')['@value']).toBe('sea, wide wet, ★★★');
  expect(at(first, 'rating')['@value']).toBe('favorite');
  expect(at(second, 'rating')['@value']).toBe('reject');
  expect([third?.note, third?.rating, third?.keyword]).toEqual([undefined, undefined, undefined]);
  const [inProject] = list(at(event, 'project', 'sequence', 'spine')['asset-clip']);
  expect(at(inProject, 'marker')['@note']).toBe('海边的 图片1 walks, 50% slower #2');
});

// Bug: elements in another order than the document type says make Final Cut refuse the whole file.
test('children stand in the order of the document type', () => {
  const order = ['note', 'conform-rate', 'marker', 'rating', 'keyword'];
  const markers = ['marker', 'rating', 'keyword'];
  const xml = fcpxmlOf(clips, 'x');
  for (const [, inside = ''] of xml.matchAll(/<asset-clip [^>]*>\n([\s\S]*?)<\/asset-clip>/g)) {
    const names = [...inside.matchAll(/<([a-z-]+)[ >]/g)].map(([, name = '']) => name);
    const ranks = names.map((name) => (markers.includes(name) ? 2 : order.indexOf(name)));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(ranks).not.toContain(-1);
  }
});

// Bug: one character of a prompt makes the file unreadable.
test('is well-formed for any text', () => {
  const named = (text: string): string =>
    fcpxmlOf(
      [
        exportClip({
          title: text,
          tags: [text],
          note: text,
          path: `/${text}`,
          recipe: { ...recipe, prompt: text },
        }),
      ],
      text,
    );
  read(named(NASTY));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(named(text))));
});

// Bug: an export of nothing is no file that can be opened.
test('no clips make an empty sequence', () => {
  const root = at(read(fcpxmlOf([], 'x')), 'fcpxml');
  expect(at(root, 'library', 'event', 'project', 'sequence')['@duration']).toBe('0s');
  expect(list(at(root, 'resources').format)[0]?.['@id']).toBe('r1');
});
