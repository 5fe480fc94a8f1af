// Whether this computer's keychain keeps what it is given.
import type { Check } from './check';

/** Why there is no keychain, as `KeychainTrouble` of the keychain. */
export type Trouble = 'not_built' | 'no_service' | 'locked' | 'timeout' | 'unknown';

/** `probe` writes, reads and deletes a throw-away entry, and answers with what went wrong; null: nothing. */
export function keychainCheck(probe: () => Promise<Trouble | null>): Check {
  return async () => {
    const trouble = await probe();
    return trouble === null
      ? { state: 'ok', finding: 'keychain_ok' }
      : { state: 'look', finding: `keychain_${trouble}` };
  };
}
