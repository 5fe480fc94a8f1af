// Ends a program that was started here, with everything it has started itself.
import { spawn, type ChildProcess } from 'node:child_process';

/** The child must have been spawned `detached` (not on Windows): then its group is the whole tree. */
export function killTree(child: ChildProcess, how: 'SIGTERM' | 'SIGKILL'): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    // Nothing on Windows ends a tree gently: a file it was writing is removed by us.
    if (child.exitCode === null)
      spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true }).on('error', () =>
        child.kill(),
      );
    return;
  }
  try {
    process.kill(-pid, how);
  } catch {
    // The group is empty: everything has ended.
  }
}
