import { describe, expect, it } from 'vitest';
import { fakeSecretStore } from '../../../tests/fakes/secretStore';
import { chooseSecretStore } from './chooseSecretStore';
import { keytarStore, type Keytar } from './keytarStore';

describe('chooseSecretStore', () => {
  it('takes a keychain that works and leaves nothing in it', async () => {
    const keychain = fakeSecretStore();
    const chosen = await chooseSecretStore(keychain);
    expect(chosen).toMatchObject({ kind: 'keychain', store: keychain });
    expect(keychain.entries.size).toBe(0);
  });

  it('goes on in memory where the keychain refuses, and says why', async () => {
    const keychain = fakeSecretStore();
    keychain.mood = 'refuses';
    const { kind, store, trouble } = await chooseSecretStore(keychain);
    expect([kind, trouble?.trouble]).toEqual(['memory', 'locked']);
    await store.set('account', 'secret');
    expect(await store.get('account')).toBe('secret');
    expect(keychain.entries.size).toBe(0);
  });

  it('does not wait for a keychain that hangs', async () => {
    const keychain = fakeSecretStore();
    keychain.mood = 'hangs';
    const { kind, trouble } = await chooseSecretStore(keychain, 20);
    expect([kind, trouble?.trouble]).toEqual(['memory', 'timeout']);
  });

  it('does not believe a keychain that forgets at once', async () => {
    const keychain = { ...fakeSecretStore(), get: () => Promise.resolve(null) };
    expect((await chooseSecretStore(keychain)).kind).toBe('memory');
  });
});

describe('keytarStore', () => {
  const broken = (message: string): (() => Promise<Keytar>) => {
    const fail = (): Promise<never> => Promise.reject(new Error(message));
    return () => Promise.resolve({ getPassword: fail, setPassword: fail, deletePassword: fail });
  };

  it.each([
    ["Cannot find module '../build/Release/keytar.node'", 'not_built'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'no_service'],
    ['Could not connect: No such file or directory', 'no_service'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'no_service'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'locked'],
    ['something new', 'unknown'],
  ])('understands: %s', async (message, trouble) => {
    await expect(keytarStore(broken(message)).get('a')).rejects.toMatchObject({
      name: 'KeychainUnavailable',
      trouble,
    });
  });

  it('a native part that cannot be loaded is an unavailable keychain, not a crash', async () => {
    const store = keytarStore(() =>
      Promise.reject(new Error("Cannot find module '../build/Release/keytar.node'")),
    );
    await expect(store.set('a', 'b')).rejects.toMatchObject({ trouble: 'not_built' });
  });

  it('no answer is an unavailable keychain', async () => {
    await expect(keytarStore(() => new Promise(() => undefined), 10).get('a')).rejects.toMatchObject({
      trouble: 'timeout',
    });
  });
});
