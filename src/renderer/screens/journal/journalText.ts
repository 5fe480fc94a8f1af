// A journal as plain text for support, in English whatever the window speaks.
import type { AppInfo } from '@shared/contract/requests';
import type { JournalEntry } from '@shared/domain/generation';
import { formatClock } from '../../i18n/format';

export interface JournalSubject {
  readonly generationId: string;
  readonly title: string;
  readonly model: string | null;
  readonly connection: string | null;
  readonly taskId: string | null;
  readonly requestId: string | null;
  readonly state: string;
}

export function journalText(
  subject: JournalSubject,
  entries: readonly JournalEntry[],
  info: Pick<AppInfo, 'version' | 'platform' | 'electron'> | null,
): string {
  const head: [string, string | null][] = [
    ['App', info === null ? null : `Dailies ${info.version}, Electron ${info.electron}, ${info.platform}`],
    ['Generation', subject.generationId],
    ['State', subject.state],
    ['Model', subject.model],
    ['Connection', subject.connection],
    ['Task id', subject.taskId],
    ['Request id', subject.requestId],
  ];
  const lines = entries.map((entry, index) => {
    const gap = gapText(gapOf(entries, index));
    return `${entry.at}  ${gap.padStart(9)}  ${entry.step}${entry.detail === '' ? '' : `: ${entry.detail}`}`;
  });
  return [
    ...head.flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}: ${value}`])),
    '',
    ...lines,
  ].join('\n');
}

/** Milliseconds since the step before; null for the first. */
export function gapOf(entries: readonly JournalEntry[], index: number): number | null {
  const [before, here] = [entries[index - 1], entries[index]];
  return before === undefined || here === undefined ? null : Date.parse(here.at) - Date.parse(before.at);
}

/** `+0.4 s`, `+2:31`, `+1:02:05`. A clock that was set back gives no negative time. */
export function gapText(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  const seconds = Math.max(0, milliseconds) / 1000;
  return seconds < 59.95 ? `+${seconds.toFixed(1)} s` : `+${formatClock(seconds)}`;
}
