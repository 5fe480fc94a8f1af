// The small interface behind which something is remembered: one value, read and written whole.

export interface Store {
  /** What was last written, or undefined. Comes from a file: believe nothing of it. */
  read(): unknown;
  /** Remembers a JSON value. On disk when it returns. */
  write(value: unknown): void;
}

/** A store that forgets with the process. */
export function memoryStore(initial?: unknown): Store {
  let text = initial === undefined ? undefined : JSON.stringify(initial);
  return {
    read: (): unknown => (text === undefined ? undefined : JSON.parse(text)),
    write(value) {
      text = JSON.stringify(value);
    },
  };
}
