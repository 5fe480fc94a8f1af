// Needs a keychain that is unlocked: `npm test` brings one. Without it these tests fail, they do not skip.
import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseSecretStore } from './chooseSecretStore';
import { keytarStore } from './keytarStore';

describe('the keychain of this computer', () => {
  it('keeps, replaces and forgets a secret, whatever characters it has', async () => {
    const store = keytarStore();
    const account = `test:${randomUUID()}`;
    onTestFinished(() => store.delete(account));
    expect(await store.get(account)).toBeNull();
    for (const secret of ['sk-first', 'zweiter Schlüssel 密钥 🔑 "quoted" \\', 'x'.repeat(2000)]) {
      await store.set(account, secret);
      expect(await store.get(account)).toBe(secret);
      // Another instance stands for the next start of the app.
      expect(await keytarStore().get(account)).toBe(secret);
    }
    await store.delete(account);
    expect(await store.get(account)).toBeNull();
    await store.delete(account);
  });

  it('is chosen, and the probe leaves nothing behind', async () => {
    const { kind, store, trouble } = await chooseSecretStore();
    expect({ kind, trouble }).toEqual({ kind: 'keychain', trouble: null });
    expect(await store.get('probe')).toBeNull();
  });
});
