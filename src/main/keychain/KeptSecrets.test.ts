import { expect, it } from 'vitest';
import { fakeSecretStore } from '../../../tests/fakes/secretStore';
import { KeptSecrets } from './KeptSecrets';

// Bug: a keychain that was installed or unlocked after the start is used only after a restart.
it('uses a keychain that answers later, and tells those who waited', async () => {
  const secrets = new KeptSecrets({
    secrets: Promise.resolve({ kind: 'memory', store: fakeSecretStore() }),
    registerSecret: () => undefined,
    log: { warn: () => undefined },
  });
  let told = 0;
  secrets.onMissing(() => (told += 1));
  expect(await secrets.kind()).toBe('memory');
  expect(await secrets.set('first', 'held in memory', false)).toBe(false);
  const keychain = fakeSecretStore();
  secrets.found(keychain);
  expect(await secrets.kind()).toBe('keychain');
  expect(told).toBe(2);
  expect(await secrets.set('second', 'kept', false)).toBe(true);
  expect(await keychain.get('second')).toBe('kept');
  expect(await secrets.get('first', false, () => undefined)).toBe('held in memory');
});
