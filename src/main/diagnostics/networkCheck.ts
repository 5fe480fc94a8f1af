// Whether the host of the connection in use has a name that is known, and takes a line. Nothing is sent to it.
import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type { Connection } from '@shared/domain/connection';
import type { CheckFact } from '@shared/domain/diagnostics';
import type { Check, Found } from './check';

/** `active`: the connection in use; null where none is chosen. */
export function networkCheck(active: () => Connection | null): Check {
  return async (signal) => {
    const connection = active();
    if (connection === null) return { state: 'none', finding: 'network_no_connection' };
    // It runs on this computer.
    if (connection.preset === 'practice') return { state: 'none', finding: 'network_practice' };
    return tryHost(new URL(connection.baseUrl), signal);
  };
}

async function tryHost(url: URL, signal: AbortSignal): Promise<Found> {
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (secure ? 443 : 80));
  const facts: CheckFact[] = [{ name: 'host', value: `${host}:${port}` }];
  const values = { host };
  const began = performance.now();
  try {
    facts.push({ name: 'address', value: (await lookup(host)).address });
  } catch {
    return { state: 'failed', finding: 'network_no_name', values, facts };
  }
  try {
    const protocol = await openLine(host, port, secure, signal);
    if (protocol !== null) facts.push({ name: 'protocol', value: protocol });
  } catch (error) {
    signal.throwIfAborted();
    return {
      state: 'failed',
      finding: isTrustError(error) ? 'network_certificate' : 'network_no_answer',
      values,
      facts,
    };
  }
  const milliseconds = Math.round(performance.now() - began);
  facts.push({ name: 'milliseconds', value: milliseconds });
  return { state: 'ok', finding: 'network_ok', values: { host, milliseconds }, facts };
}

/** Opens a line and closes it again. The version of TLS, or null without. */
function openLine(host: string, port: number, secure: boolean, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket: Socket = secure
      ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) })
      : connect({ host, port });
    const end = (): void => void socket.destroy(new Error('stopped'));
    signal.addEventListener('abort', end, { once: true });
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      const protocol = socket instanceof TLSSocket ? socket.getProtocol() : null;
      signal.removeEventListener('abort', end);
      socket.destroy();
      resolve(protocol);
    });
    socket.once('error', (error) => {
      signal.removeEventListener('abort', end);
      reject(error);
    });
  });
}

/** Also a host that does not speak TLS at all. */
function isTrustError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /CERT|SSL|TLS|EPROTO|ALTNAME|UNABLE_TO|SELF_SIGNED/.test(code);
}
