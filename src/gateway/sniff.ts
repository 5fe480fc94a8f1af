// What a file is, told by its first bytes and never by its name or declared type.
import type { ReferenceKind } from '../shared/domain/models';

export interface SniffedFormat {
  readonly kind: ReferenceKind;
  /** Lower-case format name as the model data lists it: `jpeg`, `mp4`, `wav`. */
  readonly format: string;
}

const HEIF_BRANDS: Record<string, string> = {
  heic: 'heic',
  heix: 'heic',
  hevc: 'heic',
  hevx: 'heic',
  heim: 'heic',
  heis: 'heic',
  mif1: 'heif',
  msf1: 'heif',
  avif: 'avif',
  avis: 'avif',
};

/** The format of a file from its first 64 bytes, or null when it is none that is known. */
export function sniff(head: Uint8Array): SniffedFormat | null {
  const bytes = Buffer.from(head.subarray(0, 64));
  const text = (start: number, end: number): string => bytes.toString('latin1', start, end);
  const is = (kind: ReferenceKind, format: string): SniffedFormat => ({ kind, format });

  if (bytes.length < 12) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return is('image', 'jpeg');
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return is('image', 'png');
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return is('image', 'gif');
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return is('image', 'webp');
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return is('audio', 'wav');
  if (text(0, 4) === 'RIFF' && text(8, 11) === 'AVI') return is('video', 'avi');
  if (text(0, 4) === 'II*\0' || text(0, 4) === 'MM\0*') return is('image', 'tiff');
  if (text(0, 2) === 'BM' && bytes.readUInt32LE(6) === 0) return is('image', 'bmp');
  if (text(4, 8) === 'ftyp') {
    const brand = text(8, 12);
    const image = Object.hasOwn(HEIF_BRANDS, brand) ? HEIF_BRANDS[brand] : undefined;
    if (image !== undefined) return is('image', image);
    if (brand === 'qt  ') return is('video', 'mov');
    return brand.startsWith('M4A') || brand.startsWith('M4B') ? is('audio', 'm4a') : is('video', 'mp4');
  }
  if (['moov', 'mdat', 'wide', 'free', 'skip'].includes(text(4, 8))) return is('video', 'mov');
  if (bytes.readUInt32BE(0) === 0x1a45dfa3) return is('video', 'webm');
  if (text(0, 4) === 'OggS') return is('audio', 'ogg');
  if (text(0, 4) === 'fLaC') return is('audio', 'flac');
  if (text(0, 3) === 'ID3') return is('audio', 'mp3');
  // MPEG audio frame sync; layer III only, so that ADTS AAC is not taken for MP3.
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2) return is('audio', 'mp3');
  return null;
}
