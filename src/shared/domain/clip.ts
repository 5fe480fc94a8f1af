// The library record: a video file in the library, and what made it.
import type { Currency } from './cost';
import type { Recipe } from './draft';

/** Frames of a sprite: `columns × rows` cells, read row by row, `count` of them used. Sizes in pixels. */
export interface SpriteSheet {
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** Everything a tile needs. Times are ISO 8601 UTC. */
export interface Clip {
  readonly id: string;
  /** Grows with every change of this record. */
  readonly revision: number;
  readonly generationId: string | null;
  readonly title: string;
  readonly fileName: string;
  readonly createdAt: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly fps: number;
  readonly hasSound: boolean;
  readonly hasPoster: boolean;
  readonly sprite: SpriteSheet | null;
  readonly tokens: number | null;
  readonly price: { readonly amount: number; readonly currency: Currency } | null;
  readonly practice: boolean;
  /** The file is not where it was. Everything else is kept. */
  readonly missing: boolean;
}

/** Everything the inspector shows. */
export interface ClipDetail extends Clip {
  readonly recipe: Recipe | null;
  readonly task: ClipTask | null;
}

/** What the provider said about the task that made a clip. Seconds are whole or fractional wall time. */
export interface ClipTask {
  readonly id: string;
  /** Found in the provider's list, not sent from here. */
  readonly found?: boolean | undefined;
  readonly connectionLabel: string;
  readonly baseUrl: string;
  readonly requestId: string | null;
  readonly seed: number | null;
  readonly resolution: string | null;
  readonly ratio: string | null;
  readonly seconds: number | null;
  readonly estimatedTokens: { readonly min: number; readonly max: number } | null;
  readonly waitedSeconds: number | null;
  readonly renderedSeconds: number | null;
  readonly securedSeconds: number | null;
}

/** A position in the library, newest first. */
export interface ClipCursor {
  readonly createdAt: string;
  readonly id: string;
}

export interface ClipPage {
  readonly clips: readonly Clip[];
  /** Null at the end. */
  readonly next: ClipCursor | null;
  /** Of the whole library. */
  readonly total: number;
}
