// What a plan says to a person: whether pictures are copied, and if not, why and of which takes.
import type { TFunction } from 'i18next';
import { STITCH_REASONS, type StitchPlan, type StitchReason } from '@shared/domain/stitch';

export interface ReasonLine {
  readonly reason: StitchReason;
  /** Numbers of takes, from 1, in order; empty: of all. */
  readonly takes: readonly number[];
}

/** Each reason once, in the order of `STITCH_REASONS`, with the takes it is about. A join is about both its takes. */
export function reasonLines({ items, joins, reasons }: StitchPlan): ReasonLine[] {
  return STITCH_REASONS.flatMap((reason) => {
    if (reasons.includes(reason)) return [{ reason, takes: [] }];
    const own = items.flatMap((item, index) => (item.reasons.includes(reason) ? [index + 1] : []));
    const joined = joins.flatMap((join, index) =>
      join.reasons.includes(reason) ? [index + 1, index + 2] : [],
    );
    // A cut that is not clean stands at its take and at the join: the take is what can be changed.
    const takes = [...new Set(own.length > 0 ? own : joined)].sort((a, b) => a - b);
    if (takes.length === 0) return [];
    return [{ reason, takes: takes.length === items.length && takes.length > 1 ? [] : takes }];
  });
}

/** `Takes 2, 3 and 5`, at most so many numbers. */
export function takesText(takes: readonly number[], t: TFunction): string {
  if (takes.length === 0) return t('stitch.allTakes');
  const numbers = takes.slice(0, 6).join(t('common.comma'));
  return t('stitch.takesOf', { count: takes.length, numbers: takes.length > 6 ? `${numbers}…` : numbers });
}
