// The library record: a video file in the library, and what made it.
import type { ErrorRecord } from '../contract/errors';
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
  readonly origin: 'generated' | 'imported';
  /** Imported where it lies, outside the library's folder: the path's folder; null inside. */
  readonly outside: string | null;
  /** The window cannot play the file itself: `app://dailies/media/proxy/<id>` is a copy that it can. */
  readonly hasProxy: boolean;
  /** 0 to 5 stars. */
  readonly rating: number;
  readonly flag: 'kept' | 'rejected' | null;
  readonly tags: readonly string[];
  /** When the person put it into the trash; null: it is not there. */
  readonly trashedAt: string | null;
}

/** Everything the inspector shows. */
export interface ClipDetail extends Clip {
  readonly recipe: Recipe | null;
  readonly task: ClipTask | null;
  readonly note: string;
  /** The saved still of the last frame is there. */
  readonly hasLastFrame: boolean;
}

/** What a person changes in clips. Lists are added to and taken from, so that many clips can be edited at once. */
export interface ClipEdit {
  readonly rating?: number;
  readonly flag?: 'kept' | 'rejected' | null;
  readonly title?: string;
  readonly note?: string;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  /** Ids of collections without a query. */
  readonly addTo?: string;
  readonly removeFrom?: string;
  readonly trashed?: boolean;
}

/** What undo or redo did, for a notice: which part of an edit, of how many clips. */
export interface EditDone {
  /** `collections`: one was made, changed, removed or moved; `fileNames`: files were renamed. */
  readonly edit: keyof ClipEdit | 'collections' | 'fileNames';
  readonly clips: number;
}

/** With a query: whatever it finds. Without: what was put in. */
export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly query: string | null;
  /** Null for a query that was not counted yet. */
  readonly clips: number | null;
}

/** How many clips stand in each of the library's own lists, and under each tag outside the trash. */
export interface LibraryCounts {
  readonly all: number;
  readonly kept: number;
  readonly imported: number;
  readonly trash: number;
  /** Most used first, at most 200. */
  readonly tags: readonly { readonly tag: string; readonly clips: number }[];
}

/** Where a clip comes from and what came of it. Newest first, at most 100 each. */
export interface Lineage {
  /** Clips whose frames or ranges guided it. */
  readonly madeFrom: readonly Clip[];
  /** Clips that it guided. */
  readonly usedIn: readonly Clip[];
  /** Made from the same prompt and references. */
  readonly siblings: readonly Clip[];
}

/** Work in the background. `done` and `total` are files, but for one film or export, which counts to 1. */
export interface Work {
  readonly id: string;
  readonly kind: 'import' | 'pictures' | 'check' | 'export' | 'stitch';
  readonly done: number;
  readonly total: number;
  /** Files of an import whose content the library had already. */
  readonly known: number;
  /** Files that could not be worked on, each named once. */
  readonly failed: readonly { readonly name: string; readonly error: ErrorRecord }[];
  readonly state: 'running' | 'paused' | 'done' | 'cancelled' | 'failed';
  /** Where it wrote, for `export` and `stitch`. */
  readonly path: string | null;
}

/** What looking through the whole library has found. Nothing was changed. */
export interface LibraryCheck {
  readonly missing: readonly Clip[];
  /** Same content under several names. */
  readonly duplicates: readonly (readonly Clip[])[];
  /** Videos in the folder that the library does not know; names relative to it. */
  readonly unknown: readonly string[];
  /** Videos that do not decode to their end. */
  readonly damaged: readonly Clip[];
  /** Clips without a sidecar, or with one that cannot be read. */
  readonly withoutSidecar: readonly Clip[];
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
