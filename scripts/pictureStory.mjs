// A moving picture out of photographs of the window, each with the time it is shown.
import { mkdirSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './child.mjs';

/** Pixels; wide enough to read, narrow enough for a page of text. */
const WIDTH = 960;
/** What a page may load, bytes. */
const MOST_BYTES = 3_000_000;

export class Story {
  /** @type {{ name: string, seconds: number }[]} */
  #frames = [];

  /** @param {import('playwright-core').Page} page @param {string} folder for its photographs */
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  get seconds() {
    return this.#frames.reduce((sum, { seconds }) => sum + seconds, 0);
  }

  /** The window as it is now, for so long. @param {number} seconds */
  async hold(seconds) {
    const name = `${String(this.#frames.length).padStart(4, '0')}.png`;
    await this.page.screenshot({ path: join(this.folder, name) });
    this.#frames.push({ name, seconds });
  }

  /** @param {string} path an animated WebP */
  async write(path) {
    const list = join(this.folder, 'frames.txt');
    const last = this.#frames.at(-1);
    const lines = this.#frames.map(({ name, seconds }) => `file ${name}\nduration ${seconds}`);
    await writeFile(list, `ffconcat version 1.0\n${lines.join('\n')}\nfile ${last?.name}\n`);
    for (const quality of [85, 70, 55]) {
      const { code, output } = await run('ffmpeg', [
        ...[
          '-nostdin',
          '-v',
          'error',
          '-y',
          '-f',
          'concat',
          '-i',
          list,
          '-vf',
          `scale=${WIDTH}:-2:flags=lanczos`,
        ],
        ...[
          '-fps_mode',
          'vfr',
          '-c:v',
          'libwebp_anim',
          '-quality',
          String(quality),
          '-compression_level',
          '4',
        ],
        ...['-loop', '0', path],
      ]);
      if (code !== 0) throw new Error(output);
      if ((await stat(path)).size <= MOST_BYTES) return;
    }
    throw new Error(`${path} is larger than a page may load.`);
  }
}
