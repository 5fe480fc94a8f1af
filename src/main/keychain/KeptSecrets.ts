// Secrets by account: in the keychain where it takes them, else in memory for this run. Which, is always known.
import type { ChosenSecretStore } from './chooseSecretStore';
import type { SecretStore } from './SecretStore';

export interface KeptSecretsOptions {
  /** Where secrets live; known once the keychain has answered or given up. */
  readonly secrets: Promise<Pick<ChosenSecretStore, 'kind' | 'store'>>;
  /** Told of every secret that is read, so that no log shows it. */
  readonly registerSecret: (secret: string) => void;
  readonly log: { warn(text: string, ...details: unknown[]): void };
}

/** `inKeychain` is what the caller's record says: that a secret for this very account was put there. */
export class KeptSecrets {
  /** Accounts whose secret is held in memory for this run. */
  private readonly session = new Map<string, string>();
  private keychain: SecretStore | null = null;
  /** Optimistic until the keychain has answered: the records know where secrets were put. */
  private keychainAnswers = true;
  private readonly listeners = new Set<() => void>();
  private readonly decided: Promise<void>;

  constructor(private readonly options: KeptSecretsOptions) {
    this.decided = options.secrets.then(({ kind, store }) => {
      if (kind === 'keychain') this.keychain = store;
      this.keychainAnswers = kind === 'keychain';
    });
  }

  /** Where secrets are kept in this run, as known now. */
  kind(): Promise<ChosenSecretStore['kind']> {
    return this.decided.then(() => (this.keychainAnswers ? 'keychain' : 'memory'));
  }

  /** A keychain answers after all: from now on it is used. What is held in memory stays there until the end. */
  found(keychain: SecretStore): void {
    if (this.keychain !== null) return;
    this.keychain = keychain;
    this.keychainAnswers = true;
    for (const told of this.listeners) told();
  }

  /**
   * Calls `told` when it turns out that there is no keychain: what records say is in it cannot be had now. And again
   * when there is one after all.
   */
  onMissing(told: () => void): void {
    this.listeners.add(told);
    void this.decided.then(() => {
      if (!this.keychainAnswers) told();
    });
  }

  state(account: string, inKeychain: boolean): 'none' | 'keychain' | 'memory' {
    if (this.session.has(account)) return 'memory';
    return inKeychain && this.keychainAnswers ? 'keychain' : 'none';
  }

  /** Null where there is none; `lost` is called when the keychain no longer has what the record says. */
  async get(account: string, inKeychain: boolean, lost: () => void): Promise<string | null> {
    await this.decided;
    const held = this.session.get(account);
    if (held !== undefined) return held;
    if (!inKeychain || this.keychain === null) return null;
    try {
      const secret = await this.keychain.get(account);
      if (secret !== null) this.options.registerSecret(secret);
      else lost();
      return secret;
    } catch (error) {
      this.options.log.warn('The keychain did not give a secret', error);
      return null;
    }
  }

  /** True when the keychain has it now; else it is in memory. */
  async set(account: string, secret: string, inKeychain: boolean): Promise<boolean> {
    const kept = await this.putIntoKeychain(account, secret);
    if (kept) this.session.delete(account);
    else this.session.set(account, secret);
    // An old secret in the keychain must not come back at the next start.
    if (!kept && inKeychain) await this.deleteFromKeychain(account);
    return kept;
  }

  async delete(account: string, inKeychain: boolean): Promise<void> {
    this.session.delete(account);
    if (inKeychain) await this.deleteFromKeychain(account);
  }

  private async putIntoKeychain(account: string, secret: string): Promise<boolean> {
    await this.decided;
    if (this.keychain === null) return false;
    try {
      await this.keychain.set(account, secret);
      return true;
    } catch (error) {
      this.options.log.warn('The keychain did not take a secret', error);
      return false;
    }
  }

  private async deleteFromKeychain(account: string): Promise<void> {
    await this.decided;
    try {
      await this.keychain?.delete(account);
    } catch (error) {
      // Nothing will ask for it again: its name holds an id and an address that are gone.
      this.options.log.warn('The keychain did not delete a secret', error);
    }
  }
}
