// What this copy of the app is made of.
import { readFile } from 'node:fs/promises';
import type { AboutFacts } from '@shared/contract/requests';
import type { Database } from '../database/open';

/** `licencesPath`: the list that the build writes; without it there are none. @throws what SQLite throws */
export async function aboutFacts(licencesPath: string, database: Pick<Database, 'get'>): Promise<AboutFacts> {
  const { chrome = '', node } = process.versions as NodeJS.ProcessVersions & { readonly chrome?: string };
  const row = database.get<{ version: string }>('SELECT sqlite_version() AS version');
  return { chromium: chrome, node, sqlite: row?.version ?? '', licences: await readLicences(licencesPath) };
}

async function readLicences(path: string): Promise<AboutFacts['licences']> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as AboutFacts['licences'];
  } catch {
    // Built without the list, as in development.
    return [];
  }
}
