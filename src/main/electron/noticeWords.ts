// The words of a notification: what happened, and what became of the money. The window's own, in short.
import type { Currency } from '@shared/domain/cost';
import { chargeOf, type Generation } from '@shared/domain/generation';
import type { Language } from '@shared/domain/settings';
import { nativeWords } from './nativeWords';

/** The states that a person who looks away wants to hear of. */
export const NOTABLE_STATES = ['done', 'rejected', 'failed', 'expired', 'lost', 'unconfirmed'] as const;
export type NotableState = (typeof NOTABLE_STATES)[number];

export type Ended = Pick<
  Generation,
  'id' | 'state' | 'title' | 'estimate' | 'tokens' | 'error' | 'endedAt'
> & {
  readonly connection: Pick<Generation['connection'], 'id'>;
};

export interface NoticeText {
  readonly title: string;
  readonly body: string;
}

/** `practiceId`: the connection that costs nothing. */
export interface WordsOptions {
  readonly language: Language;
  readonly practiceId: string;
}

export function isNotable(state: Generation['state']): state is NotableState {
  return (NOTABLE_STATES as readonly string[]).includes(state);
}

/** One generation: `Video ready. Billed ¥5.01.` over its title. */
export function noticeOf(ended: Ended & { readonly state: NotableState }, options: WordsOptions): NoticeText {
  const { ends, gap } = nativeWords(options.language);
  const end = ended.error?.code === 'record_gone' ? ends.recordGone : ends[ended.state];
  return { title: `${end}${gap}${moneyOf(ended, options)}`, body: ended.title };
}

/** Many at once: how many, and how they ended. */
export function summaryOf(states: readonly NotableState[], { language }: WordsOptions): NoticeText {
  const { endedMany, counts, comma } = nativeWords(language);
  const parts = NOTABLE_STATES.flatMap((state) => {
    const count = states.filter((other) => other === state).length;
    return count === 0 ? [] : [counts[state](count)];
  });
  return { title: endedMany(states.length), body: parts.join(comma) };
}

function moneyOf(ended: Ended, { language, practiceId }: WordsOptions): string {
  const { money } = nativeWords(language);
  if (ended.connection.id === practiceId) return money.free;
  const charge = chargeOf(ended.state, ended.error?.code === 'record_gone');
  if (charge === 'none') return money.none;
  if (charge !== 'charged') return money.unknown;
  const price = ended.estimate?.price ?? null;
  if (price === null || ended.tokens === null) return money.charged;
  return money.chargedAmount(amountIn(language, (ended.tokens * price.perMillion) / 1e6, price.currency));
}

function amountIn(language: Language, amount: number, currency: Currency): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).format(amount);
}
