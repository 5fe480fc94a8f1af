// Where a file host is: the endpoints of known stores, what is an address, and what a secret belongs to.
import { readBaseUrl } from '@shared/domain/connection';
import { S3_PRESETS, type HostFacts, type S3Preset, type UploaderFacts } from '@shared/domain/host';

export type StoreName = S3Preset['name'];

/** The endpoint of a known store. What is not typed yet stays as its mark, which is no address. */
export function endpointOf(store: StoreName, region: string, account: string): string {
  const typed = (text: string, mark: string): string => (text.trim() === '' ? mark : text.trim());
  return presetOf(store)
    .endpoint.replace('{region}', typed(region, '{region}'))
    .replace('{account}', typed(account, '{account}'));
}

/** Which known store has this endpoint, and for which account. */
export function storeOf(endpoint: string, region: string): { store: StoreName; account: string } {
  for (const { name, endpoint: form } of S3_PRESETS) {
    if (form === '') continue;
    const [before = '', after = ''] = form.replace('{region}', region).split('{account}');
    if (!form.includes('{account}') && endpoint === before) return { store: name, account: '' };
    if (form.includes('{account}') && endpoint.startsWith(before) && endpoint.endsWith(after))
      return { store: name, account: endpoint.slice(before.length, endpoint.length - after.length) };
  }
  return { store: 'other', account: '' };
}

export function usesSecret({ headers }: UploaderFacts): boolean {
  return headers.some(({ value }) => value.includes('{secret}'));
}

export function presetOf(store: StoreName): Pick<S3Preset, 'endpoint' | 'region' | 'pathStyle'> {
  const found = S3_PRESETS.find(({ name }) => name === store);
  return found ?? { endpoint: '', region: '', pathStyle: true };
}

export function isAddress(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text.trim());
    return (protocol === 'https:' || protocol === 'http:') && !/[{}]|%7b/i.test(hostname);
  } catch {
    return false;
  }
}

/** Anyone on the way can read along. Main takes no bucket and no secret over such an address. */
export function isExposed(text: string): boolean {
  const verdict = readBaseUrl(text.split(/[?#]/)[0] ?? '');
  return verdict.ok && verdict.plainHttp;
}

/** What a secret was given to. */
export function placeOf(facts: HostFacts): string {
  if (facts.kind === 's3')
    return [trimmed(facts.endpoint), facts.bucket.trim(), facts.accessKeyId.trim()].join('\n');
  return facts.kind === 'uploader' ? facts.url.trim() : '';
}

export function trimmed(endpoint: string): string {
  return endpoint.trim().replace(/\/+$/, '');
}
