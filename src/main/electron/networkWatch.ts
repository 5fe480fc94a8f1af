// Whether the computer has a network, and when that changes. Electron knows but does not say, so it is asked.

export interface NetworkWatch {
  /** As of now. */
  online(): boolean;
  /** Calls the listener after every change. Returns the function that ends it. */
  onChange(listener: (online: boolean) => void): () => void;
  /** Looks now: after the computer woke up. */
  check(): void;
}

export interface NetworkWatchOptions {
  readonly isOnline: () => boolean;
  readonly everyMs?: number;
}

/** Looks every few seconds, but only while offline or while somebody listens. */
export function createNetworkWatch({ isOnline, everyMs = 5000 }: NetworkWatchOptions): NetworkWatch {
  const listeners = new Set<(online: boolean) => void>();
  let known = isOnline();
  let timer: NodeJS.Timeout | null = null;

  const check = (): void => {
    const online = isOnline();
    const changed = online !== known;
    known = online;
    arrange();
    if (changed) for (const listener of [...listeners]) listener(online);
  };
  const arrange = (): void => {
    const needed = !known || listeners.size > 0;
    if (needed) timer ??= setInterval(check, everyMs);
    else if (timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };

  arrange();
  return {
    online: () => {
      check();
      return known;
    },
    onChange: (listener) => {
      listeners.add(listener);
      arrange();
      return () => {
        listeners.delete(listener);
        arrange();
      };
    },
    check,
  };
}
