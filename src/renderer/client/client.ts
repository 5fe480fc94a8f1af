// The window's only way to main: asks through the bridge, and throws the AppError that main answered with.
import { AppError } from '@shared/contract/errors';
import type { EventName, Events } from '@shared/contract/events';
import type { RequestInput, RequestName, RequestOutput } from '@shared/contract/requests';

export async function ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
  const envelope = await window.dailies.request(name, input);
  if (envelope.ok) return envelope.value;
  throw AppError.from(envelope.error);
}

export function listen<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void {
  return window.dailies.on(name, listener);
}

/** Where a dropped or picked file lies; empty for one that a page made. */
export function pathForFile(file: File): string {
  return window.dailies.pathForFile(file);
}
