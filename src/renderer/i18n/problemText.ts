// A problem of a draft in words, with its numbers in the units of the thing.
import type { TFunction } from 'i18next';
import type { Problem } from '@shared/domain/draft';
import { formatName, kindWord, modeWord } from './words';
import type { Format } from './useFormat';

/** More formats than this would fill the card. */
const MOST_FORMATS = 3;

export function problemText(problem: Problem, t: TFunction, format: Format): string {
  const values = valuesOf(problem, t, format);
  switch (problem.code) {
    case 'ratio_out_of_range':
    case 'side_out_of_range':
    case 'pixels_out_of_range':
    case 'length_out_of_range':
    case 'fps_out_of_range':
      // Only the end that is passed: the other one is no help.
      return isUnder(problem)
        ? t(`problems.${problem.code}.under`, values)
        : t(`problems.${problem.code}.over`, values);
    default:
      return t(`problems.${problem.code}`, values);
  }
}

function valuesOf({ code, values }: Problem, t: TFunction, format: Format): Record<string, string> {
  const words: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) words[name] = wordOf(code, name, value, t, format);
  if (code === 'pixels_out_of_range') words.has = pixelsText(pixelsOf(values), Math.round, t, format);
  return words;
}

function wordOf(
  code: Problem['code'],
  name: string,
  value: string | number,
  t: TFunction,
  format: Format,
): string {
  if (typeof value === 'string') {
    if (name === 'kind') return kindWord(value, t);
    if (name === 'mode') return modeWord(value, t);
    if (code !== 'format_unsupported' && code !== 'codec_unsupported') return value;
    return formatsText(value, t);
  }
  if (code === 'file_too_large' || code === 'body_too_large') return format.bytes(value);
  if (code === 'pixels_out_of_range' && (name === 'least' || name === 'most'))
    return pixelsText(value, name === 'least' ? Math.ceil : Math.floor, t, format);
  if (name === 'width' || name === 'height') return String(value);
  // Far from a limit the second digit says nothing.
  if (code === 'ratio_out_of_range' && value >= 3) return format.number(value, 1);
  return format.number(value, 2);
}

function isUnder({ code, values }: Problem): boolean {
  const least = Number(values.least);
  if (code === 'side_out_of_range') return Math.min(Number(values.width), Number(values.height)) <= least;
  if (code === 'pixels_out_of_range') return pixelsOf(values) < least;
  return Number(values.has) <= least;
}

function pixelsOf({ width, height }: Problem['values']): number {
  return Number(width) * Number(height);
}

/** Millions in English, ten thousands in Chinese. */
function pixelsText(pixels: number, round: (value: number) => number, t: TFunction, format: Format): string {
  const value = format.language === 'zh-CN' ? round(pixels / 1e4) : round(pixels / 1e4) / 100;
  return t('units.megapixels', { value: format.number(value, 2) });
}

/** `mp4, mov` as people write it. */
function formatsText(list: string, t: TFunction): string {
  const names = list.split(', ').map(formatName);
  const shown = names.slice(0, MOST_FORMATS).join(t('common.comma'));
  return names.length > MOST_FORMATS ? t('problems.andMore', { list: shown }) : shown;
}
