import { describe, expect, it } from 'vitest';
import { spaced } from './spacing';

describe('spaced', () => {
  // Bug: `图片 1被判定为真人` and `18分钟前`, where a value touches the sentence around it.
  it('sets Han apart from figures and Latin words, once', () => {
    expect(spaced('图片 1被判定为真人。')).toBe('图片 1 被判定为真人。');
    expect(spaced('18分钟前')).toBe('18 分钟前');
    expect(spaced('已存入 Dailies 片库，4.9 / 7.6 MB')).toBe('已存入 Dailies 片库，4.9 / 7.6 MB');
  });
});
