// Where secrets are kept: three methods, so that the library behind it is one file to replace.

/** All three may reject with `KeychainUnavailable`. `account` names one secret and is no secret itself. */
export interface SecretStore {
  /** Null when there is none under this name. */
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  /** Deleting what is not there is fine. */
  delete(account: string): Promise<void>;
}

export type KeychainTrouble = 'not_built' | 'no_service' | 'locked' | 'timeout' | 'unknown';

/** The computer's keychain does not answer. The message never holds a secret. */
export class KeychainUnavailable extends Error {
  override readonly name = 'KeychainUnavailable';
  readonly trouble: KeychainTrouble;

  constructor(trouble: KeychainTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.trouble = trouble;
  }
}
