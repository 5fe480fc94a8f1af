// Some systems forbid ordinary users the namespaces that Chromium's sandbox is made of; its helper then needs root.
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './child.mjs';

/** @param {string} name @returns {Promise<string>} */
const kernelSetting = async (name) => (await readFile(`/proc/sys/${name}`, 'utf8').catch(() => '')).trim();

/** @returns {Promise<boolean>} */
async function namespacesAllowed() {
  return (
    (await kernelSetting('kernel/apparmor_restrict_unprivileged_userns')) !== '1' &&
    (await kernelSetting('kernel/unprivileged_userns_clone')) !== '0' &&
    (await kernelSetting('user/max_user_namespaces')) !== '0'
  );
}

/**
 * @param {string} executable the Electron to be started
 * @throws {Error} with the command to run, where it may not be run from here
 */
export async function prepareSandbox(executable) {
  if (process.platform !== 'linux' || (await namespacesAllowed())) return;
  const helper = join(dirname(executable), 'chrome-sandbox');
  const about = await stat(helper);
  if (about.uid === 0 && (about.mode & 0o7777) === 0o4755) return;
  const command = `chown root:root '${helper}' && chmod 4755 '${helper}'`;
  const allowed =
    process.getuid?.() === 0
      ? await run('sh', ['-c', command])
      : await run('sudo', ['-n', 'sh', '-c', command]);
  if (allowed.code !== 0) {
    throw new Error(
      `This system closes Chromium's sandbox to ordinary users. Please run:\n  sudo sh -c "${command}"`,
    );
  }
}
