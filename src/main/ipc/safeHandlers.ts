// What the window may ask when the services could not be built: very little; the rest answers with the reason.
import type { AppError } from '@shared/contract/errors';
import { inputs } from '@shared/contract/requests';
import type { Handlers } from './handler';

/** `answered` works as always; every other route throws `trouble`. */
export function safeHandlers(answered: Partial<Handlers>, trouble: AppError): Handlers {
  const refuse = (): never => {
    throw trouble;
  };
  const refusing = Object.fromEntries(Object.keys(inputs).map((name) => [name, refuse]));
  return { ...(refusing as unknown as Handlers), ...answered };
}
