// Catches: a reference outside the documented limits getting through, or the wrong item being named.
import { describe, expect, it } from 'vitest';
import { findModel, type ReferenceKind, type Role } from '../shared/domain/models';
import { checkMedia } from './mediaRules';
import type { MediaFacts } from './probe';

const model = findModel('doubao-seedance-2-0-260128');
if (model === undefined) throw new Error('no model');
const MB = 1024 * 1024;

const GOOD: Record<ReferenceKind, MediaFacts> = {
  image: {
    kind: 'image',
    format: 'png',
    bytes: MB,
    width: 800,
    height: 600,
    seconds: null,
    videoCodec: null,
    audioCodec: null,
    fps: null,
    frames: null,
  },
  video: {
    kind: 'video',
    format: 'mp4',
    bytes: MB,
    width: 1280,
    height: 720,
    seconds: 5,
    videoCodec: 'avc',
    audioCodec: null,
    fps: 24,
    frames: 120,
  },
  audio: {
    kind: 'audio',
    format: 'mp3',
    bytes: MB,
    width: null,
    height: null,
    seconds: 5,
    videoCodec: null,
    audioCodec: 'mp3',
    fps: null,
    frames: null,
  },
};
const item = (kind: ReferenceKind, change: Partial<MediaFacts> | null = {}, index = 1) => ({
  item: { index, kind, role: `reference_${kind}` as Role, url: '' },
  facts: change === null ? null : { ...GOOD[kind], ...change },
});
const message = (...items: ReturnType<typeof item>[]): string => {
  try {
    checkMedia(model, 'r2v', items);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('checkMedia', () => {
  it('lets good references pass, at the edges too', () => {
    expect(message(item('image'), item('video'), item('audio'))).toBe('');
    expect(message(item('image', { width: 301, height: 301 }), item('video', { seconds: 15.2 }))).toBe('');
    expect(message(item('video', { bytes: 50 * MB, fps: 60.02, videoCodec: 'hevc', format: 'mov' }))).toBe(
      '',
    );
  });

  it.each<[ReferenceKind, Partial<MediaFacts> | null, string]>([
    ['image', { width: 300 }, 'between 300 and 6000'],
    ['image', { width: 6000, height: 5000 }, 'between 300 and 6000'],
    ['image', { width: 2000, height: 800 }, 'between 0.40 and 2.50'],
    ['image', { bytes: 30 * MB }, 'less than 30 MB'],
    ['image', { format: 'avif' }, 'got avif'],
    ['image', null, 'got unknown'],
    ['image', { kind: 'audio', format: 'mp3' }, 'got mp3'],
    ['video', { bytes: 50 * MB + 1 }, 'less than 50 MB'],
    ['video', { width: 640, height: 480 }, 'pixel count'],
    ['video', { width: 3840, height: 2160 }, 'pixel count'],
    ['video', { fps: 15 }, 'fps'],
    ['video', { fps: 120 }, 'fps'],
    ['video', { videoCodec: 'vp9' }, 'codec'],
    ['video', { seconds: 1.5 }, 'duration'],
    ['video', { format: 'webm' }, 'got webm'],
    ['audio', { format: 'm4a' }, 'got m4a'],
    ['audio', { seconds: 16 }, 'duration'],
    ['audio', { bytes: 15 * MB + 1 }, 'less than 15 MB'],
  ])('refuses %s %o', (kind, change, words) => {
    const found = message(item(kind, change, 3));
    expect(found).toContain(words);
    expect(found).toContain('content[3]');
  });

  it('adds up the seconds of all videos', () => {
    const words = 'must be less than or equal to 15.2 for model doubao-seedance-2-0 in r2v';
    expect(message(item('video', { seconds: 8 }), item('video', { seconds: 7.3 }, 2))).toContain(words);
    expect(message(item('video', { seconds: 8 }), item('video', { seconds: 7.2 }, 2))).toBe('');
  });
});
