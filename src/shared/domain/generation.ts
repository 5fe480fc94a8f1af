// A generation: one recipe sent once, its states, the legal moves between them, and the provider's status words.
import type { ErrorRecord } from '../contract/errors';
import type { Recipe } from './draft';
import type { CostEstimate } from './cost';

export const GENERATION_STATES = [
  'held',
  'preparing',
  'submitting',
  'unconfirmed',
  'queued',
  'running',
  'downloading',
  'finishing',
  'done',
  'rejected',
  'failed',
  'cancelled',
  'expired',
  'lost',
] as const;
export type GenerationState = (typeof GENERATION_STATES)[number];

/** Where each state may go. */
export const MOVES: Record<GenerationState, readonly GenerationState[]> = {
  // In the outbox: nothing was sent, and nothing will be without a yes.
  held: ['preparing', 'cancelled'],
  preparing: ['submitting', 'failed', 'cancelled', 'held'],
  // Back to `preparing` only where the request certainly never arrived.
  submitting: ['queued', 'rejected', 'unconfirmed', 'preparing'],
  unconfirmed: ['queued', 'cancelled'],
  queued: ['running', 'downloading', 'failed', 'cancelled', 'expired', 'lost'],
  running: ['queued', 'downloading', 'failed', 'cancelled', 'expired', 'lost'],
  downloading: ['finishing', 'lost', 'failed'],
  finishing: ['done', 'downloading'],
  done: [],
  rejected: [],
  failed: [],
  cancelled: [],
  expired: [],
  // Only when the person looks once more and the provider has it after all.
  lost: ['queued'],
};

const ENDS: ReadonlySet<GenerationState> = new Set([
  'done',
  'rejected',
  'failed',
  'cancelled',
  'expired',
  'lost',
]);

export function canMove(from: GenerationState, to: GenerationState): boolean {
  return MOVES[from].includes(to);
}

/** Nothing more happens by itself. */
export function isEnded(state: GenerationState): boolean {
  return ENDS.has(state);
}

/** What became of the money, as far as anyone can know. */
export type Charge = 'none' | 'will_be_charged' | 'charged' | 'unknown';

/** @param recordGone the provider no longer knows the task, so nobody can tell any more. */
export function chargeOf(state: GenerationState, recordGone = false): Charge {
  if (recordGone) return 'unknown';
  switch (state) {
    case 'held':
    case 'preparing':
    case 'rejected':
    case 'failed':
    case 'cancelled':
    case 'expired':
      return 'none';
    case 'queued':
    case 'running':
      return 'will_be_charged';
    case 'downloading':
    case 'finishing':
    case 'done':
    case 'lost':
      return 'charged';
    case 'submitting':
    case 'unconfirmed':
      return 'unknown';
  }
}

/** Why a generation stands in the outbox. */
export const HELD_REASONS = ['by_hand', 'offline', 'budget'] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/** Why a generation that goes on is not moving right now. */
export const HOLDS = [
  'key_refused',
  'key_missing',
  'offline',
  'busy',
  'disk',
  'host',
  'ffmpeg_missing',
  'practice_stopped',
] as const;
export type Hold = (typeof HOLDS)[number];

/** The record the window sees. Times are ISO 8601 UTC. No signed address and no key is ever in it. */
export interface Generation {
  readonly id: string;
  /** Grows with every change of this record. */
  readonly revision: number;
  readonly state: GenerationState;
  readonly recipe: Recipe;
  /** `found`: a task of the provider's list that was not sent from here, or from a profile that is gone. */
  readonly origin: 'sent' | 'found';
  /** First words of the prompt, for a caption. */
  readonly title: string;
  readonly connection: { readonly id: string; readonly label: string; readonly baseUrl: string };
  readonly estimate: CostEstimate | null;
  readonly createdAt: string;
  readonly submittedAt: string | null;
  readonly runningAt: string | null;
  readonly succeededAt: string | null;
  readonly endedAt: string | null;
  readonly taskId: string | null;
  /** The provider's own word, where it is not one we know. */
  readonly unknownStatus: string | null;
  /** Only in state `held`. */
  readonly heldReason: HeldReason | null;
  readonly hold: Hold | null;
  /** When the present hold began. */
  readonly heldSince: string | null;
  readonly downloadAttempts: number;
  /** When the provider forgets the task: 7 days after it was made. */
  readonly recordExpiresAt: string | null;
  /** When the result's address dies. */
  readonly linkExpiresAt: string | null;
  readonly error: ErrorRecord | null;
  readonly tokens: number | null;
  readonly clipId: string | null;
}

/**
 * How far a step is: references put in place, or bytes sent to a host or secured. `total` is null where the server
 * did not say. Sent as its own event.
 */
export interface GenerationProgress {
  readonly id: string;
  readonly step: 'preparing' | 'uploading' | 'downloading';
  readonly done: number;
  readonly total: number | null;
}

/** Meaning of a status word, whatever its case and whichever gateway speaks. Unknown words: still running. */
export function meaningOfStatus(
  word: string,
): 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'expired' | 'unknown' {
  switch (word.trim().toLowerCase()) {
    case 'queued':
    case 'pending':
    case 'submitted':
    case 'not_start':
    case 'in_queue':
      return 'queued';
    case 'running':
    case 'processing':
    case 'in_progress':
    case 'generating':
      return 'running';
    case 'succeeded':
    case 'success':
    case 'completed':
    case 'done':
      return 'succeeded';
    case 'failed':
    case 'failure':
    case 'error':
      return 'failed';
    case 'cancelled':
    case 'canceled':
      return 'cancelled';
    case 'expired':
    case 'timeout':
      return 'expired';
    default:
      return 'unknown';
  }
}

/** The first words of a compiled prompt as a caption: on one line, at most `length` characters. */
export function titleOf(prompt: string, length = 60): string {
  const text = prompt.replace(/\s+/g, ' ').trim();
  const letters = [...text];
  if (letters.length <= length) return text;
  const cut = letters.slice(0, length).join('');
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > length / 2 ? space : undefined)}…`;
}

/** One line of a generation's journal: what happened, and what a server answered, masked. */
export interface JournalEntry {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly step: JournalStep;
  /** Raw words of a server or a number; empty where the step says it all. */
  readonly detail: string;
}

export const JOURNAL_STEPS = [
  'written',
  'held',
  'released',
  'uploaded',
  'upload_removed',
  'prepared',
  'sending',
  'accepted',
  'refused',
  'not_sent',
  'send_later',
  'unconfirmed',
  'looked',
  'found',
  'status',
  'ask_failed',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
  'download_started',
  'download_failed',
  'new_link',
  'downloaded',
  'file_refused',
  'secured',
  'lost',
  'resumed',
] as const;
export type JournalStep = (typeof JOURNAL_STEPS)[number];

/** A finished task that the endpoint lists and this computer does not know. */
export interface StrangerTask {
  readonly connectionId: string;
  readonly connectionLabel: string;
  readonly taskId: string;
  readonly model: string | null;
  /** ISO 8601 UTC. */
  readonly createdAt: string | null;
  readonly resolution: string | null;
  readonly ratio: string | null;
  readonly seconds: number | null;
  readonly tokens: number | null;
}
