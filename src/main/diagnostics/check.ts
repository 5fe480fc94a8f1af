// What a single test answers with, before it is given its name and time.
import type { CheckFact, CheckState, Finding } from '@shared/domain/diagnostics';

export interface Found {
  readonly state: CheckState;
  readonly finding: Finding;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly facts?: readonly CheckFact[];
}

/** Throws an AppError where its words say best what is wrong. */
export type Check = (signal: AbortSignal) => Promise<Found>;
