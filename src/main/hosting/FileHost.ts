// What every kind of host can do: put a file where an endpoint fetches it, take it away, and be tried.
import { extname } from 'node:path';
import type { HostTest } from '@shared/contract/requests';

/** A kept file: named by its content. */
export interface HostedFile {
  readonly path: string;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly id: string;
  readonly bytes: number;
}

export interface PutOptions {
  readonly signal: AbortSignal;
  /** Bytes sent so far. */
  readonly onProgress: (done: number) => void;
  /** Where this content was put before, as far as it is remembered. */
  readonly known: string | null;
  /** Called before the first byte is sent, so that what is half sent is not forgotten. */
  readonly onBegin: (place: string) => void;
}

export interface Placed {
  /** What finds it again at this host: a key, an address, a name. */
  readonly place: string;
  /** What the endpoint fetches. May be signed: never kept, logged or shown. */
  readonly url: string;
  /** ISO 8601 UTC; null: nobody here knows. */
  readonly until: string | null;
  /** It was there already. */
  readonly reused: boolean;
}

export interface FileHost {
  /**
   * @throws AppError `host_refused`, `host_bucket_missing`, `host_unreachable`, `host_answer_unreadable`,
   * `tunnel_missing`, `tunnel_failed`, `file_unreadable`; the signal's reason
   */
  put(file: HostedFile, options: PutOptions): Promise<Placed>;
  /** Forgets what was begun and not finished. @throws like `put` */
  discard(place: string): Promise<void>;
  /** False: this host cannot be asked to. @throws like `put` */
  remove(place: string): Promise<boolean>;
  /** Puts, fetches and removes a small file. @throws like `put`, and `host_not_public` */
  test(): Promise<HostTest>;
  /** Lets its connections go. */
  close(): void;
}

/** By the extension that intake gave the file after looking into it. */
const TYPES: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.bmp': 'image/bmp',
  '.tiff': 'image/tiff',
  '.heic': 'image/heic',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
};

/** The media type of a kept file. */
export function typeOf(path: string): string {
  return TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
}

/** The name a kept file has at a host: its content's hash. */
export function nameOf({ id, path }: HostedFile): string {
  return `${id}${extname(path)}`;
}
