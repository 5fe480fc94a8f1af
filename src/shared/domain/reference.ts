// A reference: an image, video or sound that guides a generation, kept by content.
import type { ReferenceKind } from './models';

/**
 * What main knows of a reference. `id` is the SHA-256 of the bytes for a local file, and `url-<sha256>` for
 * an address, whose facts are unknown until a server has fetched it.
 */
export interface Reference {
  readonly id: string;
  readonly kind: ReferenceKind;
  readonly source: 'file' | 'pasted' | 'url';
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
  /** Whether `app://dailies/media/thumb/<id>` exists: a picture, a video's frame, or a sound's waveform mask. */
  readonly hasThumb: boolean;
}
