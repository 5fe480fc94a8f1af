import { expect, test } from 'vitest';
import { compilePrompt, compileRequest, inlinePlaceholder, referenceAtContentIndex } from './compile';
import { defaultParameters, type Draft, type DraftReference } from './draft';
import { findModel, type ModelSpec, type ReferenceKind, type Role } from './models';

const item = (key: string, kind: ReferenceKind, role: Role): DraftReference => ({
  key,
  role,
  reference: {
    id: key,
    kind,
    source: 'file',
    name: `${key}.bin`,
    format: kind === 'image' ? 'png' : 'mp3',
    bytes: 9,
    hasThumb: false,
  },
});
const base = (id: string): Draft => ({
  prompt: '',
  references: [],
  model: id,
  parameters: defaultParameters(findModel(id) as ModelSpec),
});
const two = base('doubao-seedance-2-0-260128');

// Bug: names numbered over all references instead of among those of their kind, so `Image 2` is a sound.
test('numbers references by kind in content order', () => {
  const references = [
    item('a', 'image', 'reference_image'),
    item('s', 'audio', 'reference_audio'),
    item('b', 'image', 'reference_image'),
  ];
  expect(compilePrompt({ prompt: 'from @{a} to @{b} with @{s}', references })).toBe(
    'from Image 1 to Image 2 with Audio 1',
  );
  expect(compilePrompt({ prompt: '从@{a}到@{b}，声音@{s}', references })).toBe('从图片1到图片2，声音音频1');
});

// Bug: a chip keeps its old number after the tiles were reordered.
test('a chip follows its reference through reorder', () => {
  const [a, b] = [item('a', 'image', 'reference_image'), item('b', 'image', 'reference_image')];
  expect(compilePrompt({ prompt: '@{b}', references: [a, b] })).toBe('Image 2');
  expect(compilePrompt({ prompt: '@{b}', references: [b, a] })).toBe('Image 1');
});

// Bug: a field that was not switched on is sent and refused ("must be empty").
test('sends only what was switched on, and always sound and watermark', () => {
  const request = compileRequest({ ...two, prompt: 'x' }, inlinePlaceholder);
  expect(request).toEqual({
    model: two.model,
    content: [{ type: 'text', text: 'x' }],
    generate_audio: true,
    resolution: '720p',
    ratio: '16:9',
    duration: 5,
    watermark: false,
  });
});

test('sends every optional field once it is switched on', () => {
  const parameters = {
    ...two.parameters,
    cameraFixed: true,
    seed: 7,
    returnLastFrame: true,
    executionExpiresAfter: 3600,
    duration: -1,
    ratio: 'adaptive' as const,
  };
  expect(compileRequest({ ...two, prompt: 'x', parameters }, inlinePlaceholder)).toMatchObject({
    camera_fixed: true,
    seed: 7,
    return_last_frame: true,
    execution_expires_after: 3600,
    duration: -1,
    ratio: 'adaptive',
  });
});

// Bug: a model without sound is sent `generate_audio` and refuses the request.
test('leaves sound out for a model that has none', () => {
  expect(
    compileRequest({ ...base('doubao-seedance-1-0-pro-250528'), prompt: 'x' }, inlinePlaceholder),
  ).not.toHaveProperty('generate_audio');
});

// Bug: `content[i]` in a refusal marks the wrong tile, because the text counts when there is one.
test('finds the reference that content[i] names', () => {
  const references = [item('a', 'image', 'first_frame'), item('b', 'image', 'last_frame')];
  expect(referenceAtContentIndex({ ...two, prompt: 'x', references }, 1)?.key).toBe('a');
  expect(referenceAtContentIndex({ ...two, prompt: ' ', references }, 1)?.key).toBe('b');
  expect(referenceAtContentIndex({ ...two, prompt: 'x', references }, 0)).toBeUndefined();
});

// Bug: a role or an object shape the API refuses ("role must be specified", a bare string as image_url).
test('every reference carries its role and an object with its address', () => {
  const references = [item('a', 'image', 'reference_image'), item('s', 'audio', 'reference_audio')];
  expect(compileRequest({ ...two, references }, (reference) => `https://x/${reference.key}`).content).toEqual(
    [
      { type: 'image_url', image_url: { url: 'https://x/a' }, role: 'reference_image' },
      { type: 'audio_url', audio_url: { url: 'https://x/s' }, role: 'reference_audio' },
    ],
  );
});
