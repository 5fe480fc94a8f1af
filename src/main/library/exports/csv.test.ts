import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportClip, NASTY } from '../../../../tests/fixtures/exportClips';
import { recipe } from '../../../../tests/fixtures/library';
import { csvOf } from './csv';

/** Reads RFC 4180 letter by letter. */
function read(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  for (let found = cell.exec(csv); found !== null; found = cell.exec(csv)) {
    const [, text = '', end] = found;
    row.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (end === '\r\n') rows.push(row.splice(0));
    row = end === '\r\n' ? [] : row;
  }
  return rows;
}

function cells(csv: string): Record<string, string>[] {
  const [header = [], ...rows] = read(csv.slice(1));
  return rows.map((row) => {
    expect(row).toHaveLength(header.length);
    return Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']));
  });
}

// Bug: a column is missing, or says something else than its header.
test('one row for each clip, in order', () => {
  const rated = exportClip({ rating: 4, flag: 'kept', tags: ['sea', 'a, b'], note: 'retake' });
  const imported = exportClip({ recipe: null, task: null, tokens: null, price: null, path: 'C:\\x\\b.mp4' });
  const csv = csvOf([rated, imported]);
  expect(csv.startsWith('\uFEFFfile,title,prompt,')).toBe(true);
  const [first, second] = cells(csv);
  expect(first).toEqual({
    file: '/library/2026/11/a.mp4',
    title: '海边的 walks',
    prompt: '海边的 图片1 walks, 50% slower #2',
    model: 'doubao-seedance-2-0-260128',
    ratio: '16:9',
    resolution: '720p',
    seconds: '5.056',
    fps: '24',
    seed: '42',
    tokens: '108900',
    price: '5.0094',
    currency: 'CNY',
    rating: '4',
    flag: 'kept',
    tags: 'sea; a, b',
    note: 'retake',
    references: 'Image 1: her face.png; Video 1: https://bucket.example.com/walk.mp4',
    created: '2026-11-22T10:00:00.000Z',
    'task id': 'cgt-20261122-abcde',
  });
  expect(second).toMatchObject({ file: 'C:\\x\\b.mp4', prompt: '', seed: '', price: '', rating: '' });
});

// Bug: a prompt that begins like a formula runs when the table is opened.
test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =cmd|x', '＝1', '\u0000=1'])(
  '%j is text',
  (title) => {
    const [row] = cells(csvOf([exportClip({ title })]));
    expect(row?.title?.startsWith("'")).toBe(true);
  },
);

// Bug: a quote, a comma or a line end in a prompt moves every cell behind it.
test('any text stays in its cell', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      const titles = [...texts, NASTY, '"', ',', '\r\n'].map((text) => `x${text}`);
      const rows = cells(csvOf(titles.map((title) => exportClip({ title }))));
      expect(rows).toHaveLength(titles.length);
      expect(rows.every((row) => row['task id'] === 'cgt-20261122-abcde')).toBe(true);
    }),
  );
});

// Bug: a table that is handed on gives away a signed address.
test('gives away no signature', () => {
  expect(csvOf([exportClip({ recipe })])).not.toMatch(/[Ss]ignature/);
});
