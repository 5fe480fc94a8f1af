// Questions that must be answered before money may be spent, and the sending that asks them.
import { create } from 'zustand';
import { AppError, type ErrorDetail } from '@shared/contract/errors';
import type { CostTotal } from './costTotal';
import type { Confirmed } from './generationsStore';

export interface Question {
  readonly type: 'duplicate' | 'budget' | 'sendAgain' | 'forget';
  /** What it would cost. Null where no money is in question. */
  readonly cost: CostTotal | null;
  readonly values: NonNullable<ErrorDetail['values']>;
  /** It can go into the outbox instead. */
  readonly canHold: boolean;
}
export type Answer = 'yes' | 'hold' | 'no';

interface QuestionsState {
  readonly open: { readonly question: Question; readonly settle: (answer: Answer) => void } | null;
  ask(question: Question): Promise<Answer>;
  answer(answer: Answer): void;
}

export const useQuestions = create<QuestionsState>()((set, get) => ({
  open: null,
  ask: (question) => {
    get().open?.settle('no');
    return new Promise((settle) => set({ open: { question, settle } }));
  },
  answer: (answer) => {
    const { open } = get();
    set({ open: null });
    open?.settle(answer);
  },
}));

interface Sending<T> {
  readonly send: (confirmed: Confirmed) => Promise<T>;
  /** Puts it into the outbox; null where it stands there already. */
  readonly hold: (() => Promise<T>) | null;
  readonly cost: CostTotal | null;
  readonly confirmed?: Confirmed;
}

/** Sends, and asks where main wants a yes. Null: the person said no. Other failures are thrown. */
export async function sendWithQuestions<T>({
  send,
  hold,
  cost,
  confirmed = [],
}: Sending<T>): Promise<T | null> {
  try {
    return await send(confirmed);
  } catch (error) {
    const type = questionOf(error);
    if (type === null || confirmed.includes(type)) throw error;
    const values = error instanceof AppError ? (error.detail.values ?? {}) : {};
    // What was sent already needs no outbox; what costs too much may wait for another month.
    const canHold = hold !== null && type === 'budget';
    const answer = await useQuestions.getState().ask({ type, cost, values, canHold });
    if (answer === 'no') return null;
    if (answer === 'hold') return hold === null ? null : hold();
    return sendWithQuestions({ send, hold, cost, confirmed: [...confirmed, type] });
  }
}

function questionOf(error: unknown): Confirmed[number] | null {
  if (!(error instanceof AppError)) return null;
  if (error.code === 'duplicate_recent') return 'duplicate';
  return error.code === 'budget_reached' ? 'budget' : null;
}
