// Handlers that do nothing but remember who was called with what.
import { inputs, type RequestName } from '../../src/shared/contract/requests';
import type { Handlers } from '../../src/main/ipc/handler';

export interface Recorded {
  readonly handlers: Handlers;
  readonly calls: { name: string; input: unknown }[];
}

/** `answers`: what a route answers with; null where nothing is given. Functions are called and may throw. */
export function recordingHandlers(answers: Partial<Record<RequestName, unknown>> = {}): Recorded {
  const calls: Recorded['calls'] = [];
  const entries = Object.keys(inputs).map((name) => {
    const handler = (input: unknown): unknown => {
      calls.push({ name, input });
      const answer = answers[name as RequestName] ?? null;
      return typeof answer === 'function' ? (answer as () => unknown)() : answer;
    };
    return [name, handler];
  });
  return { handlers: Object.fromEntries(entries) as Handlers, calls };
}
