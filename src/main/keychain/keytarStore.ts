// The operating system's keychain through keytar: Keychain, Credential Manager, Secret Service.
import { KeychainUnavailable, type KeychainTrouble, type SecretStore } from './SecretStore';
import { withTimeLimit } from './timeLimit';

export const KEYCHAIN_SERVICE = 'Dailies';
/** Long enough for a person to unlock the keychain when the system asks. */
const LIMIT_MS = 60_000;

/** What is used of keytar. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** Loaded at the first use: the native part may be missing, and then the app still starts. */
async function loadKeytar(): Promise<Keytar> {
  const loaded = (await import('keytar')) as unknown as Keytar & { readonly default?: Keytar };
  return loaded.default ?? loaded;
}

/** Rejects with `KeychainUnavailable` when the native part is missing or the system's keychain refuses. */
export function keytarStore(
  load: () => Promise<Keytar> = loadKeytar,
  limitMs: number = LIMIT_MS,
): SecretStore {
  let loading: Promise<Keytar> | null = null;
  const use = async <T>(work: (keytar: Keytar) => Promise<T>): Promise<T> => {
    try {
      return await withTimeLimit((loading ??= load()).then(work), limitMs);
    } catch (error) {
      throw asUnavailable(error);
    }
  };
  return {
    get: (account) => use((keytar) => keytar.getPassword(KEYCHAIN_SERVICE, account)),
    set: (account, secret) => use((keytar) => keytar.setPassword(KEYCHAIN_SERVICE, account, secret)),
    delete: (account) => use(async (keytar) => void (await keytar.deletePassword(KEYCHAIN_SERVICE, account))),
  };
}

function asUnavailable(error: unknown): KeychainUnavailable {
  if (error instanceof KeychainUnavailable) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new KeychainUnavailable(troubleOf(message), message);
}

/** keytar's errors carry no code: these are the words seen on Linux; elsewhere they stay `unknown`. */
function troubleOf(message: string): KeychainTrouble {
  if (/cannot find module|was compiled against|invalid ELF|dlopen/i.test(message)) return 'not_built';
  if (/D-Bus|could not connect|not provided by any \.service/i.test(message)) return 'no_service';
  if (/does not exist at path|locked|dismissed|cancel/i.test(message)) return 'locked';
  return 'unknown';
}
