// The thread that reads through the whole database: half a gigabyte takes seconds, in which nothing else would answer.
import { parentPort, workerData } from 'node:worker_threads';
import Libsql from 'libsql';

/** One finding is enough to know. */
function isWhole(path: string): boolean {
  const connection = new Libsql(path);
  try {
    connection.exec('PRAGMA busy_timeout = 2000; PRAGMA query_only = ON;');
    const row = connection.prepare('PRAGMA quick_check(1)').get() as { quick_check?: string } | undefined;
    return row?.quick_check === 'ok';
  } catch (error) {
    if (error instanceof Error && /malformed|corrupt|not a database/i.test(error.message)) return false;
    throw error;
  } finally {
    connection.close();
  }
}

parentPort?.postMessage(isWhole(workerData as string));
