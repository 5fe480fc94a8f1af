// Finds a file below a folder, and only there: links are followed before the check.
import { realpath, stat } from 'node:fs/promises';
import { join, relative, isAbsolute, sep } from 'node:path';

export interface ContainedFile {
  /** With every link resolved. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** The plain file at `path` if its real place is inside `root`'s real place; null in every other case. */
export async function containedFile(path: string, root: string): Promise<ContainedFile | null> {
  try {
    const [realPath, realRoot] = await Promise.all([realpath(path), realpath(root)]);
    const way = relative(realRoot, realPath);
    if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
    const facts = await stat(realPath);
    return facts.isFile() ? { path: realPath, bytes: facts.size, modifiedMs: facts.mtimeMs } : null;
  } catch {
    return null;
  }
}

/**
 * The file that a URL path (still percent-encoded, `/` first) names below `root`. Decoded once, as any
 * server does; a part that decodes to a separator, a drive, a NUL or `..` names nothing.
 */
export async function fileForUrlPath(urlPath: string, root: string): Promise<ContainedFile | null> {
  const parts = decodeParts(urlPath);
  return parts === null ? null : containedFile(join(root, ...parts), root);
}

/** The decoded parts of a URL path, or null where one is unfit for a file name. */
export function decodeParts(urlPath: string): string[] | null {
  const parts: string[] = [];
  for (const encoded of urlPath.split('/').filter((part) => part !== '')) {
    let part: string;
    try {
      part = decodeURIComponent(encoded);
    } catch {
      return null;
    }
    // eslint-disable-next-line no-control-regex -- a NUL is what is looked for
    if (part === '.' || part === '..' || /[/\\:\u0000]/.test(part)) return null;
    parts.push(part);
  }
  return parts;
}
