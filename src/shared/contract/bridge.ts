// What the preload puts on `window.dailies`: ask, listen, and the path of a dropped file. Nothing else.
import type { Envelope } from './errors';
import type { EventName, Events } from './events';
import type { RequestInput, RequestName, RequestOutput } from './requests';

export interface Bridge {
  /** Asks main. Never rejects: failures come in the envelope. */
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Envelope<RequestOutput<N>>>;
  /** Listens to an event. Returns the function that stops listening. */
  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void;
  /** The path of a file that was dropped or picked; empty for one that was made by a page. */
  pathForFile(file: File): string;
}
