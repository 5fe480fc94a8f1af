// A reference that is an address: checked and named, never fetched.
import { createHash } from 'node:crypto';
import { AppError } from '@shared/contract/errors';
import type { ReferenceKind } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';

const KINDS: Readonly<Record<string, ReferenceKind>> = {
  jpg: 'image',
  jpeg: 'image',
  png: 'image',
  webp: 'image',
  gif: 'image',
  bmp: 'image',
  tif: 'image',
  tiff: 'image',
  heic: 'image',
  heif: 'image',
  avif: 'image',
  mp4: 'video',
  mov: 'video',
  webm: 'video',
  mkv: 'video',
  avi: 'video',
  mp3: 'audio',
  wav: 'audio',
  m4a: 'audio',
  flac: 'audio',
  ogg: 'audio',
};

/**
 * The reference for an address: `http(s)` of a public file, or `asset://<id>` of the provider's own store.
 * @throws AppError `url_invalid`; `kind_unknown` where neither the caller nor the extension tells the kind
 */
export function addressReference(text: string, kind?: ReferenceKind): Reference {
  const url = checkedAddress(text.trim());
  const known = kind ?? kindOfAddress(url);
  if (known === null) throw new AppError('kind_unknown');
  const id = `url-${createHash('sha256').update(url).digest('hex')}`;
  return { id, kind: known, source: 'url', name: url, url, format: '', bytes: 0, hasThumb: false };
}

function checkedAddress(text: string): string {
  if (/^asset:\/\/[\w.-]{1,200}$/.test(text)) return text;
  const url = URL.canParse(text) ? new URL(text) : null;
  const web = url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '';
  // A password in an address would end up in records and at the provider.
  if (!web || url.username !== '' || url.password !== '') throw new AppError('url_invalid');
  return url.href;
}

function kindOfAddress(url: string): ReferenceKind | null {
  if (url.startsWith('asset:')) return null;
  const extension = /\.([a-z0-9]+)$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(KINDS, extension) ? (KINDS[extension] ?? null) : null;
}
