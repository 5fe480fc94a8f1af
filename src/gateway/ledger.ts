// An append-only list of accepted creates, so that a test can count what would have been paid for.
import { readFile } from 'node:fs/promises';
import { appendDurably } from './durableFile';

/** One accepted create. No key and no media stand in it. */
export interface LedgerEntry {
  readonly taskId: string;
  /** Unix milliseconds. */
  readonly at: number;
  /** SHA-256 of the raw request body, hex. */
  readonly bodySha256: string;
  readonly model: string;
  readonly mode: string;
  readonly prompt: string;
  /** SHA-256 of the API key, hex, or null when none was sent. */
  readonly keySha256: string | null;
  readonly safetyIdentifier: string | null;
  readonly references: { readonly image: number; readonly video: number; readonly audio: number };
}

/** The ledger file. Lines are written one after another; a torn last line is passed over. */
export class Ledger {
  private tail: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  /** Resolves once the entry is on the disk. */
  append(entry: LedgerEntry): Promise<void> {
    const written = this.tail.then(() => appendDurably(this.path, JSON.stringify(entry)));
    this.tail = written.catch(() => undefined);
    return written;
  }

  /** Every entry, oldest first. */
  async read(): Promise<LedgerEntry[]> {
    const text = await readFile(this.path, 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as LedgerEntry];
      } catch {
        return [];
      }
    });
  }

  /** Ends a line torn by a crash, then adds the entries that never got there. */
  async repair(known: readonly LedgerEntry[]): Promise<void> {
    const text = await readFile(this.path, 'utf8').catch(() => '');
    if (text !== '' && !text.endsWith('\n')) await appendDurably(this.path, '');
    const written = new Set((await this.read()).map((entry) => entry.taskId));
    for (const entry of known) if (!written.has(entry.taskId)) await this.append(entry);
  }
}
