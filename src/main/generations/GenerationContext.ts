// What every step of a generation shares: the record, the clock, the endpoint it belongs to, and its holds.
import { AppError, type ErrorCode } from '@shared/contract/errors';
import { referenceAtContentIndex } from '@shared/domain/compile';
import { modelIdFor } from '@shared/domain/connection';
import {
  isEnded,
  type Generation,
  type GenerationProgress,
  type Hold,
  type JournalStep,
  type StrangerTask,
} from '@shared/domain/generation';
import { findModel } from '@shared/domain/models';
import { ArkClient, type Endpoint } from '../ark/client';
import type { GenerationStore, Stored } from './generationStore';
import type { ConnectionsPort, HostingPort, LibraryPort, LogPort, ReferencesPort } from './ports';
import { RetryTimers } from './RetryTimers';
import type { BudgetPort } from './SendingGate';

export interface GenerationServiceOptions {
  readonly store: GenerationStore;
  readonly connections: ConnectionsPort;
  readonly references: ReferencesPort;
  readonly hosting: HostingPort;
  readonly library: LibraryPort;
  readonly log: LogPort;
  readonly announceProgress: (progress: GenerationProgress) => void;
  readonly announceRemoved: (id: string) => void;
  readonly announceStrangers: (strangers: StrangerTask[]) => void;
  readonly budget: BudgetPort;
  /** The person's choice: what waits for the network goes out by itself when it is back. */
  readonly outboxSendsByItself: () => boolean;
  readonly clientFor?: (endpoint: Endpoint) => ArkClient;
  readonly now?: () => number;
  /** How long a task must stay unknown to its provider before it is called lost; milliseconds. */
  readonly recordGoneMs?: number;
}

/** The line to a server failed; it may be there again any moment. */
export const LINE_CODES: ReadonlySet<ErrorCode> = new Set(['offline', 'tls_failed', 'timeout']);
/** The disk cannot take the file now; nothing is lost. */
export const DISK_CODES: ReadonlySet<ErrorCode> = new Set(['disk_full', 'no_permission', 'library_missing']);
/** A file cannot be put where the endpoint fetches it; nothing was sent, and the person can change that. */
export const HOST_CODES: ReadonlySet<ErrorCode> = new Set([
  'video_needs_host',
  'host_secret_missing',
  'host_refused',
  'host_bucket_missing',
  'host_unreachable',
  'host_answer_unreadable',
  'host_not_public',
  'tunnel_missing',
  'tunnel_failed',
]);

const RECORD_LIFE_MS = 7 * 24 * 60 * 60 * 1000;

/** The practice gateway has one connection, built in, under this id. */
const PRACTICE_ID = 'practice';

export class GenerationContext {
  readonly store: GenerationStore;
  readonly retries: RetryTimers;
  readonly now: () => number;
  private readonly clientFor: (endpoint: Endpoint) => ArkClient;

  /** `advance` is called when a generation's next step is due. */
  constructor(
    readonly options: GenerationServiceOptions,
    readonly advance: (id: string) => void,
  ) {
    this.store = options.store;
    this.now = options.now ?? Date.now;
    this.clientFor = options.clientFor ?? ((endpoint) => new ArkClient(endpoint));
    this.retries = new RetryTimers(advance);
  }

  /** @throws AppError `not_found` */
  require(id: string): Stored {
    const stored = this.store.find(id);
    if (stored === null) throw new AppError('not_found', `no generation ${id}`);
    return stored;
  }

  /** When the provider forgets a task made at `madeAt` (Unix seconds), or just now. Documented: 7 days. */
  recordExpiry(madeAt: number | null): string {
    const since = madeAt === null ? this.now() : madeAt * 1000;
    return new Date(since + RECORD_LIFE_MS).toISOString();
  }

  timestamp(): string {
    return new Date(this.now()).toISOString();
  }

  /** @throws AppError `no_connection`, `key_missing`, `practice_unavailable` */
  async client(generation: Generation): Promise<ArkClient> {
    const endpoint = await this.options.connections.endpoint(generation.connection.id);
    // The practice gateway may move to another port; any other job stays with the address it was sent to.
    if (!this.isPractice(generation) && endpoint.baseUrl !== generation.connection.baseUrl)
      throw new AppError('key_missing', 'the connection points elsewhere now');
    return this.clientFor(endpoint);
  }

  /** The client of a connection as it is now. @throws AppError like `client` */
  async clientOf(connectionId: string): Promise<ArkClient> {
    return this.clientFor(await this.options.connections.endpoint(connectionId));
  }

  /** One more line of a generation's journal. */
  record(id: string, step: JournalStep, detail = ''): void {
    this.store.record(id, step, detail);
  }

  isPractice(generation: Generation): boolean {
    return generation.connection.id === PRACTICE_ID;
  }

  /** Whether its files may come over plain http: the endpoint itself does, or the person accepts it for this one. */
  acceptsPlainHttp(generation: Generation): boolean {
    const { id, baseUrl } = generation.connection;
    if (this.isPractice(generation) || baseUrl.startsWith('http:')) return true;
    try {
      const now = this.options.connections.find(id);
      // Consent was given to one address.
      return now.plainHttpAccepted && now.baseUrl === baseUrl;
    } catch {
      // Removed meanwhile: nobody can say yes any more.
      return false;
    }
  }

  /** The id under which this generation's endpoint knows its model. */
  modelId(generation: Generation): string {
    const model = findModel(generation.recipe.model);
    if (model === undefined) return generation.recipe.model;
    return modelIdFor(this.options.connections.find(generation.connection.id).preset, model);
  }

  /** Says why a generation waits. It goes on by itself, or when the person acts. */
  hold(id: string, hold: Hold, error: AppError): void {
    const { generation } = this.require(id);
    if (isEnded(generation.state)) return;
    const heldSince = generation.hold === hold ? generation.heldSince : this.timestamp();
    if (generation.hold !== hold) this.record(id, 'waiting', `${hold}: ${describe(error)}`);
    this.store.note(id, { hold, heldSince, error: error.toRecord() });
  }

  logFailure(id: string, error: unknown): void {
    this.options.log.error(`generation ${id}`, error);
  }
}

/** An error as one line of the journal: our code, then what the server said. */
export function describe(error: AppError): string {
  const { status, rawCode, rawMessage, requestId } = error.detail;
  const parts = [
    error.code,
    status,
    rawCode,
    rawMessage,
    requestId === undefined ? undefined : `request ${requestId}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** Any thrown thing as an AppError. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', String(error));
}

/** Adds the reference that the error's `content[i]` is. */
export function withReference(generation: Generation, error: AppError): AppError {
  const { contentIndex } = error.detail;
  if (contentIndex === undefined) return error;
  const item = referenceAtContentIndex(generation.recipe, contentIndex);
  if (item === undefined) return error;
  return new AppError(error.code, error.message, { ...error.detail, referenceId: item.key });
}
