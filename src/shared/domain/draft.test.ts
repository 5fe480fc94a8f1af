import { expect, test } from 'vitest';
import {
  adaptParameters,
  defaultParameters,
  modeOf,
  problemsOf,
  type Draft,
  type DraftReference,
  type ProblemCode,
} from './draft';
import { findModel, type ModelSpec, type Role } from './models';
import type { Reference } from './reference';

const two = findModel('doubao-seedance-2-0-260128') as ModelSpec;
const image: Reference = {
  id: 'i',
  kind: 'image',
  source: 'file',
  name: 'i.png',
  format: 'png',
  bytes: 1000,
  width: 1366,
  height: 911,
  hasThumb: true,
};
const video: Reference = {
  id: 'v',
  kind: 'video',
  source: 'file',
  name: 'v.mp4',
  format: 'mp4',
  codec: 'h264',
  bytes: 1000,
  width: 960,
  height: 540,
  seconds: 5.06,
  fps: 25,
  hasThumb: true,
};
const audio: Reference = {
  id: 'a',
  kind: 'audio',
  source: 'file',
  name: 'a.mp3',
  format: 'mp3',
  bytes: 1000,
  seconds: 8,
  hasThumb: true,
};

const use = (reference: Reference, role: Role, key = reference.id): DraftReference => ({
  key,
  reference,
  role,
});
const draft = (references: DraftReference[], rest: Partial<Draft> = {}): Draft => ({
  prompt: 'x',
  model: two.id,
  parameters: defaultParameters(two),
  references,
  ...rest,
});
const codes = (value: Draft, canHostVideo = true): ProblemCode[] =>
  problemsOf(value, { canHostVideo, baseUrl: '', now: 0 }).map((problem) => problem.code);

// Bug: a request that the API would accept is held back.
test.each<[string, DraftReference[]]>([
  ['text alone', []],
  ['a first frame', [use(image, 'first_frame')]],
  ['first and last frame', [use(image, 'first_frame'), use(image, 'last_frame', 'j')]],
  [
    'all three kinds of reference',
    [use(image, 'reference_image'), use(video, 'reference_video'), use(audio, 'reference_audio')],
  ],
  ['references without text', [use(image, 'reference_image')]],
])('finds nothing wrong with %s', (_, references) => {
  expect(codes(draft(references))).toEqual([]);
});

// Bug: money or minutes spent on a request that is refused by a rule known here.
test.each<[ProblemCode, Draft]>([
  ['nothing_to_send', draft([], { prompt: '  ' })],
  ['frames_with_references', draft([use(image, 'first_frame'), use(video, 'reference_video')])],
  ['too_many_first_frames', draft([use(image, 'first_frame'), use(image, 'first_frame', 'j')])],
  ['last_frame_without_first', draft([use(image, 'last_frame')])],
  ['audio_alone', draft([use(audio, 'reference_audio')])],
  ['too_many_references', draft(Array.from({ length: 10 }, (_, n) => use(image, 'reference_image', `${n}`)))],
  [
    'resolution_unsupported',
    draft([], {
      model: 'doubao-seedance-2-0-fast-260128',
      parameters: { ...defaultParameters(two), resolution: '1080p' },
    }),
  ],
  ['duration_unsupported', draft([], { parameters: { ...defaultParameters(two), duration: 3 } })],
  ['seed_out_of_range', draft([], { parameters: { ...defaultParameters(two), seed: 2 ** 31 } })],
  [
    'expires_after_out_of_range',
    draft([], { parameters: { ...defaultParameters(two), executionExpiresAfter: 60 } }),
  ],
  ['mode_unsupported', draft([use(video, 'reference_video')], { model: 'doubao-seedance-1-5-pro-251215' })],
  ['model_unknown', draft([], { model: 'sora' })],
  ['prompt_flag', draft([], { prompt: 'a cat --rs 720p' })],
  ['mention_dangling', draft([], { prompt: 'as in @{gone}' })],
  [
    'format_unsupported',
    draft([use({ ...audio, format: 'm4a' }, 'reference_audio'), use(image, 'reference_image')]),
  ],
  ['codec_unsupported', draft([use({ ...video, codec: 'vp9' }, 'reference_video')])],
  ['file_too_large', draft([use({ ...image, bytes: 31 * 1024 * 1024 }, 'reference_image')])],
  ['ratio_out_of_range', draft([use({ ...image, width: 3200, height: 340 }, 'reference_image')])],
  ['side_out_of_range', draft([use({ ...image, width: 200, height: 200 }, 'reference_image')])],
  ['pixels_out_of_range', draft([use({ ...video, width: 640, height: 360 }, 'reference_video')])],
  [
    'length_out_of_range',
    draft([use({ ...audio, seconds: 22.9 }, 'reference_audio'), use(image, 'reference_image')]),
  ],
  [
    'total_length_too_long',
    draft([
      use({ ...video, seconds: 8 }, 'reference_video'),
      use({ ...video, seconds: 8 }, 'reference_video', 'w'),
    ]),
  ],
  ['fps_out_of_range', draft([use({ ...video, fps: 120 }, 'reference_video')])],
  ['colour_unusual', draft([use({ ...image, cmyk: true }, 'reference_image')])],
])('reports %s', (code, value) => {
  expect(codes(value)).toContain(code);
});

// Bug: a body that the API refuses is sent, or one that a host would lighten is held back.
test('a body is too large only where nothing can leave it', () => {
  const heavy = draft(
    Array.from({ length: 3 }, (_, n) =>
      use({ ...image, bytes: 20 * 1024 * 1024 }, 'reference_image', `${n}`),
    ),
  );
  expect(codes(heavy, false)).toEqual(['body_too_large']);
  expect(codes(heavy, true)).toEqual([]);
});

// Bug: a picture that the person forgot to name is sent in silence, or every prompt without chips is nagged.
test('a reference that the prompt leaves out beside others is advised of', () => {
  const both = [use(image, 'reference_image', 'one'), use(image, 'reference_image', 'two')];
  expect(codes(draft(both, { prompt: 'as in @{one}' }))).toEqual(['reference_unused']);
  expect(codes(draft(both, { prompt: 'as in both' }))).toEqual([]);
});

// Bug: a local video is sent to an endpoint that cannot fetch it.
test('a local video needs a host, an address does not', () => {
  expect(codes(draft([use(video, 'reference_video')]), false)).toEqual(['video_needs_host']);
  const url: Reference = {
    id: 'u',
    kind: 'video',
    source: 'url',
    url: 'https://x/v.mp4',
    name: 'v',
    format: '',
    bytes: 0,
    hasThumb: false,
  };
  expect(codes(draft([use(url, 'reference_video')]), false)).toEqual([]);
});

// Bug: the length measured by the API with a little tolerance is refused here.
test('15.06 s of sound is within the tolerance, 15.3 s is not', () => {
  const of = (seconds: number): Draft =>
    draft([use(image, 'reference_image'), use({ ...audio, seconds }, 'reference_audio')]);
  expect(codes(of(15.06))).toEqual([]);
  expect(codes(of(15.3))).toContain('length_out_of_range');
});

// Bug: advice that sources disagree on blocks the person.
test('disputed fields are advice, not errors', () => {
  const parameters = { ...defaultParameters(two), seed: 1, cameraFixed: true };
  const problems = problemsOf(draft([], { parameters }), { canHostVideo: false, baseUrl: '', now: 0 });
  expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([
    ['seed_disputed', 'advice'],
    ['camera_fixed_disputed', 'advice'],
  ]);
});

// Bug: switching the model leaves values the new one refuses.
test('parameters follow the model', () => {
  const fast = findModel('doubao-seedance-2-0-fast-260128') as ModelSpec;
  expect(adaptParameters({ ...defaultParameters(two), resolution: '4k', duration: 12 }, fast)).toMatchObject({
    resolution: '720p',
    duration: 12,
  });
});

test('the mode follows from the roles', () => {
  expect(modeOf([])).toBe('t2v');
  expect(modeOf([{ role: 'first_frame' }])).toBe('i2v');
  expect(modeOf([{ role: 'first_frame' }, { role: 'last_frame' }])).toBe('flf2v');
  expect(modeOf([{ role: 'reference_audio' }])).toBe('r2v');
});
