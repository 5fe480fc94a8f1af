// Pages outside the app, opened by name in the system's browser.
import type { LinkName } from '@shared/contract/requests';
import { ask } from '../client/client';

export type { LinkName };

export async function openLink(name: LinkName): Promise<void> {
  await ask('system.openLink', { name });
}
