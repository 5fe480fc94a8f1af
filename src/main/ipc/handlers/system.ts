// system.*: what reaches outside the app, by name only.
import type { LinkName } from '@shared/contract/requests';
import type { HandlersOf } from '../handler';

export interface LinkOpener {
  openLink(name: LinkName): Promise<void>;
}

export function systemHandlers(opener: LinkOpener): HandlersOf<'system'> {
  return {
    'system.openLink': async ({ name }) => {
      await opener.openLink(name);
      return null;
    },
  };
}
