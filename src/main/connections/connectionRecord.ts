// What is stored of a connection. Never the key: only where it is kept, and whether there is one.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PRESET_NAMES, readBaseUrl } from '@shared/domain/connection';
import { ownPrices } from './ownPrices';

const connectionRecord = z.object({
  id: z.string().min(1).max(100),
  preset: z.enum(PRESET_NAMES).exclude(['practice']),
  label: z.string().min(1).max(80),
  /** Normalized by `readBaseUrl`. */
  baseUrl: z
    .string()
    .max(2000)
    .transform((text, context) => {
      const verdict = readBaseUrl(text);
      if (verdict.ok) return verdict.url;
      context.addIssue({ code: 'custom', message: 'not an address' });
      return z.NEVER;
    }),
  /** Only true is consent. */
  plainHttpAccepted: z.boolean().catch(false),
  /** A key for this very address lies in the keychain. */
  keyInKeychain: z.boolean().catch(false),
  /** Prices the person entered, in place of the vendor's list. */
  ownPrices,
});
export type ConnectionRecord = z.infer<typeof connectionRecord>;

/** Reads what was stored, whatever it is: records that make no sense are left out, the others stay. */
export function readConnectionRecords(stored: unknown): ConnectionRecord[] {
  const list = z.object({ records: z.array(z.unknown()) }).safeParse(stored);
  if (!list.success) return [];
  const records = new Map<string, ConnectionRecord>();
  for (const item of list.data.records) {
    const parsed = connectionRecord.safeParse(item);
    if (parsed.success && !records.has(parsed.data.id)) records.set(parsed.data.id, parsed.data);
  }
  return [...records.values()];
}

export function writeConnectionRecords(records: readonly ConnectionRecord[]): unknown {
  return { version: 1, records };
}

/**
 * The name of the key's entry. It contains the address, so that a key can never be found for another one,
 * whatever happens to the settings file.
 */
export function secretAccount(id: string, baseUrl: string): string {
  const address = createHash('sha256').update(baseUrl).digest('hex').slice(0, 16);
  return `connection:${id}:${address}`;
}
