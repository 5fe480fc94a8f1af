// Catches: a request the vendor refuses being accepted in practice, or a good one refused, or the wrong words.
import { describe, expect, it } from 'vitest';
import { ApiError } from './apiError';
import { validateCreate } from './validate';

const MODEL = 'doubao-seedance-2-0-260128';
const URL_OF = {
  image: 'https://example.com/a.png',
  video: 'https://example.com/a.mp4',
  audio: 'https://example.com/a.mp3',
};
const text = (words = 'a puppy') => ({ type: 'text', text: words });
const media = (kind: keyof typeof URL_OF, role?: string, url = URL_OF[kind]) => ({
  type: `${kind}_url`,
  [`${kind}_url`]: { url },
  ...(role === undefined ? {} : { role }),
});
const body = (more: Record<string, unknown> = {}, content: unknown[] = [text()]) => ({
  model: MODEL,
  content,
  ...more,
});

function refusal(value: unknown): ApiError {
  try {
    validateCreate(value);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('modes', () => {
  it.each([
    ['t2v', [text()]],
    ['i2v', [text(), media('image')]],
    ['i2v', [media('image', 'first_frame')]],
    ['flf2v', [text(), media('image', 'last_frame'), media('image', 'first_frame')]],
    [
      'r2v',
      [
        text(),
        media('image', 'reference_image'),
        media('video', 'reference_video'),
        media('audio', 'reference_audio'),
      ],
    ],
    ['r2v', [media('video', 'reference_video')]],
  ])('%s', (mode, content) => {
    expect(validateCreate(body({}, content)).mode).toBe(mode);
  });

  it('accepts the body of the gateway documentation as it stands', () => {
    const content = [
      text(),
      media('image', 'reference_image'),
      media('image', 'reference_image'),
      media('video', 'reference_video'),
      media('audio', 'reference_audio'),
    ];
    const more = {
      generate_audio: true,
      resolution: '720p',
      ratio: '16:9',
      duration: 5,
      camera_fixed: false,
      watermark: true,
    };
    expect(validateCreate(body(more, content))).toMatchObject({ mode: 'r2v', watermark: true, duration: 5 });
  });

  it('takes the defaults of the API, not of a client', () => {
    expect(validateCreate(body())).toMatchObject({
      resolution: '720p',
      ratio: 'adaptive',
      duration: 5,
      generateAudio: true,
      watermark: false,
      seed: -1,
      returnLastFrame: false,
      executionExpiresAfter: 172_800,
    });
  });
});

describe('content refused', () => {
  const many = (count: number, kind: keyof typeof URL_OF) =>
    Array.from({ length: count }, () => media(kind, `reference_${kind}`));
  it.each<[string, unknown[], string | RegExp, string?]>([
    [
      'first frame beside references',
      [media('image', 'first_frame'), media('image', 'reference_image')],
      'first/last frame content cannot be mixed with reference media content',
    ],
    [
      'first frame beside a sound',
      [media('image', 'first_frame'), media('audio', 'reference_audio')],
      'cannot be mixed',
    ],
    ['roleless image beside a sound', [media('image'), media('audio', 'reference_audio')], 'cannot be mixed'],
    [
      'two images, one without role',
      [media('image', 'reference_image'), media('image')],
      'role must be specified for image contents',
    ],
    [
      'two first frames',
      [media('image', 'first_frame'), media('image', 'first_frame')],
      'expected at most one first frame image content but got 2 instead',
    ],
    ['last frame alone', [media('image', 'last_frame')], 'requires a first frame'],
    ['role of another kind', [media('image', 'reference_video')], /content\[0\]\.role/],
    ['invented role', [text(), media('image', 'subject')], /content\[1\]\.role/],
    [
      'sound without role',
      [media('image', 'reference_image'), media('audio')],
      'reference media mode requires audio role to be reference_audio',
    ],
    [
      'video without role',
      [media('video')],
      'reference media mode requires video role to be reference_video',
    ],
    ['sound alone', [text(), media('audio', 'reference_audio')], 'requires at least one'],
    ['ten images', many(10, 'image'), 'expected at most 9 reference image contents but got 10'],
    ['four videos', many(4, 'video'), 'expected at most 3 reference video contents but got 4'],
    ['four sounds', [...many(1, 'image'), ...many(4, 'audio')], 'expected at most 3 reference audio'],
    ['image as a string', [{ type: 'image_url', image_url: URL_OF.image }], /content\[0\]\.image_url/],
    ['empty image url', [media('image', 'first_frame', '')], 'empty', 'InvalidImageURL.EmptyURL'],
    [
      'upper-case data type',
      [media('image', 'first_frame', 'data:image/PNG;base64,AAAA')],
      'lower-case',
      'InvalidImageURL.InvalidFormat',
    ],
    [
      'data url without base64',
      [media('image', 'first_frame', 'data:image/png,abc')],
      'base64',
      'InvalidImageURL.InvalidFormat',
    ],
    [
      'video as base64',
      [text(), media('video', 'reference_video', 'data:video/mp4;base64,AAAA')],
      'reference_video must be provided as a web url',
    ],
    ['file address', [media('image', 'first_frame', 'file:///etc/passwd')], /content\[0\]\.image_url\.url/],
    [
      'an asset',
      [media('image', 'reference_image', 'asset://asset-1')],
      'The specified asset asset-1 is not found',
    ],
    ['unknown type', [{ type: 'movie' }], /content\[0\]\.type/],
    ['nothing', [], /missing `content`/, 'MissingParameter'],
    ['empty text alone', [text(' ')], /missing/, 'MissingParameter'],
    ['two texts', [text(), text()], 'at most one text'],
    ['null item', [null], /content\[0\]/],
    [
      'prototype names',
      [JSON.parse('{"__proto__":{"type":"text","text":"x"}}')],
      /content\[0\]\.type/,
      'MissingParameter',
    ],
  ])('%s', (_name, content, words, code = 'InvalidParameter') => {
    const error = refusal(body({}, content));
    expect(error.status).toBe(400);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(words);
  });
});

describe('parameters refused', () => {
  const emptied = (name: string, mode: string) =>
    `the specified parameter ${name} is not supported for model doubao-seedance-2-0 in ${mode}, must be empty`;
  const invalid = (name: string) =>
    `the parameter ${name} specified in the request is not valid for model doubao-seedance-2-0 in t2v`;
  it.each<[Record<string, unknown>, string]>([
    [{ camera_fixed: true }, emptied('camera_fixed', 't2v')],
    [{ service_tier: 'default' }, emptied('service_tier', 't2v')],
    [{ draft: false }, emptied('draft', 't2v')],
    [{ frames: 121 }, emptied('frames', 't2v')],
    [{ output_format: 'mp4' }, emptied('output_format', 't2v')],
    [{ resolution: '2k' }, invalid('resolution')],
    [{ resolution: 720 }, invalid('resolution')],
    [{ ratio: '16:10' }, invalid('ratio')],
    [{ duration: 3 }, invalid('duration')],
    [{ duration: 16 }, invalid('duration')],
    [{ duration: 5.5 }, invalid('duration')],
    [{ duration: '5' }, invalid('duration')],
    [{ seed: -2 }, invalid('seed')],
    [{ seed: 2 ** 32 }, invalid('seed')],
    [{ generate_audio: 'yes' }, invalid('generate_audio')],
    [{ watermark: 1 }, invalid('watermark')],
    [{ execution_expires_after: 3599 }, invalid('execution_expires_after')],
    [{ execution_expires_after: 259_201 }, invalid('execution_expires_after')],
    [{ safety_identifier: 'x'.repeat(65) }, invalid('safety_identifier')],
    [{ priority: 10 }, invalid('priority')],
    [{ tools: [{ type: 'shell' }] }, invalid('tools')],
  ])('%o', (more, words) => {
    expect(refusal(body(more)).message).toContain(words);
  });

  it('names the mode in the message', () => {
    expect(refusal(body({ camera_fixed: true }, [media('image', 'reference_image')])).message).toContain(
      emptied('camera_fixed', 'r2v'),
    );
  });

  it('keeps 1080p and 4k from the fast and mini models', () => {
    for (const model of ['doubao-seedance-2-0-fast-260128', 'doubao-seedance-2-0-mini-260615']) {
      for (const resolution of ['1080p', '4k'])
        expect(refusal({ ...body({ resolution }), model }).message).toContain('resolution');
    }
  });

  it('refuses web search beside references, and an unknown model', () => {
    const tools = [{ type: 'web_search' }];
    expect(refusal(body({ tools }, [media('image', 'reference_image')])).message).toContain('tools');
    expect(refusal({ ...body(), model: 'sora' })).toMatchObject({
      status: 404,
      code: 'InvalidEndpointOrModel.NotFound',
    });
    expect(refusal({ content: [] })).toMatchObject({ code: 'MissingParameter', param: 'model' });
    expect(refusal([])).toMatchObject({ code: 'InvalidParameter' });
  });
});

describe('parameters accepted', () => {
  it.each<Record<string, unknown>>([
    { camera_fixed: false },
    { duration: -1 },
    { resolution: '4K' },
    { seed: 2 ** 32 - 1 },
    { framespersecond: 'nonsense' },
    { tools: [{ type: 'web_search' }] },
    { priority: 9, safety_identifier: 'x'.repeat(64), execution_expires_after: 3600 },
    { seed: null, ratio: null },
  ])('%o', (more) => {
    expect(() => validateCreate(body(more))).not.toThrow();
  });

  it('knows the rules of the older models', () => {
    const pro10 = 'doubao-seedance-1-0-pro-250528';
    const pro15 = 'doubao-seedance-1-5-pro-251215';
    expect(validateCreate({ ...body({ frames: 57, camera_fixed: true }), model: pro10 })).toMatchObject({
      frames: 57,
      ratio: '16:9',
      resolution: '1080p',
      generateAudio: false,
    });
    expect(
      validateCreate({ ...body({ draft: true, resolution: '480p', service_tier: 'flex' }), model: pro15 })
        .serviceTier,
    ).toBe('flex');
    expect(refusal({ ...body({ frames: 58 }), model: pro10 }).message).toContain('frames');
    expect(refusal({ ...body({ generate_audio: true }), model: pro10 }).message).toContain('must be empty');
    expect(refusal({ ...body({ ratio: 'adaptive' }), model: pro10 }).message).toContain('ratio');
    expect(refusal({ ...body({ duration: 13 }), model: pro15 }).message).toContain('duration');
    expect(refusal({ ...body({}, [media('image', 'reference_image')]), model: pro15 }).message).toContain(
      'r2v is not supported',
    );
  });

  it('takes the other vendor’s ids and endpoint ids', () => {
    for (const model of ['dreamina-seedance-2-0-260128', 'ep-20260101-abcde']) {
      expect(validateCreate({ ...body(), model })).toMatchObject({ modelId: model, model: { id: MODEL } });
    }
  });
});
