// Starts the practice gateway in a utility process: packaged apps cannot run as plain Node.
import { utilityProcess } from 'electron';
import type { SpawnGateway } from '../practice/gatewayProcess';

/**
 * `script`: absolute path of the built gateway. Chromium ends a utility process with the app, however the app
 * ends. No `--exit-with-parent`: a utility process has no stdin, and the gateway would take that for the end.
 */
export function spawnGatewayWith(script: string): SpawnGateway {
  return (args, env) => {
    const child = utilityProcess.fork(script, [...args], {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      serviceName: 'Dailies practice gateway',
    });
    return {
      onOutput(listener) {
        child.stdout?.on('data', (chunk: Buffer) => listener(chunk.toString('utf8')));
      },
      onComplaint(listener) {
        child.stderr?.on('data', (chunk: Buffer) => listener(chunk.toString('utf8')));
      },
      onExit(listener) {
        child.once('exit', (code) => listener(code));
      },
      terminate() {
        child.kill();
      },
      kill() {
        // A utility process has no kill of its own that cannot be ignored.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      },
    };
  };
}
