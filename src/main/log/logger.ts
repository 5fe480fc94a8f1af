// The app's one log. Whatever is written passes the mask, so that it cannot print a key or a signed address.
import { inspect } from 'node:util';
import { mask, shapesOf } from './mask';

export const LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type Level = (typeof LEVELS)[number];

/** Where finished lines go. */
export type Write = (level: Level, line: string) => void;

/** More than a screenful of one entry is a body that was logged by mistake. */
const MOST_CHARACTERS = 8000;
/** Shorter values would blank out ordinary words. */
const LEAST_SECRET = 6;

export class Logger {
  private readonly secrets = new Set<string>();

  constructor(private readonly write: Write) {}

  debug(text: string, ...details: unknown[]): void {
    this.log('debug', text, details);
  }

  info(text: string, ...details: unknown[]): void {
    this.log('info', text, details);
  }

  warn(text: string, ...details: unknown[]): void {
    this.log('warn', text, details);
  }

  error(text: string, ...details: unknown[]): void {
    this.log('error', text, details);
  }

  /** From now on this value is masked wherever it appears, also in base64, JSON and addresses. */
  registerSecret(value: string): void {
    const secret = value.trim();
    if (secret.length >= LEAST_SECRET) for (const shape of shapesOf(secret)) this.secrets.add(shape);
  }

  /** The text as it may be written or shown. An arrow: it is handed around. */
  readonly mask = (text: string): string => mask(text, this.secrets);

  private log(level: Level, text: string, details: readonly unknown[]): void {
    try {
      const parts = [text, ...details.map(describe)];
      // First masked, then cut: half a secret would not be known as one.
      const line = this.mask(parts.join(' '));
      this.write(level, line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)} […]` : line);
    } catch {
      // A log that fails must not take its caller down.
    }
  }
}

function describe(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  return inspect(detail, { depth: 4, maxArrayLength: 20, breakLength: 110 });
}
