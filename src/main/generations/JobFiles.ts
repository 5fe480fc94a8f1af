// A small file per unfinished paid job, so that none is forgotten when the database is lost.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { GENERATION_STATES, type Generation } from '@shared/domain/generation';
import type { TaskFacts } from './generationStore';

export interface Job {
  readonly generation: Generation;
  readonly task: TaskFacts;
}

/** Enough to tell a job file from anything else; the rest is what this program wrote itself. */
const job = z.looseObject({
  generation: z.looseObject({
    id: z.uuid(),
    state: z.enum(GENERATION_STATES),
    createdAt: z.string(),
    connection: z.looseObject({ id: z.string() }),
    recipe: z.looseObject({ version: z.literal(1) }),
  }),
  task: z.looseObject({}),
});

export class JobFiles {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** On disk, whole, when it returns. */
  write(value: Job): void {
    writeFileAtomic.sync(this.path(value.generation.id), JSON.stringify(value), { mode: 0o600 });
  }

  remove(id: string): void {
    rmSync(this.path(id), { force: true });
  }

  /** Every readable job; a torn or foreign file is passed over. */
  list(): Job[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => {
        try {
          const value: unknown = JSON.parse(readFileSync(join(this.folder, name), 'utf8'));
          return job.safeParse(value).success ? [value as Job] : [];
        } catch {
          return [];
        }
      });
  }

  private path(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}
