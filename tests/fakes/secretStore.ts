// A keychain in memory that can be told to refuse or to hang.
import { KeychainUnavailable, type SecretStore } from '../../src/main/keychain/SecretStore';

export interface FakeSecretStore extends SecretStore {
  readonly entries: Map<string, string>;
  /** `fine` to begin with. A hanging keychain never answers. */
  mood: 'fine' | 'refuses' | 'hangs';
}

export function fakeSecretStore(): FakeSecretStore {
  const entries = new Map<string, string>();
  const answer = <T>(work: () => T): Promise<T> => {
    if (store.mood === 'hangs') return new Promise<T>(() => undefined);
    if (store.mood === 'refuses')
      return Promise.reject(new KeychainUnavailable('locked', 'the keychain is locked'));
    return Promise.resolve(work());
  };
  const store: FakeSecretStore = {
    entries,
    mood: 'fine',
    get: (account) => answer(() => entries.get(account) ?? null),
    set: (account, secret) => answer(() => void entries.set(account, secret)),
    delete: (account) => answer(() => void entries.delete(account)),
  };
  return store;
}
