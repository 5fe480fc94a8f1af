// What stands in the settings file: its version, how older versions become this one, and its reading.
import { z } from 'zod';
import { SORT_KEYS } from '@shared/domain/search';
import {
  DEFAULT_SETTINGS,
  LANGUAGES,
  ROW_HEIGHT_RANGE,
  THEMES,
  type Settings,
} from '@shared/domain/settings';

export const SETTINGS_VERSION = 1;

/** Step `n` turns a record of version `n` into version `n + 1`. */
export type Migrations = Readonly<
  Record<number, (record: Record<string, unknown>) => Record<string, unknown>>
>;
export const MIGRATIONS: Migrations = {};

const amount = z.number().min(0).max(1_000_000).nullable();
/** Each currency stands alone too. */
const budget = z
  .object({
    CNY: amount.catch(DEFAULT_SETTINGS.budget.CNY),
    USD: amount.catch(DEFAULT_SETTINGS.budget.USD),
  })
  .catch(DEFAULT_SETTINGS.budget);

/** Each field stands alone: one that does not fit gets its default and the others stay. */
const settings: z.ZodType<Settings> = z.object({
  language: z.enum([...LANGUAGES, 'system']).catch(DEFAULT_SETTINGS.language),
  theme: z.enum([...THEMES, 'system']).catch(DEFAULT_SETTINGS.theme),
  activeConnectionId: z.string().min(1).max(100).nullable().catch(DEFAULT_SETTINGS.activeConnectionId),
  inspectorOpen: z.boolean().catch(DEFAULT_SETTINGS.inspectorOpen),
  composerOpen: z.boolean().catch(DEFAULT_SETTINGS.composerOpen),
  collectionsOpen: z.boolean().catch(DEFAULT_SETTINGS.collectionsOpen),
  tagsOpen: z.boolean().catch(DEFAULT_SETTINGS.tagsOpen),
  advanceAfterMark: z.boolean().catch(DEFAULT_SETTINGS.advanceAfterMark),
  outboxSendsByItself: z.boolean().catch(DEFAULT_SETTINGS.outboxSendsByItself),
  notifications: z.boolean().catch(DEFAULT_SETTINGS.notifications),
  budget,
  atBudget: z.enum(['warn', 'stop']).catch(DEFAULT_SETTINGS.atBudget),
  sort: z.object({ key: z.enum(SORT_KEYS), descending: z.boolean() }).catch(DEFAULT_SETTINGS.sort),
  nameTemplate: z.string().min(1).max(300).catch(DEFAULT_SETTINGS.nameTemplate),
  rowHeight: z
    .int()
    .min(ROW_HEIGHT_RANGE[0])
    .max(ROW_HEIGHT_RANGE[1])
    .nullable()
    .catch(DEFAULT_SETTINGS.rowHeight),
  ffmpegPath: z.string().min(1).max(4096).nullable().catch(DEFAULT_SETTINGS.ffmpegPath),
});

/** Reads what was stored, whatever it is: brings it up to date and replaces what does not fit by defaults. */
export function readSettings(
  stored: unknown,
  migrations: Migrations = MIGRATIONS,
  version: number = SETTINGS_VERSION,
): Settings {
  let record = isRecord(stored) ? stored : {};
  try {
    for (let from = versionOf(record, version); from < version; from += 1) {
      record = migrations[from]?.(record) ?? record;
    }
  } catch {
    // A migration that cannot read its record: the fields that fit are still taken.
  }
  return settings.parse(record);
}

/** The settings as they are stored. */
export function writeSettings(value: Settings): Record<string, unknown> {
  return { version: SETTINGS_VERSION, ...value };
}

/** A record without a version is of the first one; one of a newer app is read as far as it is understood. */
function versionOf(record: Record<string, unknown>, current: number): number {
  const { version } = record;
  if (version === undefined) return 1;
  return typeof version === 'number' && Number.isInteger(version) && version >= 1 ? version : current;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
