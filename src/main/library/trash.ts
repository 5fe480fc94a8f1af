// Gives a clip's files to the system's trash, so that they come back with everything when they are put back.
import { exists } from '../files/durableFile';

export interface ClipFiles {
  /** Absolute. */
  readonly video: string;
  readonly lastFrame: string | null;
  readonly sidecar: string;
}

/**
 * The video first: when the system refuses it, nothing has happened. What is not there is passed over. Throws what
 * `trashItem` throws.
 */
export async function moveToTrash(
  { video, lastFrame, sidecar }: ClipFiles,
  trashItem: (path: string) => Promise<void>,
): Promise<void> {
  for (const path of [video, lastFrame, sidecar])
    if (path !== null && (await exists(path))) await trashItem(path);
}
