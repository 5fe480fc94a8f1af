// What a live tile says: heading, figure, line, how it feels, and what can be done about it.
import {
  CirclePause,
  Clock,
  CloudUpload,
  Download,
  Hourglass,
  Layers,
  Send,
  ShieldCheck,
} from 'lucide-react';
import type { TFunction } from 'i18next';
import { isEnded, type Generation, type GenerationProgress } from '@shared/domain/generation';
import type { Format } from '../../i18n/useFormat';
import { endWords } from './endWords';
import { holdWords } from './holdWords';
import { lifeClock } from './lifeClocks';
import { PLAIN, type LiveSurroundings, type LiveWords } from './wordsShape';

export function liveWords(
  generation: Generation,
  surroundings: LiveSurroundings,
  t: TFunction,
  format: Format,
): LiveWords {
  const words =
    generation.hold !== null
      ? holdWords(generation, t, format)
      : isEnded(generation.state) || generation.state === 'unconfirmed'
        ? endWords(generation, surroundings.practice, t, format)
        : workWords(generation, surroundings, t, format);
  return { ...words, clock: lifeClock(generation, surroundings.now, t) };
}

function workWords(
  generation: Generation,
  { progress, practice }: LiveSurroundings,
  t: TFunction,
  format: Format,
): LiveWords {
  const { state, createdAt, submittedAt, runningAt } = generation;
  switch (state) {
    case 'held':
      return {
        ...PLAIN,
        icon: CirclePause,
        heading: t('states.held'),
        figure: null,
        line: heldLine(generation, practice, t, format),
        actions: ['outbox', 'reuse'],
      };
    case 'preparing': {
      if (progress?.step === 'uploading') return uploadWords(progress, t, format);
      const files =
        progress?.step === 'preparing' && progress.total !== null && progress.total > 0
          ? { text: t('states.fileOf', { done: progress.done, total: progress.total }) }
          : { since: createdAt };
      return {
        ...PLAIN,
        icon: Layers,
        heading: t('states.preparing'),
        figure: files,
        line: t('states.preparingLine'),
      };
    }
    case 'submitting':
      return {
        ...PLAIN,
        icon: Send,
        heading: t('states.submitting'),
        figure: { since: submittedAt ?? createdAt },
        line: t('states.submittingLine'),
      };
    case 'queued':
      return {
        ...PLAIN,
        icon: Clock,
        heading: t('states.queued'),
        figure: { since: submittedAt ?? createdAt },
        line: t('states.queuedLine'),
      };
    case 'downloading':
      return downloadWords(generation, progress, t, format);
    case 'finishing':
      return {
        ...PLAIN,
        icon: ShieldCheck,
        heading: t('states.finishing'),
        figure: null,
        line: t('states.finishingLine'),
        progress: 1,
      };
    default: {
      const { unknownStatus } = generation;
      return {
        ...PLAIN,
        icon: Hourglass,
        heading:
          unknownStatus === null ? t('states.running') : t('states.unknownWord', { word: unknownStatus }),
        figure: { since: runningAt ?? submittedAt ?? createdAt },
        line: t('states.runningLine'),
      };
    }
  }
}

function downloadWords(
  { downloadAttempts }: Generation,
  progress: GenerationProgress | undefined,
  t: TFunction,
  format: Format,
): LiveWords {
  const known = progress?.step === 'downloading' ? progress : undefined;
  const part = partOf(known);
  const retrying = downloadAttempts > 1;
  const line =
    known !== undefined && known.total !== null
      ? t('states.ofTotal', { done: format.bytes(known.done), total: format.bytes(known.total) })
      : t('states.downloadingLine');
  return {
    ...PLAIN,
    icon: Download,
    heading: retrying ? t('states.secondTry', { count: downloadAttempts }) : t('states.downloading'),
    figure:
      part !== null
        ? { text: format.percent(part) }
        : known === undefined
          ? null
          : { text: format.bytes(known.done) },
    line,
    progress: part,
  };
}

function uploadWords(progress: GenerationProgress, t: TFunction, format: Format): LiveWords {
  const { done, total } = progress;
  const part = partOf(progress);
  return {
    ...PLAIN,
    icon: CloudUpload,
    heading: t('states.uploading'),
    figure: { text: part === null ? format.bytes(done) : format.percent(part) },
    line:
      total === null
        ? t('states.uploadingLine')
        : t('states.ofTotal', { done: format.bytes(done), total: format.bytes(total) }),
    progress: part,
  };
}

/** 0 to 1; null where the whole is not known. */
function partOf(progress: GenerationProgress | undefined): number | null {
  const { done = 0, total = null } = progress ?? {};
  return total === null || total === 0 ? null : done / total;
}

function heldLine({ estimate }: Generation, practice: boolean, t: TFunction, format: Format): string {
  const price = estimate?.price ?? null;
  if (practice) return t('states.heldLine');
  if (price === null) return t('states.heldUnknown');
  return t('states.heldPrice', { price: format.moneyRange(price, price.currency) });
}
