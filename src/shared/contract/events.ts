// Everything main may announce to the window: types only, they come from the trusted side.
import type { Clip } from '../domain/clip';
import type { Connection } from '../domain/connection';
import type { Generation, GenerationProgress } from '../domain/generation';
import type { Settings } from '../domain/settings';

export interface Events {
  'generation.changed': Generation;
  /** The record was dismissed by the person. */
  'generation.removed': { id: string };
  /** At most a few times a second per generation. */
  'generation.progress': GenerationProgress;
  'clip.changed': Clip;
  'clip.removed': { id: string };
  'connections.changed': { connections: Connection[] };
  'settings.changed': Settings;
}
export type EventName = keyof Events;

/** The two channels between window and main. */
export const REQUEST_CHANNEL = 'dailies:request';
export const EVENT_CHANNEL = 'dailies:event';
