import { describe, expect, it } from 'vitest';
import { sampleDraft, sampleGenerations } from '../../../../tests/fakes/sampleData';
import { refusalsOf } from './useRefusals';

const now = Date.parse('2026-11-22T12:00:00Z');
const draft = sampleDraft();
const refused = sampleGenerations(now).find(({ state }) => state === 'rejected')!;
const naming = (detail: NonNullable<typeof refused.error>['detail']) => ({
  ...refused,
  error: { ...refused.error!, detail },
});

describe('refusalsOf', () => {
  // Bug: the text counts as content too, so the second file is marked instead of the first.
  it('finds the file that content[i] was', () => {
    const refusals = refusalsOf(draft, [naming({ contentIndex: 1 })]);
    expect([...refusals.keys()]).toEqual([draft.references[0]?.reference.id]);
  });

  // Bug: the mark stays on the slot after another file was put into it.
  it('forgets a file that was replaced', () => {
    const [first, ...others] = draft.references;
    const other = { ...first!, reference: { ...first!.reference, id: 'another' } };
    const id = first!.reference.id;
    expect(refusalsOf(draft, [naming({ referenceId: id })]).has(id)).toBe(true);
    expect(refusalsOf({ references: [other, ...others] }, [naming({ referenceId: id })]).size).toBe(0);
  });
});
