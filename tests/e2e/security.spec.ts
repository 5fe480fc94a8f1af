// What a page in the real window cannot do, whatever script runs in it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type Launched } from './launch';

let run: Launched;
beforeAll(async () => {
  run = await launch();
  await run.window.waitForLoadState();
});
afterAll(() => run.close());

// Bug: a web preference that was loosened "for a moment" ships.
test('the window is sandboxed, isolated and has no Node', async () => {
  const preferences = await run.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const all = (
      window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    ).getLastWebPreferences();
    const names = [
      'sandbox',
      'contextIsolation',
      'nodeIntegration',
      'webSecurity',
      'webviewTag',
      'allowRunningInsecureContent',
    ];
    return Object.fromEntries(names.map((name) => [name, all[name]]));
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
  });
  const globals = await run.window.evaluate(() =>
    ['require', 'process', 'Buffer', 'module'].filter((name) => name in window),
  );
  expect(globals).toEqual([]);
  expect(await run.window.evaluate(() => Object.keys(window.dailies).sort())).toEqual([
    'on',
    'pathForFile',
    'request',
  ]);
});

// Bug: the policy is missing on the page itself, or allows scripts from elsewhere.
test('the page carries its content security policy as a header', async () => {
  const policy = await run.window.evaluate(async () =>
    (await fetch('app://dailies/index.html')).headers.get('content-security-policy'),
  );
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("script-src 'self' 'unsafe");
});

test('inline scripts and handlers do not run', async () => {
  const outcome = await run.window.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.head.append(script);
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.intruder = true');
    button.click();
    return new Promise((resolve) => setTimeout(() => resolve('intruder' in window), 50));
  });
  expect(outcome).toBe(false);
});

// Bug: a leaked picture address or a script can send what it sees to a server.
test('nothing outside the app can be fetched', async () => {
  const outcomes = await run.window.evaluate(async () => {
    const tryFetch = (url: string): Promise<string> =>
      fetch(url).then(
        () => 'answered',
        () => 'refused',
      );
    const image = (url: string): Promise<string> =>
      new Promise((resolve) => {
        const element = new Image();
        element.onload = () => resolve('answered');
        element.onerror = () => resolve('refused');
        element.src = url;
      });
    return Promise.all([
      tryFetch('http://127.0.0.1:9/'),
      tryFetch('https://example.com/'),
      tryFetch('file:///etc/passwd'),
      image('https://example.com/a.png'),
      image('file:///etc/passwd'),
    ]);
  });
  expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused', 'refused']);
});

test('the window goes nowhere and opens nothing', async () => {
  const before = run.window.url();
  expect(await run.window.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
  await run.window.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.com/';
    document.body.append(link);
    link.click();
    link.remove();
    window.location.href = 'https://example.com/';
  });
  await run.window.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  expect(run.window.url()).toBe(before);
  expect(await run.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

// Bug: a page leaves something that runs when the window is closed, holds another page, or saves a file.
test('no worker, no frame, no guest and no download', async () => {
  const outcomes = await run.window.evaluate(async () => {
    const worker = await navigator.serviceWorker.register('/assets/worker.js').then(
      () => 'registered',
      () => 'refused',
    );
    const frame = document.createElement('iframe');
    frame.src = 'app://dailies/index.html';
    const framed = await new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', () => resolve('refused'), { once: true });
      // Refused, it loads an empty page of nobody's, perhaps before the refusal is told.
      frame.addEventListener('load', () => {
        if (frame.contentDocument?.URL.startsWith('app:')) resolve('loaded');
      });
      document.body.append(frame);
    });
    frame.remove();
    const guest = document.createElement('webview');
    document.body.append(guest);
    const hasMethods = 'loadURL' in guest;
    guest.remove();
    return { worker, framed, hasMethods };
  });
  expect(outcomes).toEqual({ worker: 'refused', framed: 'refused', hasMethods: false });
  const ended = run.app.evaluate(
    ({ session }) =>
      new Promise<boolean>((resolve) => {
        session
          .fromPartition('persist:window')
          .once('will-download', (event) => resolve(event.defaultPrevented));
      }),
  );
  await run.window.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x']));
    link.download = 'x.txt';
    link.click();
  });
  expect(await ended).toBe(true);
});

test('no permission is granted', async () => {
  const states = await run.window.evaluate(async () => {
    const ask = async (name: string): Promise<string> =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    const camera = navigator.mediaDevices?.getUserMedia({ video: true }).then(
      () => 'granted',
      () => 'denied',
    );
    return Promise.all([
      ask('geolocation'),
      ask('notifications'),
      ask('camera'),
      ask('microphone'),
      camera ?? 'denied',
    ]);
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
});

// Bug: a request with a strange name or shape reaches inherited members, or throws across the border.
test.each<[unknown, unknown]>([
  ['constructor', {}],
  ['__proto__', {}],
  ['app.info', { more: 1 }],
  ['references.add', { paths: 'not a list' }],
  ['connections.setKey', { id: 'x', key: 'k'.repeat(10_000) }],
  [42, null],
])('request %j is refused', async (name, input) => {
  const answer = await run.window.evaluate(
    ([requestName, requestInput]) =>
      window.dailies.request(requestName as 'app.info', requestInput as Record<string, never>),
    [name, input] as const,
  );
  expect(answer).toMatchObject({ ok: false, error: { code: 'bad_request' } });
});

// Bug: an id that walks out of the library serves any file of this computer.
test.each([
  'clip/../../etc/passwd',
  'clip/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  'poster/nobody',
  'nothing/x',
  'clip/',
])('media/%s is not there', async (path) => {
  const status = await run.window.evaluate(
    (address) =>
      fetch(address).then(
        (answer) => answer.status,
        () => 0,
      ),
    `app://dailies/media/${path}`,
  );
  expect([0, 400, 404]).toContain(status);
});
