// Remembers which folder the person chose for the library.
import { isAbsolute } from 'node:path';
import { z } from 'zod';

interface RootStore {
  read(): unknown;
  write(value: unknown): void;
}

const record = z.object({
  root: z
    .string()
    .min(1)
    .refine((path) => isAbsolute(path)),
});

/** The chosen folder, or null when none was chosen or the record cannot be read. */
export function readLibraryRoot(store: RootStore): string | null {
  const parsed = record.safeParse(store.read());
  return parsed.success ? parsed.data.root : null;
}

export function writeLibraryRoot(store: RootStore, root: string): void {
  store.write({ root });
}
