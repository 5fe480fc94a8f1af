// A reference: an image, video or sound that guides a generation, kept by content.
import type { ReferenceKind } from './models';
import type { Repair, Span } from './repair';

export const REFERENCE_SOURCES = ['file', 'pasted', 'url', 'clip', 'derived'] as const;
export type ReferenceSource = (typeof REFERENCE_SOURCES)[number];

/**
 * What main knows of a reference. `id` is the SHA-256 of the bytes for a local file, and `url-<sha256>` for
 * an address, whose facts are unknown until a server has fetched it.
 */
export interface Reference {
  readonly id: string;
  readonly kind: ReferenceKind;
  readonly source: ReferenceSource;
  /** File name as the person knows it, or the address. */
  readonly name: string;
  /** Only for `source: 'url'`. */
  readonly url?: string;
  /** Sniffed from the content: `jpeg`, `mp4`, `mp3`, … Empty for an address. */
  readonly format: string;
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
  readonly seconds?: number;
  readonly fps?: number;
  /** `h264`, `hevc`, … for a video. */
  readonly codec?: string;
  readonly hasSound?: boolean;
  /** More pictures than one: a GIF or WebP that moves. Only the first is looked at. */
  readonly animated?: boolean;
  /** Ink colours, which few programs show as they are meant. */
  readonly cmyk?: boolean;
  /** Whether `app://dailies/media/thumb/<id>` exists: a picture, a video's frame, or a sound's waveform mask. */
  readonly hasThumb: boolean;
  /** Made here from another reference, which is kept as it was. */
  readonly derived?: Derivation;
  /** Taken from a clip of the library: all of it, one frame, or a range. */
  readonly clip?: ClipOrigin;
}

export interface Derivation {
  readonly parentId: string;
  readonly repair: Repair;
}

export interface ClipOrigin {
  readonly id: string;
  /** Seconds; only for a frame. */
  readonly moment?: number;
  /** Only for a part of it. */
  readonly span?: Span;
  /**
   * Only for the whole clip: the endpoint that made it still has it at its own address until then (ISO 8601 UTC).
   * The address itself stays in main.
   */
  readonly result?: { readonly baseUrl: string; readonly until: string };
}
