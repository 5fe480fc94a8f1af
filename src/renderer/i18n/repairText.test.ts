import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '@shared/domain/draft';
import { startI18n } from './i18n';
import { problemText } from './problemText';
import { repairSteps, shortSteps } from './repairText';
import * as format from './format';
import type { Format } from './useFormat';

const words = {
  language: 'en',
  number: (value: number, digits = 0) => format.formatNumber('en', value, digits),
  bytes: (value: number) => format.formatBytes('en', value),
} as Format;
const t = i18next.t;
beforeAll(() => startI18n('en'));

describe('repairSteps', () => {
  const before = { width: 3200, height: 340, format: 'jpeg' };

  // Bug: the button says `Repair` and a person finds out afterwards what was cut away.
  it('says what a button does', () => {
    const crop = { x: 0.37, y: 0, width: 0.263, height: 1 };
    expect(shortSteps(repairSteps({ crop }, before, t, words), t)).toBe('Crop to 2.5 : 1');
    expect(shortSteps(repairSteps({ span: { from: 2.5, to: 17.5 } }, null, t, words), t)).toBe(
      'Trim to 15 s',
    );
    const steps = repairSteps({ span: { from: 0, to: 15 }, fps: 60, format: 'mp4' }, before, t, words);
    expect(shortSteps(steps, t)).toBe('Trim to 15 s and 2 more');
  });

  // Bug: `Convert to JPEG` on a JPEG that is only scaled.
  it('names a format only where it changes or nothing else does', () => {
    const names = (repair: Parameters<typeof repairSteps>[0]): string[] =>
      repairSteps(repair, before, t, words).map(({ name }) => name);
    expect(names({ size: { width: 1280, height: 720 }, format: 'jpeg' })).toEqual(['scale']);
    expect(names({ format: 'jpeg', maxBytes: 1_000_000 })).toEqual(['format']);
  });
});

describe('problemText', () => {
  const place = { type: 'reference', key: 'r1' } as const;
  const text = (code: Problem['code'], values: Problem['values']): string =>
    problemText({ code, place, severity: 'error', values }, t, words);

  // Bug: a clip that is too short is told how long it may be at most.
  it('names the end that is passed', () => {
    expect(text('length_out_of_range', { has: 22.9, least: 1.8, most: 15.2 })).toBe('22.9 s, at most 15.2 s');
    expect(text('length_out_of_range', { has: 0.5, least: 1.8, most: 15.2 })).toBe('0.5 s, at least 1.8 s');
    expect(text('ratio_out_of_range', { has: 0.25, least: 0.4, most: 2.5 })).toBe(
      '0.25 : 1, at least 0.4 : 1',
    );
  });

  // Bug: the limit is rounded up, and a picture just above it reads as allowed.
  it('never rounds a limit in favour of the file', () => {
    const values = { width: 1920, height: 1088, least: 409_600, most: 2_086_876 };
    expect(text('pixels_out_of_range', values)).toBe('2.09 MP, at most 2.08 MP');
  });
});
