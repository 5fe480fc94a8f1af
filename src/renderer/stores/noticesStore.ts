// Messages over the window: a failed request with its next step, or a short confirmation.
import { create } from 'zustand';
import { AppError, type ErrorRecord } from '@shared/contract/errors';

export interface Notice {
  readonly id: number;
  /** A failure is told by its record; a confirmation by finished words. */
  readonly error: ErrorRecord | null;
  readonly text: string | null;
  /** What the failure is about, such as a file's name. */
  readonly about: string | null;
  readonly actions: readonly NoticeAction[];
  /** Until it is done or dismissed: news or a question, and not that something went well. */
  readonly stays: boolean;
}

/** A thing to do about it. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

interface NoticesState {
  readonly notices: readonly Notice[];
  fail(error: unknown, about?: string): void;
  /** Answers with the notice's number. `stays`: until it is done or dismissed. */
  tell(text: string, action?: NoticeAction | readonly NoticeAction[], stays?: boolean): number;
  dismiss(id: number): void;
}

const STAYS_MILLISECONDS = 5000;
const MOST = 4;
let lastId = 0;

export const useNotices = create<NoticesState>()((set, get) => {
  const add = (notice: Omit<Notice, 'id'>): number => {
    const id = ++lastId;
    set(({ notices }) => ({ notices: [...notices, { ...notice, id }].slice(-MOST) }));
    return id;
  };
  return {
    notices: [],
    fail: (error, about) =>
      void add({ error: recordOf(error), text: null, about: about ?? null, actions: [], stays: true }),
    tell: (text, action = [], stays = false) => {
      const id = add({ error: null, text, about: null, actions: [action].flat(), stays });
      if (!stays) setTimeout(() => get().dismiss(id), STAYS_MILLISECONDS);
      return id;
    },
    dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  };
});

/** The newest notice there is; later ones have a higher number. */
export function latestNoticeId(): number {
  return lastId;
}

export function recordOf(error: unknown): ErrorRecord {
  if (error instanceof AppError) return error.toRecord();
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), detail: {} };
}

/** Does something that may fail; a failure becomes a notice. Answers whether it went well. */
export async function attempt(action: () => Promise<unknown>, about?: string): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    useNotices.getState().fail(error, about);
    return false;
  }
}
