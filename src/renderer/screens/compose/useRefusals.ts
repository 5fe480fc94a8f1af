// Which files of the draft a provider named when it refused a generation that was not dismissed since.
import { useMemo } from 'react';
import { referenceAtContentIndex } from '@shared/domain/compile';
import type { Draft } from '@shared/domain/draft';
import type { Generation } from '@shared/domain/generation';
import { openGenerations, useGenerations } from '../../stores/generationsStore';

/** By reference id, the newest of each. */
export function useRefusals(draft: Draft): ReadonlyMap<string, Generation> {
  const records = useGenerations((state) => state.records);
  return useMemo(() => refusalsOf(draft, openGenerations(records)), [draft, records]);
}

/** `generations`: newest first. */
export function refusalsOf(
  { references }: Pick<Draft, 'references'>,
  generations: readonly Generation[],
): Map<string, Generation> {
  const present = new Set(references.map(({ reference }) => reference.id));
  const refusals = new Map<string, Generation>();
  for (const generation of generations) {
    const id = namedReference(generation);
    if (id !== null && present.has(id) && !refusals.has(id)) refusals.set(id, generation);
  }
  return refusals;
}

function namedReference({ state, error, recipe }: Generation): string | null {
  if ((state !== 'rejected' && state !== 'failed') || error === null) return null;
  const { referenceId, contentIndex } = error.detail;
  if (referenceId !== undefined) return referenceId;
  if (contentIndex === undefined) return null;
  return referenceAtContentIndex(recipe, contentIndex)?.reference.id ?? null;
}
