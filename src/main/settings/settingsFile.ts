// The settings file before it is used: kept aside when broken, backed up when old, left alone when newer.
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setAsideIfBroken } from './brokenFile';
import { SETTINGS_VERSION } from './settingsRecord';

const BACKUPS_KEPT = 2;

/** Thrown for a file that a newer Dailies wrote: saving over it would lose what this version does not know. */
export class SettingsTooNew extends Error {
  override readonly name = 'SettingsTooNew';
}

/**
 * Run once, before the file is opened. Returns where a broken file is now, or null. A file of an earlier version is
 * copied to `settings.v<version>.bak.json` first; the newest two copies stay.
 * @throws SettingsTooNew (nothing was written), and what the file system throws
 */
export function prepareSettingsFile(path: string, current: number = SETTINGS_VERSION): string | null {
  if (!existsSync(path)) return null;
  // A file that may not be read is not a broken one: it must not be put aside.
  const text = readFileSync(path, 'utf8');
  const keptAt = setAsideIfBroken(path);
  if (keptAt !== null) return keptAt;
  const version = versionIn(text);
  if (version > current)
    throw new SettingsTooNew(`settings version ${version}, this program knows ${current}`);
  if (version < current) backUp(path, version);
  return null;
}

/** A record without a version is of the first one. */
function versionIn(text: string): number {
  const { settings } = JSON.parse(text) as { settings?: { version?: unknown } | null };
  const version = settings?.version;
  return typeof version === 'number' && Number.isInteger(version) && version >= 1 ? version : 1;
}

function backUp(path: string, version: number): void {
  const stem = path.replace(/\.json$/, '');
  copyFileSync(path, `${stem}.v${version}.bak.json`);
  const name = new RegExp(`^${basename(stem)}\\.v(\\d+)\\.bak\\.json$`);
  const versions = readdirSync(dirname(path)).flatMap((entry) => {
    const found = name.exec(entry)?.[1];
    return found === undefined ? [] : [Number(found)];
  });
  for (const old of versions.sort((a, b) => b - a).slice(BACKUPS_KEPT))
    rmSync(join(dirname(path), `${basename(stem)}.v${old}.bak.json`), { force: true });
}
