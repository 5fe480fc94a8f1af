// Where each reference's bytes go when a draft is sent: inside the request, to a host, or nowhere.
import type { DraftReference } from './draft';

/**
 * `inside`: in the request itself. `hosted`: put where the endpoint fetches it. `address`: it is on the web already.
 * `result`: the endpoint's own copy of a clip it made. `nowhere`: it needs a host and there is none.
 */
export type Custody = 'inside' | 'hosted' | 'address' | 'result' | 'nowhere';

export interface CustodySurroundings {
  /** A local file can be put where the endpoint fetches it. */
  readonly canHost: boolean;
  /** The endpoint's address, to know its own results by. */
  readonly baseUrl: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The most that one request may hold. */
  readonly maxBodyBytes: number;
}

/** Left free in the body for the prompt and the parameters. */
const BODY_SPARE_BYTES = 256 * 1024;
/** An endpoint fetches within seconds; an address with less left than this is not relied on. */
const RESULT_SPARE_MS = 10 * 60_000;

/** Bytes that a file adds to the body: its base64. */
export function base64Bytes(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** The custody of each reference, by key. Images and sounds travel inside while they fit; the largest leave first. */
export function custodyOf(
  references: readonly DraftReference[],
  surroundings: CustodySurroundings,
): Map<string, Custody> {
  const custody = new Map<string, Custody>();
  const inside: DraftReference[] = [];
  for (const item of references) {
    const { reference } = item;
    if (reference.url !== undefined) custody.set(item.key, 'address');
    else if (reference.kind !== 'video') inside.push(item);
    else if (isLivingResult(item, surroundings)) custody.set(item.key, 'result');
    else custody.set(item.key, surroundings.canHost ? 'hosted' : 'nowhere');
  }
  let body = inside.reduce((sum, { reference }) => sum + base64Bytes(reference.bytes), 0);
  const most = surroundings.maxBodyBytes - BODY_SPARE_BYTES;
  for (const item of inside.sort((a, b) => b.reference.bytes - a.reference.bytes)) {
    const leaves = body > most && surroundings.canHost;
    if (leaves) body -= base64Bytes(item.reference.bytes);
    custody.set(item.key, leaves ? 'hosted' : 'inside');
  }
  return custody;
}

/** Bytes of base64 inside the request. */
export function insideBytes(
  references: readonly DraftReference[],
  custody: ReadonlyMap<string, Custody>,
): number {
  return references
    .filter(({ key }) => custody.get(key) === 'inside')
    .reduce((sum, { reference }) => sum + base64Bytes(reference.bytes), 0);
}

function isLivingResult({ reference }: DraftReference, { baseUrl, now }: CustodySurroundings): boolean {
  const result = reference.clip?.result;
  return result?.baseUrl === baseUrl && Date.parse(result.until) - RESULT_SPARE_MS > now;
}
