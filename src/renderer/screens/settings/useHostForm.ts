// The facts of a file host being entered. Its secret is not among them.
import { useState } from 'react';
import {
  DEFAULT_LIFE,
  type Host,
  type HostFacts,
  type HostKind,
  type S3Facts,
  type UploaderFacts,
} from '@shared/domain/host';
import {
  endpointOf,
  isAddress,
  isExposed,
  placeOf,
  presetOf,
  storeOf,
  trimmed,
  usesSecret,
  type StoreName,
} from './hostPlace';

export interface HostFields {
  readonly kind: HostKind;
  readonly label: string;
  readonly store: StoreName;
  readonly account: string;
  readonly s3: S3Facts;
  readonly uploader: UploaderFacts;
  readonly lifeSeconds: number;
  readonly removeAfter: boolean;
}

export interface HostForm {
  readonly fields: HostFields;
  /** Null while something is missing or is no address. */
  readonly facts: HostFacts | null;
  /** As given; without one, the bucket or the server's name. */
  readonly name: string;
  readonly needsSecret: boolean;
  /** The saved secret was given to another place. */
  readonly moves: boolean;
  change(change: Partial<HostFields>): void;
  changeS3(change: Partial<S3Facts> & { readonly account?: string }): void;
  changeUploader(change: Partial<UploaderFacts>): void;
  chooseStore(store: StoreName): void;
}

const FIRST_STORE: StoreName = 'aws';

export function useHostForm(saved: Host | null, canTunnel: boolean, tunnelName: string): HostForm {
  const [fields, setFields] = useState(() => fieldsOf(saved));
  const change = (next: Partial<HostFields>): void => setFields((now) => ({ ...now, ...next }));
  const facts = factsOf(fields, canTunnel);
  return {
    fields,
    facts,
    name: fields.label.trim() === '' ? ownName(fields, tunnelName) : fields.label.trim(),
    needsSecret: fields.kind === 's3' || (fields.kind === 'uploader' && usesSecret(fields.uploader)),
    moves:
      saved !== null &&
      saved.secret !== 'none' &&
      saved.secret !== 'not_needed' &&
      placeOf(saved.facts) !== placeOf(fields[keyOf(fields)]),
    change,
    changeS3: ({ account = fields.account, ...next }) => {
      const s3 = { ...fields.s3, ...next };
      // As long as nobody typed an endpoint, it follows region and account.
      const follows = fields.s3.endpoint === endpointOf(fields.store, fields.s3.region, fields.account);
      const endpoint = follows ? endpointOf(fields.store, s3.region, account) : s3.endpoint;
      change({ account, s3: { ...s3, endpoint: next.endpoint ?? endpoint } });
    },
    changeUploader: (next) => change({ uploader: { ...fields.uploader, ...next } }),
    chooseStore: (store) => {
      const { region, pathStyle } = presetOf(store);
      const endpoint = endpointOf(store, region, fields.account);
      change({ store, s3: { ...fields.s3, region, pathStyle, endpoint } });
    },
  };
}

function keyOf({ kind }: HostFields): 's3' | 'uploader' {
  return kind === 'uploader' ? 'uploader' : 's3';
}

function fieldsOf(saved: Host | null): HostFields {
  const { region, pathStyle } = presetOf(FIRST_STORE);
  const endpoint = endpointOf(FIRST_STORE, region, '');
  const empty: HostFields = {
    kind: 's3',
    label: '',
    store: FIRST_STORE,
    account: '',
    s3: { kind: 's3', endpoint, region, bucket: '', prefix: '', pathStyle, accessKeyId: '' },
    uploader: { kind: 'uploader', url: '', method: 'POST', headers: [], field: 'file', answerPath: '' },
    lifeSeconds: DEFAULT_LIFE,
    removeAfter: true,
  };
  if (saved === null) return empty;
  const { label, lifeSeconds, removeAfter, facts } = saved;
  const known = { ...empty, kind: facts.kind, label, lifeSeconds, removeAfter };
  if (facts.kind === 's3') return { ...known, s3: facts, ...storeOf(facts.endpoint, facts.region) };
  return facts.kind === 'uploader' ? { ...known, uploader: facts } : known;
}

function factsOf({ kind, s3, uploader }: HostFields, canTunnel: boolean): HostFacts | null {
  if (kind === 'tunnel') return canTunnel ? { kind } : null;
  if (kind === 'uploader') {
    const headers = uploader.headers.filter(({ name }) => name.trim() !== '');
    const safe = !usesSecret(uploader) || !isExposed(uploader.url);
    return safe && isAddress(uploader.url) ? { ...uploader, headers } : null;
  }
  const prefix = s3.prefix.trim().replace(/^\/+|\/+$/g, '');
  const filled = s3.bucket.trim() !== '' && s3.accessKeyId.trim() !== '';
  const usable = isAddress(s3.endpoint) && !isExposed(s3.endpoint);
  return filled && usable ? { ...s3, endpoint: trimmed(s3.endpoint), prefix } : null;
}

function ownName({ kind, s3, uploader }: HostFields, tunnelName: string): string {
  if (kind === 'tunnel') return tunnelName;
  if (kind === 's3') return s3.bucket.trim();
  return isAddress(uploader.url) ? new URL(uploader.url.trim()).host : '';
}
