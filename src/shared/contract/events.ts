// Everything main may announce to the window: types only, they come from the trusted side.
import type { Clip, Collection, Work } from '../domain/clip';
import type { CommandId } from '../domain/commands';
import type { Connection } from '../domain/connection';
import type { Generation, GenerationProgress, StrangerTask } from '../domain/generation';
import type { Hosts, Upload } from '../domain/host';
import type { Spend } from '../domain/spend';
import type { Settings } from '../domain/settings';

export interface Events {
  /** Files were opened with Dailies: `app.takeOpened` gives them. */
  'app.opened': null;
  'generation.changed': Generation;
  /** The record was dismissed by the person. */
  'generation.removed': { id: string };
  /** At most a few times a second per generation. */
  'generation.progress': GenerationProgress;
  /** A repair or a preview at work: 0 to 1, null where it is not known. At most a few times a second. */
  'reference.progress': { id: string; done: number | null };
  'hosts.changed': Hosts;
  'uploads.changed': { uploads: Upload[] };
  /** Something in the library changed; orders of another version are old. At most a few times a second. */
  'library.changed': { version: number; canUndo: boolean; canRedo: boolean };
  /** The library's folder went away or came back: `library.location` tells. */
  'library.folderChanged': null;
  'collections.changed': { collections: Collection[] };
  'work.changed': { works: Work[] };
  'clip.changed': Clip;
  /** More than are sent one by one: whoever keeps records of clips asks for them anew. */
  'clips.changed': null;
  'clip.removed': { id: string };
  'connections.changed': { connections: Connection[] };
  'settings.changed': Settings;
  /** Finished tasks of the provider's that this computer does not know. */
  'strangers.changed': { strangers: StrangerTask[] };
  'spend.changed': Spend;
  /** Whether this computer has a network at all. */
  'network.changed': { online: boolean };
  /** Chosen in the native menu. */
  'app.command': { id: CommandId };
}
export type EventName = keyof Events;

/** The two channels between window and main. */
export const REQUEST_CHANNEL = 'dailies:request';
export const EVENT_CHANNEL = 'dailies:event';
