// What generations need from the rest of main. `index.ts` plugs the real services in.
import type { Clip, ClipTask } from '@shared/domain/clip';
import type { Connection } from '@shared/domain/connection';
import type { Currency } from '@shared/domain/cost';
import type { Recipe } from '@shared/domain/draft';
import type { Endpoint } from '../ark/client';

export interface ConnectionsPort {
  /** @throws AppError `no_connection` */
  find(id: string): Connection;
  /**
   * Address and key, read at the moment of use and kept nowhere.
   * @throws AppError `no_connection`, `key_missing`, `practice_unavailable`
   */
  endpoint(id: string): Promise<Endpoint>;
}

export interface ReferencesPort {
  /** The kept file of a reference, or null when it is an address or was lost. */
  fileOf(id: string): string | null;
}

export interface HostingPort {
  /**
   * Puts a kept file where the connection's endpoint fetches it. It stays there until the generation is released.
   * @throws AppError `video_needs_host`, `practice_unavailable`, `file_unreadable`, and what a host refuses
   */
  place(request: {
    readonly generationId: string;
    readonly connectionId: string;
    readonly referenceId: string;
    readonly signal: AbortSignal;
    /** Bytes sent so far. */
    readonly onProgress: (done: number) => void;
  }): Promise<{ readonly url: string; readonly hostLabel: string; readonly reused: boolean }>;
  /** The generation has ended. Labels of the hosts from which something was taken away. */
  release(generationId: string): Promise<string[]>;
  /** Generations that are not released, or not wholly. */
  users(): string[];
}

export interface AdoptRequest {
  readonly id: string;
  readonly createdAt: string;
  readonly title: string;
  readonly partPath: string;
  readonly lastFramePartPath: string | null;
  readonly recipe: Recipe;
  readonly task: ClipTask;
  readonly tokens: number | null;
  readonly price: { readonly amount: number; readonly currency: Currency } | null;
  readonly practice: boolean;
}

export interface LibraryPort {
  /** @throws AppError `library_missing`, `no_permission`, `disk_full` */
  partPathFor(clip: { id: string; createdAt: string; title: string }): Promise<string>;
  /**
   * Verifies, names and records a downloaded file. Calling it again with the same id ends the same.
   * @throws AppError `not_a_video`, `ffmpeg_missing`, `disk_full`, `no_permission`, `library_missing`
   */
  adopt(request: AdoptRequest): Promise<Clip>;
}

export interface LogPort {
  info(text: string): void;
  warn(text: string): void;
  error(text: string, cause?: unknown): void;
}
