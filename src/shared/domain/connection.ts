// Connections: an endpoint and its API key. The key belongs to the endpoint.
import type { Currency, Pricing, UnitPrice } from './cost';
import type { ModelSpec } from './models';

export const PRESET_NAMES = ['practice', 'seed_gateway', 'volcengine', 'byteplus', 'custom'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export interface Preset {
  readonly name: PresetName;
  readonly label: string;
  /** Empty where the person must give one, and for the practice gateway, whose port changes. */
  readonly baseUrl: string;
  /** Null: nothing is charged. */
  readonly currency: Currency | null;
}

export const PRESETS: Record<PresetName, Preset> = {
  practice: { name: 'practice', label: 'Practice gateway', baseUrl: '', currency: null },
  seed_gateway: {
    name: 'seed_gateway',
    label: 'Gateway',
    baseUrl: 'http://45.32.108.182:15555/api/v3',
    currency: 'CNY',
  },
  volcengine: {
    name: 'volcengine',
    label: 'Volcengine Ark',
    baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
    currency: 'CNY',
  },
  byteplus: {
    name: 'byteplus',
    label: 'BytePlus ModelArk',
    baseUrl: 'https://ark.ap-southeast.bytepluses.com/api/v3',
    currency: 'USD',
  },
  custom: { name: 'custom', label: 'Custom', baseUrl: '', currency: 'CNY' },
};

export type KeyState = 'none' | 'keychain' | 'memory' | 'not_needed';

/** What the window knows of a connection. The key itself is never in it. */
export interface Connection {
  readonly id: string;
  readonly preset: PresetName;
  readonly label: string;
  readonly baseUrl: string;
  readonly currency: Currency | null;
  /** Per million tokens: the vendor's list, with what the person entered in its place. Empty for practice. */
  readonly prices: readonly UnitPrice[];
  readonly key: KeyState;
  /** The person read that a plain http address exposes the key, and accepted it. */
  readonly plainHttpAccepted: boolean;
  /** Local videos can be put where this endpoint fetches them. */
  readonly canHostVideo: boolean;
}

/** What a connection charges, for `estimateCost`. */
export function pricingOf(connection: Pick<Connection, 'currency' | 'prices'>): Pricing | null {
  return connection.currency === null ? null : { currency: connection.currency, prices: connection.prices };
}

/** The id an endpoint uses for a listed model. */
export function modelIdFor(preset: PresetName, model: ModelSpec): string {
  return preset === 'byteplus' ? model.bytePlusId : model.id;
}

export type BaseUrlVerdict =
  { readonly ok: true; readonly url: string; readonly plainHttp: boolean } | { readonly ok: false };

/**
 * Reads a base URL as a person types it: trims, drops trailing slashes and a pasted task path. Only http(s),
 * without credentials, query or fragment. `plainHttp` is true where a key would travel unencrypted off this
 * machine.
 */
export function readBaseUrl(text: string): BaseUrlVerdict {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return { ok: false };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { ok: false };
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return { ok: false };
  const path = url.pathname.replace(/\/+$/, '').replace(/\/contents\/generations\/tasks$/, '');
  return {
    ok: true,
    url: `${url.origin}${path}`,
    plainHttp: url.protocol === 'http:' && !isLoopback(url.hostname),
  };
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
