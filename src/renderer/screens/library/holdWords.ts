// What a tile says while its job waits, and the way out of the wait.
import { HardDrive, Hourglass, Key, PlugZap, Wrench, WifiOff } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { Generation } from '@shared/domain/generation';
import type { Format } from '../../i18n/useFormat';
import { PLAIN, type LiveWords } from './wordsShape';

export function holdWords(generation: Generation, t: TFunction, format: Format): LiveWords {
  const { hold, heldSince, connection, state } = generation;
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
        line: t('holds.diskLine'),
        actions: ['library'],
      };
    case 'ffmpeg_missing':
      return {
        ...needs,
        icon: Wrench,
        heading: t('holds.ffmpeg_missing'),
        line: t('holds.ffmpeg_missingLine'),
        actions: ['journal'],
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
