// The free tests that connections and file hosts have of their own, for those that are in use.
import type { HostTest, TestResult } from '@shared/contract/requests';
import type { Connection } from '@shared/domain/connection';
import type { Hosts } from '@shared/domain/host';
import type { Check } from './check';

/** The check throws what the connection's test throws. */
export function connectionCheck(
  active: () => Connection | null,
  test: (id: string) => Promise<TestResult>,
): Check {
  return async () => {
    const connection = active();
    if (connection === null) return { state: 'look', finding: 'connection_none' };
    const { verdict, milliseconds } = await test(connection.id);
    const values = { name: connection.label, milliseconds };
    return verdict === 'ok'
      ? { state: 'ok', finding: 'connection_ok', values }
      : { state: 'look', finding: 'connection_untested', values };
  };
}

/** The check throws what the host's test throws. */
export function hostingCheck(hosts: { list(): Promise<Hosts>; test(id: string): Promise<HostTest> }): Check {
  return async () => {
    const { hosts: all, activeId } = await hosts.list();
    const host = all.find(({ id }) => id === activeId);
    if (host === undefined) return { state: 'none', finding: 'hosting_none' };
    const { milliseconds, removed } = await hosts.test(host.id);
    const values = { name: host.label, milliseconds };
    return removed === false
      ? { state: 'look', finding: 'hosting_not_removed', values }
      : { state: 'ok', finding: 'hosting_ok', values };
  };
}
