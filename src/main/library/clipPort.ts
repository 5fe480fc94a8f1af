// What filing needs of the library: where it is, and how clips are recorded and changed. The service implements it.
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import type { Clip } from '@shared/domain/clip';
import type { Sidecar } from './sidecar';

/** Where a clip's file is. */
export interface FilePlace {
  /** In the library, with slashes; `.imported/<id>.<ext>` stands for a file outside, so its sidecar lies there. */
  readonly relativePath: string;
  readonly fileName: string;
  /** The file's folder when that is outside the library; else null. */
  readonly outside: string | null;
}

export interface NewClip extends Pick<FilePlace, 'relativePath'> {
  readonly clip: Clip;
  /** The content id: pictures are kept under it. */
  readonly contentHash: string;
  readonly recipe: Sidecar['recipe'];
  readonly task: Sidecar['task'];
  /** The one that lay beside the file: ratings, tags and what else the person did are taken from it. */
  readonly sidecar: Sidecar | null;
  /** By the window itself. */
  readonly playable: boolean;
}

/** What a file that was saved over has become. */
export type NewContent = { readonly contentHash: string } & Pick<
  Clip,
  'bytes' | 'width' | 'height' | 'seconds' | 'fps' | 'hasSound'
>;

export interface ClipPort {
  /** Absolute path of the library's folder, as it is now. */
  readonly root: string;
  /** Records in one write, with what tells the file again, and announces. The sidecar is written in the background. */
  insert(clip: NewClip): void;
  /** Records and announces many at once. */
  markMissing(ids: readonly string[], missing: boolean): void;
  /** The file is here: records it and announces. `missing` ends. With `content`, pictures are to be made again. */
  relocate(id: string, place: FilePlace, content?: NewContent): void;
  /** Writes the sidecar to where it belongs: beside the file, or into the library for a file outside. */
  writeSidecar(id: string): Promise<void>;
  /** Makes a video that lies in the library's folder a clip, with what its sidecar or itself tells. */
  adoptFound(path: string): Promise<void>;
  /** Poster and sprite in the background; then, where `proxy`, a copy that the window can play. */
  makePictures(id: string, proxy: boolean): void;
}

/** In the library: sidecars of clips whose file lies elsewhere. */
export const OUTSIDE_FOLDER = '.imported';
/** Never made: stands for where nothing is. */
export const LOST_FOLDER = '.lost';

/** The place of a file for the clip of this id. */
export function placeOf(path: string, root: string, id: string): FilePlace {
  const fileName = basename(path);
  if (isInside(path, root))
    return { relativePath: relative(root, path).split(sep).join('/'), fileName, outside: null };
  return { relativePath: `${OUTSIDE_FOLDER}/${id}${extname(path)}`, fileName, outside: dirname(path) };
}

/** Whether a path lies in a folder, and is not the folder itself. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !/^([a-z]:|[\\/])/i.test(way);
}

/** Absolute path of a clip's file. */
export function pathOfClip({ outside, fileName }: Clip, relativePath: string, root: string): string {
  return outside === null ? join(root, ...relativePath.split('/')) : join(outside, fileName);
}
