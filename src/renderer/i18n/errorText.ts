// An error as one sentence and one next step, with the names of the thing it is about.
import type { TFunction } from 'i18next';
import type { ErrorRecord } from '@shared/contract/errors';
import { referenceAtContentIndex, type ContentItem } from '@shared/domain/compile';
import type { Draft } from '@shared/domain/draft';
import type { Format } from './useFormat';
import { referenceNames } from './words';

export interface ErrorWords {
  readonly sentence: string;
  readonly next: string;
}

/** `draft`: what was sent, so that the sentence can name `Image 1`. */
export function errorText(error: ErrorRecord, t: TFunction, format: Format, draft?: Draft): ErrorWords {
  const values: Record<string, string> = { file: fileOf(error, t, draft) };
  for (const [name, value] of Object.entries(error.detail.values ?? {}))
    values[name] = typeof value === 'number' ? numberText(name, value, format) : value;
  if (error.detail.retryAfterSeconds !== undefined)
    values.seconds = format.number(error.detail.retryAfterSeconds);
  return {
    sentence: t(`errors.${error.code}.sentence`, values),
    next: t(`errors.${error.code}.next`, values),
  };
}

function numberText(name: string, value: number, format: Format): string {
  return /bytes/i.test(name) ? format.bytes(value) : format.number(value, 2);
}

function fileOf(error: ErrorRecord, t: TFunction, draft: Draft | undefined): string {
  const item =
    draft === undefined
      ? undefined
      : (draft.references.find(({ reference }) => reference.id === error.detail.referenceId) ??
        (error.detail.contentIndex === undefined
          ? undefined
          : referenceAtContentIndex(draft, error.detail.contentIndex)));
  const name =
    item === undefined || draft === undefined ? undefined : referenceNames(draft.references, t).get(item.key);
  return name ?? someFile(error.code, t);
}

function someFile(code: ErrorRecord['code'], t: TFunction): string {
  const types: Partial<Record<ErrorRecord['code'], ContentItem['type']>> = {
    image_refused: 'image_url',
    real_person: 'image_url',
    video_refused: 'video_url',
    video_needs_host: 'video_url',
    audio_refused: 'audio_url',
  };
  switch (types[code]) {
    case 'image_url':
      return t('kinds.someImage');
    case 'video_url':
      return t('kinds.someVideo');
    case 'audio_url':
      return t('kinds.someAudio');
    default:
      return t('kinds.someFile');
  }
}
