import { expect, test } from 'vitest';
import { exportClip, NASTY } from '../../../../tests/fixtures/exportClips';
import { otioOf } from './otio';

interface Node {
  readonly OTIO_SCHEMA: string;
  readonly [name: string]: unknown;
}

const clips = [
  exportClip({ title: NASTY, rating: 5, tags: ['sea'] }),
  exportClip({ id: 'g2', fps: 29.97, seconds: 2.002, hasSound: false, path: 'C:\\Clips\\b c.mp4' }),
];

/** What the schema of the format asks each of its objects to have. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'Timeline.1': ['name', 'metadata', 'global_start_time', 'tracks'],
  'Stack.1': ['name', 'metadata', 'source_range', 'effects', 'markers', 'children'],
  'Track.1': ['name', 'metadata', 'source_range', 'effects', 'markers', 'kind', 'children'],
  'Clip.2': ['name', 'metadata', 'source_range', 'media_references', 'active_media_reference_key'],
  'Gap.1': ['name', 'metadata', 'source_range', 'effects', 'markers'],
  'ExternalReference.1': ['name', 'metadata', 'available_range', 'target_url'],
  'TimeRange.1': ['start_time', 'duration'],
  'RationalTime.1': ['rate', 'value'],
};

function check(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if ('OTIO_SCHEMA' in value) {
    const schema = String(value.OTIO_SCHEMA);
    expect(Object.keys(FIELDS)).toContain(schema);
    expect(Object.keys(value)).toEqual(expect.arrayContaining([...(FIELDS[schema] ?? [])]));
  }
  Object.values(value).forEach(check);
}

// Bug: a field that the format asks for is missing, or a time is rounded.
test('two tracks with every clip in its own rate', () => {
  const timeline = JSON.parse(otioOf(clips, 'Day 1')) as {
    tracks: { children: (Node & { children: Node[] })[] };
  };
  check(timeline);
  const [video, audio] = timeline.tracks.children;
  expect([video?.kind, audio?.kind]).toEqual(['Video', 'Audio']);
  expect(audio?.children.map((child) => child.OTIO_SCHEMA)).toEqual(['Clip.2', 'Gap.1']);
  const [first, second] = video?.children ?? [];
  expect(first?.source_range).toMatchObject({ duration: { rate: 24, value: 121 } });
  expect(second?.source_range).toMatchObject({ duration: { rate: 30000 / 1001, value: 60 } });
  expect(second?.media_references).toMatchObject({
    DEFAULT_MEDIA: { target_url: 'file:///C:/Clips/b%20c.mp4' },
  });
});

// Bug: what made the clip is lost, a signature goes along, or half a character makes the file unreadable elsewhere.
test('the recipe goes along, without what is secret', () => {
  const text = otioOf(clips, 'Day 1');
  expect(text).not.toMatch(/[Ss]ignature|\\ud[89a-f]/);
  expect(text).toContain(`"taskId": "cgt-20261122-abcde"`);
  const timeline = JSON.parse(text) as { tracks: { children: { children: Node[] }[] } };
  expect(timeline.tracks.children[0]?.children[0]?.metadata).toMatchObject({
    dailies: {
      rating: 5,
      tags: ['sea'],
      prompt: '海边的 图片1 walks, 50% slower #2',
      recipe: { references: [{ hash: 'a'.repeat(64) }, { address: 'https://bucket.example.com/walk.mp4' }] },
    },
  });
});

// Bug: a film without any sound gets a track of gaps.
test('silent clips make one track', () => {
  const timeline = JSON.parse(otioOf([exportClip({ hasSound: false })], 'x')) as {
    tracks: { children: unknown[] };
  };
  expect(timeline.tracks.children).toHaveLength(1);
});
