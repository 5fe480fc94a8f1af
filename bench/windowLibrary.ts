// A library that the real app can open: its database, a file for each clip, and posters and sprites to paint.
import { execFileSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clip } from '@shared/domain/clip';
import { ClipIndex } from '../src/main/library/clipIndex';
import { derivedPath, POSTER_SIDE } from '../src/main/library/derived';
import { fitWithin } from '../src/main/ffmpeg/args';
import { fillLibrary, openLibrary } from './libraryClips';

export interface WindowLibrary {
  readonly userData: string;
  readonly library: string;
  /** For each clip the file behind its poster, absolute, and width over height. */
  readonly posters: readonly { readonly picture: string; readonly ratio: number }[];
}

interface Row {
  readonly id: string;
  readonly record: string;
  readonly relative_path: string;
  readonly content_hash: string;
}

/** Different pictures of each shape; more would not change what a screen full of them costs. */
const PICTURES_OF_A_SHAPE = 4;
/** A file may have 65,000 names on ext4. */
const LINKS = 20_000;

/** Makes it in `folder`: `count` clips, of which one in a hundred is missing. */
export function makeLibrary(folder: string, count: number): WindowLibrary {
  const [userData, library] = [join(folder, 'user-data'), join(folder, 'library')];
  const pictures = join(folder, 'pictures');
  for (const each of [userData, library, pictures]) mkdirSync(each, { recursive: true });
  const database = openLibrary(join(userData, 'dailies.db'));
  // A power cut here would cost nothing.
  database.run('PRAGMA synchronous = OFF');
  fillLibrary(database, new ClipIndex(database), count);
  // As if idle time had read them: otherwise it would begin to.
  database.run(
    `INSERT INTO clip_files (clip_id, content_id, playable, full_hash)
     SELECT id, content_hash, 1, content_hash FROM clips`,
  );
  const rows = database.all<Row>('SELECT id, record, relative_path, content_hash FROM clips ORDER BY id');
  const derived = join(userData, 'derived');
  const video = videos(pictures);
  const poster = posterPictures(pictures);
  const folders = new Set<string>();
  const posters = rows.map(({ record, relative_path, content_hash }, at) => {
    const clip = JSON.parse(record) as Clip;
    const place = join(library, relative_path);
    if (!folders.has(dirname(place))) mkdirSync(dirname(place), { recursive: true });
    folders.add(dirname(place));
    if (!clip.missing) linkSync(video(at), place);
    const path = derivedPath(derived, content_hash, 'poster');
    mkdirSync(dirname(path), { recursive: true });
    const picture = poster(clip, at);
    linkSync(picture, path);
    linkSync(picture, derivedPath(derived, content_hash, 'sprite'));
    return { picture, ratio: clip.width / clip.height };
  });
  database.close();
  return { userData, library, posters };
}

/** A small film with enough names for each clip. */
function videos(folder: string): (at: number) => string {
  const first = join(folder, 'clip.mp4');
  ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=1:r=24', '-pix_fmt', 'yuv420p', first]);
  const made = new Map<number, string>([[0, first]]);
  return (at) => {
    const number = Math.floor(at / LINKS);
    const path = join(folder, `clip-${number}.mp4`);
    if (!made.has(number)) copyFileSync(first, path);
    if (!made.has(number)) made.set(number, path);
    return made.get(number) ?? first;
  };
}

/** Detailed pictures of the size and quality that the app's own posters have. */
function posterPictures(folder: string): (clip: Clip, at: number) => string {
  const made = new Set<string>();
  return (clip, at) => {
    // A little rounded: seven shapes of each model and resolution would be a hundred sizes.
    const { width, height } = fitWithin(clip, POSTER_SIDE);
    const size = `${40 * Math.round(width / 40)}x${40 * Math.round(height / 40)}`;
    const name = `${size}-${Math.floor(at / LINKS)}`;
    if (!made.has(name)) {
      const source = `gradients=s=${size}:n=6:type=radial:speed=1:seed=${made.size + 1}`;
      ffmpeg([
        ...['-f', 'lavfi', '-i', source, '-vf', 'noise=alls=2,setsar=1'],
        ...['-frames:v', String(PICTURES_OF_A_SHAPE), '-c:v', 'libwebp'],
        ...['-quality', '80', '-compression_level', '2', '-f', 'image2', join(folder, `${name}-%d.webp`)],
      ]);
      made.add(name);
    }
    return join(folder, `${name}-${1 + (at % PICTURES_OF_A_SHAPE)}.webp`);
  };
}

function ffmpeg(args: readonly string[]): void {
  execFileSync('ffmpeg', ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', ...args]);
}
