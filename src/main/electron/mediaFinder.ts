// Which file on disk an id of the window stands for. Knows no Electron.
import { extname } from 'node:path';
import type { FindMedia, MediaFile, MediaKind } from './appScheme';

/** By the extension that we gave the file after looking into it, never by a name from outside. */
const TYPES: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  // Chromium plays the H.264 inside, but not under the name of the container.
  '.mov': 'video/mp4',
  '.m4v': 'video/mp4',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.bmp': 'image/bmp',
  '.avif': 'image/avif',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.m4a': 'audio/mp4',
  '.ogg': 'audio/ogg',
  '.flac': 'audio/flac',
};

export interface MediaSources {
  readonly library: {
    readonly root: string;
    pathOf(id: string): string | null;
    /** The folder that the clip's file must be in. */
    folderOf(id: string): string;
    proxyOf(id: string): string | null;
    lastOf(id: string): string | null;
    posterOf(id: string): string | null;
    spriteOf(id: string): string | null;
  };
  readonly references: {
    fileOf(id: string): string | null;
    thumbOf(id: string): string | null;
    previewOf(id: string): string | null;
  };
  readonly derivedFolder: string;
}

/** Looks an id up; the file it finds must lie under the root it names, which the scheme checks. */
export function mediaFinder({ library, references, derivedFolder }: MediaSources): FindMedia {
  const find: Record<MediaKind, (id: string) => MediaFile | null> = {
    clip: (id) => file(library.pathOf(id), library.folderOf(id)),
    proxy: (id) => file(library.proxyOf(id), derivedFolder),
    last: (id) => file(library.lastOf(id), library.root),
    poster: (id) => file(library.posterOf(id), derivedFolder),
    sprite: (id) => file(library.spriteOf(id), derivedFolder),
    thumb: (id) => file(references.thumbOf(id), derivedFolder),
    preview: (id) => file(references.previewOf(id), derivedFolder),
    reference: (id) => file(references.fileOf(id), library.root),
  };
  return (kind, id) => find[kind](id);
}

function file(path: string | null, root: string): MediaFile | null {
  return path === null
    ? null
    : { path, root, type: TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream' };
}
