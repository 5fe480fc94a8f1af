// Whether the database is whole.
import type { Database } from '../database/open';
import type { Check } from './check';

export interface DatabaseCheckOptions {
  readonly database: Pick<Database, 'get'>;
  /** Reads through all of it, aside from what main does. */
  readonly isDatabaseWhole: (signal: AbortSignal) => Promise<boolean>;
}

export function databaseCheck({ database, isDatabaseWhole }: DatabaseCheckOptions): Check {
  return async (signal) => {
    const number = (pragma: string): number =>
      Number(Object.values(database.get<Record<string, number>>(`PRAGMA ${pragma}`) ?? {})[0] ?? 0);
    const facts = [
      { name: 'version', value: number('user_version') },
      { name: 'bytes', value: number('page_count') * number('page_size') },
    ] as const;
    return (await isDatabaseWhole(signal))
      ? { state: 'ok', finding: 'database_ok', facts }
      : { state: 'failed', finding: 'database_damaged', facts };
  };
}
