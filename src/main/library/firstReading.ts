// The first look into a clip's file: what tells it again, and whether the window can play it.
import { headOf } from '../files/durableFile';
import { probe } from '../ffmpeg/probe';
import type { Ffmpeg } from '../ffmpeg/run';
import { sniffFilm, SNIFF_BYTES } from '../ffmpeg/sniff';
import type { ClipPort } from './clipPort';
import { contentIdOf } from './contentId';
import type { FiledClip, FileStore } from './fileStore';
import { isPlayable } from './proxies';

export interface FirstReadingOptions {
  readonly store: FileStore;
  readonly clips: Pick<ClipPort, 'makePictures'>;
  readonly ffmpeg: Ffmpeg;
}

/** Records both; what the window cannot play gets a copy that it can. Throws what the file system throws. */
export async function readFirst({ clip, path }: FiledClip, options: FirstReadingOptions): Promise<void> {
  const { store, clips, ffmpeg } = options;
  const format = sniffFilm(await headOf(path, SNIFF_BYTES));
  const { id } = await contentIdOf(path);
  const facts = format === null ? null : await probe({ path, format }, ffmpeg).catch(() => null);
  const playable = format === null || facts === null ? null : isPlayable(format, facts);
  store.setContent(clip.id, id, playable);
  if (playable === false) clips.makePictures(clip.id, true);
}
