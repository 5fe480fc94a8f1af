// Inside the house: a keychain and a display of our own, then the command (docs/adr/0001).
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
if (!command) throw new Error('session.mjs needs a command');

/** @returns {Promise<void>} */
function unlockKeychain() {
  return new Promise((resolve, reject) => {
    const daemon = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets', '--daemonize'], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    daemon.stdin.end('tests\n');
    daemon.once('error', reject);
    daemon.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error('The keychain does not start.')),
    );
  });
}

/** @returns {Promise<{ display: string, close: () => void }>} */
function openDisplay() {
  return new Promise((resolve, reject) => {
    const server = spawn(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    server.once('error', reject);
    server.once('exit', () => reject(new Error('The display does not start.')));
    server.stdio[3]?.once('data', (/** @type {Buffer} */ number) =>
      resolve({ display: `:${number.toString().trim()}`, close: () => server.kill() }),
    );
  });
}

await unlockKeychain();
const { display, close } = await openDisplay();
const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, DISPLAY: display } });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => child.kill(signal));
child.once('error', (error) => {
  console.error(error.message);
  close();
  process.exit(127);
});
child.once('exit', (code) => {
  close();
  process.exit(code ?? 1);
});
