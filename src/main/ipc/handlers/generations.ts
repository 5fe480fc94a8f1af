// generations.*: sending drafts and following what becomes of them.
import { AppError } from '@shared/contract/errors';
import type { DraftInput } from '@shared/contract/requests';
import type { Draft } from '@shared/domain/draft';
import type { Generation } from '@shared/domain/generation';
import type { HandlersOf } from '../handler';
import type { ReferenceService } from './references';

export interface GenerationService {
  create(draft: Draft, connectionId: string): Generation | Promise<Generation>;
  list(): Generation[];
  cancel(id: string): Generation | Promise<Generation>;
  dismiss(id: string): void | Promise<void>;
  lookFor(id: string): Generation | Promise<Generation>;
}

export function generationHandlers(
  generations: GenerationService,
  references: Pick<ReferenceService, 'get'>,
): HandlersOf<'generations'> {
  return {
    'generations.create': ({ draft, connectionId }) =>
      generations.create(joinDraft(draft, references), connectionId),
    'generations.list': () => generations.list(),
    'generations.cancel': ({ id }) => generations.cancel(id),
    'generations.dismiss': async ({ id }) => {
      await generations.dismiss(id);
      return null;
    },
    'generations.lookFor': ({ id }) => generations.lookFor(id),
  };
}

/**
 * The draft with what main knows of its references; what the window claims of them counts for nothing.
 * Throws `not_found` for an unknown reference, `bad_request` for a key that occurs twice.
 */
export function joinDraft(input: DraftInput, references: Pick<ReferenceService, 'get'>): Draft {
  const keys = new Set(input.references.map(({ key }) => key));
  if (keys.size !== input.references.length) throw new AppError('bad_request', 'reference keys must differ');
  const ids = [...new Set(input.references.map(({ referenceId }) => referenceId))];
  const known = new Map(references.get(ids).map((reference) => [reference.id, reference]));
  return {
    prompt: input.prompt,
    model: input.model,
    parameters: input.parameters,
    references: input.references.map(({ key, referenceId, role }) => {
      const reference = known.get(referenceId);
      if (reference === undefined) throw new AppError('not_found', 'unknown reference', { referenceId });
      return { key, reference, role };
    }),
  };
}
