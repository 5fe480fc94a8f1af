// Chromium's DevTools protocol over a pipe: no port, no driver, nothing in the page but what is asked for.
import type { Readable, Writable } from 'node:stream';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

type Listener = (params: Record<string, unknown>, sessionId: string | undefined) => void;

export class DevTools {
  private readonly waiting = new Map<number, (message: Message) => void>();
  private readonly listeners: { readonly method: string; readonly listener: Listener }[] = [];
  private last = 0;
  private rest = '';

  /** The child's file descriptors 3 and 4, begun with `--remote-debugging-pipe`. */
  constructor(
    private readonly to: Writable,
    from: Readable,
  ) {
    from.setEncoding('utf8').on('data', (text: string) => this.read(text));
    // The child ends before its pipe is closed here.
    for (const stream of [to, from]) stream.on('error', () => undefined);
  }

  send<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
    const id = (this.last += 1);
    this.to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result as T) : reject(new Error(`${method}: ${error.message}`)),
      );
    });
  }

  on(method: string, listener: Listener): void {
    this.listeners.push({ method, listener });
  }

  private read(text: string): void {
    const messages = (this.rest + text).split('\0');
    this.rest = messages.pop() ?? '';
    for (const each of messages) {
      const message = JSON.parse(each) as Message;
      if (message.id !== undefined) {
        this.waiting.get(message.id)?.(message);
        this.waiting.delete(message.id);
      } else
        for (const { method, listener } of this.listeners)
          if (method === message.method) listener(message.params ?? {}, message.sessionId);
    }
  }
}
