// The shape of what a live tile says.
import type { LucideIcon } from 'lucide-react';
import type { GenerationProgress } from '@shared/domain/generation';

export type LiveActionName =
  | 'enterKey'
  | 'lookFor'
  | 'sendAgain'
  | 'forget'
  | 'reuse'
  | 'library'
  | 'hosting'
  | 'connections'
  | 'diagnostics'
  | 'journal'
  | 'outbox'
  | 'startPractice';

export interface LiveWords {
  readonly icon: LucideIcon;
  readonly tone: 'plain' | 'danger' | 'warning';
  readonly heading: string;
  /** A moment to count from, or finished words such as `64 %`. */
  readonly figure: { readonly since: string } | { readonly text: string } | null;
  readonly line: string;
  readonly next: string | null;
  /** How long what is not yet safe can still be fetched. */
  readonly clock: string | null;
  /** 0 to 1, only where it is known. */
  readonly progress: number | null;
  /** The film leader stands behind work that goes on; a sentence stands alone. */
  readonly leader: boolean;
  /** The first is the one thing to do; the others stand in the inspector and under Details. */
  readonly actions: readonly LiveActionName[];
}

export interface LiveSurroundings {
  readonly progress: GenerationProgress | undefined;
  /** The connection charges nothing. */
  readonly practice: boolean;
  readonly now: number;
}

export const PLAIN = {
  tone: 'plain',
  next: null,
  clock: null,
  progress: null,
  leader: true,
  actions: [],
} as const;
