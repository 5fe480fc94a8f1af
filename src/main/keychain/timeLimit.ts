// A keychain can wait for a person, or for ever: nothing of ours waits longer than it says.
import { KeychainUnavailable } from './SecretStore';

/** The work's result, or `KeychainUnavailable('timeout')` after `milliseconds`. The work itself goes on. */
export function withTimeLimit<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new KeychainUnavailable('timeout', `the keychain did not answer in ${milliseconds} ms`)),
      milliseconds,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
