// Looks a request up, checks its input, runs its handler and wraps what comes of it. Never throws.
import { toUSVString } from 'node:util';
import { AppError, type Envelope, type ErrorRecord } from '@shared/contract/errors';
import { inputs, type RequestName } from '@shared/contract/requests';
import type { Caller, Handlers } from './handler';

export type Route = (caller: Caller, name: unknown, input: unknown) => Promise<Envelope<unknown>>;

export interface RouterLog {
  /** Removes keys and signatures from a text that will be shown or written. */
  readonly mask: (text: string) => string;
  warn(text: string, ...details: unknown[]): void;
  error(text: string, ...details: unknown[]): void;
}

/**
 * The one way from a window to main. The answer is always an envelope: `bad_request` for an unknown name or
 * input that does not fit the contract, the record of an `AppError`, and `internal` for anything else.
 */
export function createRouter(handlers: Handlers, log: RouterLog): Route {
  return async (caller, name, input) => {
    try {
      if (!isRoute(name)) {
        log.warn('Unknown request');
        return refusal('bad_request', 'unknown request');
      }
      const parsed = inputs[name].safeParse(input);
      if (!parsed.success) {
        const message = describeIssues(parsed.error.issues);
        log.warn(`Request ${name} refused: ${message}`);
        return refusal('bad_request', message);
      }
      const handler = handlers[name] as (input: unknown, caller: Caller) => unknown;
      return { ok: true, value: await handler(wellFormed(parsed.data), caller) };
    } catch (error) {
      return { ok: false, error: toRecord(error, String(name), log) };
    }
  };
}

/** Half a surrogate pair is no character: the database's text functions break on it. Replaced by U+FFFD. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return toUSVString(value);
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wellFormed(inner)]));
}

function isRoute(name: unknown): name is RequestName {
  // Own properties only: `constructor` and its kin are found on every object.
  return typeof name === 'string' && Object.hasOwn(inputs, name);
}

function refusal(code: ErrorRecord['code'], message: string): Envelope<never> {
  return { ok: false, error: { code, message, detail: {} } };
}

/** Where the input does not fit, never what it holds: an input may be a key, or a giant. */
function describeIssues(issues: readonly { code?: string; path: readonly PropertyKey[] }[]): string {
  const shown = issues.slice(0, 5).map(({ code, path }) => {
    const place = path.map((part) => String(part).slice(0, 40)).join('.');
    return `${place === '' ? 'input' : place}: ${code ?? 'invalid'}`;
  });
  return shown.join('; ');
}

function toRecord(error: unknown, name: string, log: RouterLog): ErrorRecord {
  if (error instanceof AppError) {
    log.warn(`Request ${name} ended with ${error.code}: ${error.message}`);
    return maskRecord(error.toRecord(), log.mask);
  }
  log.error(`Request ${name} failed`, error);
  return { code: 'internal', message: log.mask(messageOf(error)).slice(0, 500), detail: {} };
}

function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    // An object without a usable toString was thrown.
    return 'unknown error';
  }
}

/** The same record without keys and signatures; plain data, so that it survives the way to the window. */
export function maskRecord(record: ErrorRecord, mask: (text: string) => string): ErrorRecord {
  const detail = Object.fromEntries(
    Object.entries(record.detail).map(([key, value]: [string, unknown]) => [key, maskValue(value, mask)]),
  );
  return { code: record.code, message: mask(record.message), detail };
}

function maskValue(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [key, maskValue(inner, mask)]),
  );
}
