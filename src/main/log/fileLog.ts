// The log on disk: one file in a folder, an older one beside it, and the terminal where there is one.
import { join } from 'node:path';
import electronLog from 'electron-log/node';
import { Logger } from './logger';

const MOST_BYTES = 2 * 1024 * 1024;

/** `folder` is made when needed. `terminal`: also print, for development. */
export function openLog(folder: string, { terminal }: { readonly terminal: boolean }): Logger {
  const target = electronLog.create({ logId: 'dailies' });
  target.transports.file.resolvePathFn = () => join(folder, 'dailies.log');
  target.transports.file.maxSize = MOST_BYTES;
  target.transports.file.level = 'info';
  target.transports.file.format = '{y}-{m}-{d} {h}:{i}:{s}.{ms} {level} {text}';
  target.transports.console.level = terminal ? 'debug' : false;
  // An array keeps electron-log from reading `%s` in a text as a place for a value.
  return new Logger((level, line) => target[level]('%s', line));
}
