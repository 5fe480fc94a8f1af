// A settings file that cannot be read is kept beside its place, so that the app starts and nothing is lost.
import { existsSync, readFileSync, renameSync } from 'node:fs';

/**
 * Renames the file if it does not hold a JSON object. Returns where it is now, or null when it is fine or not
 * there. Synchronous: it runs once, before the first window.
 */
export function setAsideIfBroken(path: string, now: Date = new Date()): string | null {
  if (!existsSync(path) || holdsObject(path)) return null;
  const stamp = now.toISOString().replace(/[:.]/g, '-');
  const aside = path.replace(/(\.json)?$/, `.broken-${stamp}.json`);
  renameSync(path, aside);
  return aside;
}

function holdsObject(path: string): boolean {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
