// What a tile says while its job waits, and the way out of the wait.
import { CloudAlert, HardDrive, Hourglass, Key, PlugZap, Wrench, WifiOff } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { Generation } from '@shared/domain/generation';
import { errorText } from '../../i18n/errorText';
import type { Format } from '../../i18n/useFormat';
import { PLAIN, type LiveWords } from './wordsShape';

export function holdWords(generation: Generation, t: TFunction, format: Format): LiveWords {
  const { hold, heldSince, connection, state, error, recipe } = generation;
  const needs = { ...PLAIN, figure: null, leader: false, tone: 'warning' } as const;
  const unsent = state === 'preparing';
  switch (hold) {
    case 'key_refused':
      return {
        ...needs,
        icon: Key,
        heading: t('holds.key_refused'),
        line: unsent ? t('holds.key_refusedUnsent') : t('holds.key_refusedLine'),
        actions: ['enterKey'],
      };
    case 'key_missing':
      return {
        ...needs,
        icon: Key,
        heading: t('holds.key_missing'),
        line: t('holds.key_missingLine', { name: connection.label }),
        actions: ['enterKey'],
      };
    case 'disk':
      return {
        ...needs,
        icon: HardDrive,
        heading: t('holds.disk'),
        line: diskLine(generation, t, format),
        actions: ['library'],
      };
    case 'host': {
      const words = error === null ? null : errorText(error, t, format, recipe);
      return {
        ...needs,
        icon: CloudAlert,
        heading: t('holds.host'),
        line: words?.sentence ?? t('holds.hostLine'),
        next: words?.next ?? null,
        actions: ['hosting'],
      };
    }
    case 'ffmpeg_missing':
      return {
        ...needs,
        icon: Wrench,
        heading: t('holds.ffmpeg_missing'),
        line: t('holds.ffmpeg_missingLine'),
        actions: ['diagnostics', 'journal'],
      };
    case 'practice_stopped':
      return {
        ...needs,
        icon: PlugZap,
        heading: t('holds.practice_stopped'),
        line: t('holds.practice_stoppedLine'),
        actions: ['startPractice'],
      };
    case 'busy':
      return {
        ...PLAIN,
        icon: Hourglass,
        heading: t('holds.busy'),
        figure: heldSince === null ? null : { since: heldSince },
        line: unsent ? t('holds.busyUnsent') : t('holds.busyLine'),
      };
    default:
      return {
        ...PLAIN,
        icon: WifiOff,
        heading:
          heldSince === null ? t('holds.offline') : t('holds.offlineSince', { time: format.time(heldSince) }),
        figure: null,
        line: unsent ? t('holds.offlineNotSent') : t('holds.offlineLine'),
      };
  }
}

/** What exactly the disk said, and that nobody has to start it again. */
function diskLine({ error, recipe }: Generation, t: TFunction, format: Format): string {
  if (error === null) return t('holds.goesOn');
  const { sentence, next } = errorText(error, t, format, recipe);
  return [sentence, next, t('holds.goesOn')].join(t('common.sentenceGap') === 'no' ? '' : ' ');
}
