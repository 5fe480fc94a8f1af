// Errors nobody caught: written down, and the app goes on. Main's facts are on disk before they are acted on.
import type { Logger } from './logger';

export function logUnexpectedErrors(log: Pick<Logger, 'error'>, target: NodeJS.Process = process): void {
  target.on('uncaughtException', (error) => log.error('Uncaught exception', error));
  target.on('unhandledRejection', (reason) => log.error('Unhandled rejection', reason));
}
