// Finds out once whether this computer's keychain works, and says where keys will live in this run.
import { randomUUID } from 'node:crypto';
import { keytarStore } from './keytarStore';
import { KeychainUnavailable, type SecretStore } from './SecretStore';
import { sessionOnlyStore } from './sessionOnlyStore';
import { withTimeLimit } from './timeLimit';

export interface ChosenSecretStore {
  readonly kind: 'keychain' | 'memory';
  readonly store: SecretStore;
  /** Why there is no keychain; null where there is one. */
  readonly trouble: KeychainUnavailable | null;
}

/** A locked keychain asks the person for its password first. */
const PROBE_LIMIT_MS = 20_000;

/** Never rejects. Writes, reads and deletes a probe: a keychain that was never unlocked only fails at writing. */
export async function chooseSecretStore(
  keychain: SecretStore = keytarStore(),
  limitMs: number = PROBE_LIMIT_MS,
): Promise<ChosenSecretStore> {
  try {
    await withTimeLimit(probe(keychain), limitMs);
    return { kind: 'keychain', store: keychain, trouble: null };
  } catch (error) {
    const trouble =
      error instanceof KeychainUnavailable ? error : new KeychainUnavailable('unknown', String(error));
    return { kind: 'memory', store: sessionOnlyStore(), trouble };
  }
}

async function probe(keychain: SecretStore): Promise<void> {
  // A name of this process's own: another Dailies that starts at the same moment clears only its own away.
  const account = `probe-${process.pid}`;
  const word = randomUUID();
  await keychain.set(account, word);
  if ((await keychain.get(account)) !== word)
    throw new KeychainUnavailable('unknown', 'the keychain forgot what it was given');
  await keychain.delete(account);
}
