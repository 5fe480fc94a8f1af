// generations.*: sending drafts and following what becomes of them.
import { AppError } from '@shared/contract/errors';
import type { DraftInput } from '@shared/contract/requests';
import type { Draft } from '@shared/domain/draft';
import type { Connection } from '@shared/domain/connection';
import type { Generation, JournalEntry, StrangerTask } from '@shared/domain/generation';
import type { HandlersOf } from '../handler';
import type { ReferenceService } from './references';

type Confirmation = 'duplicate' | 'budget';

export interface GenerationService {
  create(
    draft: Draft,
    connectionId: string,
    options: { hold?: boolean; confirmed?: readonly Confirmation[] },
  ): Generation;
  release(ids: readonly string[], confirmed?: readonly Confirmation[]): Generation[];
  sendAgain(id: string, confirmed?: readonly Confirmation[]): Generation;
  list(): Generation[];
  cancel(id: string): Promise<Generation>;
  dismiss(id: string): void;
  lookFor(id: string): Promise<Generation>;
  journal(id: string): JournalEntry[];
  listStrangers(): StrangerTask[];
  findStrangers(connections: readonly Connection[], byHand: boolean): Promise<StrangerTask[]>;
  adopt(connectionId: string, taskId: string): Promise<Generation>;
}

export function generationHandlers(
  generations: GenerationService,
  references: Pick<ReferenceService, 'get'>,
  connections: { list(): Connection[] },
): HandlersOf<'generations'> {
  return {
    'generations.create': ({ draft, connectionId, hold, confirmed }) =>
      generations.create(joinDraft(draft, references), connectionId, { hold, confirmed }),
    'generations.release': ({ ids, confirmed }) => generations.release(ids, confirmed),
    'generations.sendAgain': ({ id, confirmed }) => generations.sendAgain(id, confirmed),
    'generations.list': () => generations.list(),
    'generations.cancel': ({ id }) => generations.cancel(id),
    'generations.dismiss': ({ id }) => {
      generations.dismiss(id);
      return null;
    },
    'generations.lookFor': ({ id }) => generations.lookFor(id),
    'generations.journal': ({ id }) => generations.journal(id),
    'generations.strangers': () => generations.listStrangers(),
    'generations.findStrangers': () => generations.findStrangers(connections.list(), true),
    'generations.adopt': ({ connectionId, taskId }) => generations.adopt(connectionId, taskId),
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
