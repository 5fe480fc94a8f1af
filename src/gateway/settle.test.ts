// Catches: a token count or a pixel size that differs from the published tables.
import { describe, expect, it } from 'vitest';
import { billedTokens, settleOutput } from './settle';
import type { MediaFacts } from './probe';
import { validateCreate } from './validate';

const request = (more: Record<string, unknown>, media: Record<string, unknown>[] = []) =>
  validateCreate({
    model: 'doubao-seedance-2-0-260128',
    content: [{ type: 'text', text: 'x' }, ...media],
    ...more,
  });
const image = (role: string) => ({ type: 'image_url', image_url: { url: 'https://a.b/c.png' }, role });
const video = { type: 'video_url', video_url: { url: 'https://a.b/c.mp4' }, role: 'reference_video' };
const facts = (width: number, height: number, seconds: number | null = null): MediaFacts => ({
  kind: seconds === null ? 'image' : 'video',
  format: 'png',
  bytes: 1,
  width,
  height,
  seconds,
  videoCodec: null,
  audioCodec: null,
  fps: null,
  frames: null,
});

describe('settleOutput', () => {
  // Two rows (…66, …26) are one below the published table, which rounds where the formula rounds down.
  it.each([
    ['480p', '16:9', 5, 864, 496, 50638],
    ['480p', '21:9', 10, 992, 432, 100858],
    ['480p', '4:3', 15, 752, 560, 148461],
    ['720p', '16:9', 5, 1280, 720, 108900],
    ['720p', '16:9', 4, 1280, 720, 87300],
    ['720p', '3:4', 10, 834, 1112, 218266],
    ['720p', '21:9', 15, 1470, 630, 326486],
    ['1080p', '16:9', 4, 1920, 1080, 196425],
    ['1080p', '1:1', 15, 1440, 1440, 731025],
    ['4k', '21:9', 5, 4398, 1886, 980126],
  ])('%s %s %i s', (resolution, ratio, duration, width, height, tokens) => {
    const settled = settleOutput(request({ resolution, ratio, duration }), [], () => 7);
    expect(settled).toMatchObject({
      size: { width, height },
      tokens,
      duration,
      totalFrames: 24 * duration + 1,
      seed: 7,
    });
  });

  it('counts the seconds of reference videos', () => {
    expect(billedTokens({ width: 854, height: 480 }, 24 * 4 + 1, 4)).toBe(77260);
    expect(billedTokens({ width: 854, height: 480 }, 24 * 8 + 1, 8)).toBe(154120);
    const asked = request({ resolution: '480p', ratio: '16:9', duration: 4 }, [video]);
    const [item] = asked.media;
    if (item === undefined) throw new Error('no item');
    const settled = settleOutput(asked, [{ item, facts: facts(1280, 720, 4) }], () => 1);
    expect(settled.tokens).toBe(Math.floor((864 * 496 * (24 * 8 + 1)) / 1024));
  });

  it('resolves adaptive by the first frame, else the first video, else the first image, else 16:9', () => {
    const measured = (asked: ReturnType<typeof request>, found: MediaFacts[]) =>
      asked.media.map((item, index) => ({ item, facts: found[index] ?? null }));
    const frames = request({}, [image('last_frame'), image('first_frame')]);
    expect(settleOutput(frames, measured(frames, [facts(900, 900), facts(600, 1000)]), () => 1).ratio).toBe(
      '9:16',
    );
    const mixed = request({}, [image('reference_image'), video]);
    expect(settleOutput(mixed, measured(mixed, [facts(900, 900), facts(2300, 1000, 5)]), () => 1).ratio).toBe(
      '21:9',
    );
    const images = request({}, [image('reference_image')]);
    expect(settleOutput(images, measured(images, [facts(900, 1000)]), () => 1).ratio).toBe('1:1');
    expect(settleOutput(request({}), [], () => 1).ratio).toBe('16:9');
  });

  it('settles -1 to a real length and keeps an asked seed', () => {
    expect(settleOutput(request({ duration: -1, seed: 42 }), [], () => 1)).toMatchObject({
      duration: 5,
      seed: 42,
    });
  });
});
