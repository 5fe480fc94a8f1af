// Finds ffmpeg and runs it: the only place of the gateway that starts processes.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findFont, type PictureFont } from './fonts';
import { platePainter, plateSize } from './plate';
import { PLATE_FILE, planRender, type RenderPlan } from './render';
import type { Task } from './tasks';

/** The given path, else `FFMPEG_PATH`, else the file of ffmpeg-static where it exists, else `ffmpeg` on PATH. */
export function findFfmpeg(given?: string): string {
  if (given) return given;
  if (process.env.FFMPEG_PATH) return process.env.FFMPEG_PATH;
  try {
    const found: unknown = createRequire(import.meta.url)('ffmpeg-static');
    if (typeof found === 'string') {
      const unpacked = found.replace('app.asar', 'app.asar.unpacked');
      const path = [unpacked, found].find((candidate) => existsSync(candidate));
      if (path !== undefined) return path;
    }
  } catch {
    // Not installed: PATH has to have one.
  }
  return 'ffmpeg';
}

/** Renders tasks with one ffmpeg binary. */
export class Renderer {
  private readonly running = new Set<ChildProcess>();
  private font: Promise<PictureFont | null> | undefined;

  constructor(private readonly ffmpeg: string) {}

  /** Renders into the task's folder; on return the result files are there, whole. Rejects when aborted or failed. */
  async render(task: Task, folder: string, signal: AbortSignal): Promise<void> {
    this.font ??= this.usableFont();
    const font = await this.font;
    try {
      await this.renderPlan(task, folder, planRender(task, font), signal);
    } catch (error) {
      const formats = task.references.map(({ format }) => format);
      const doubtful = ['heic', 'heif', 'webp'].filter((format) => formats.includes(format));
      // Many builds of ffmpeg decode no HEIC and no animated WebP; the practice video is made all the same.
      if (signal.aborted || doubtful.length === 0) throw error;
      await this.renderPlan(task, folder, planRender(task, font, doubtful), signal);
    }
  }

  /** Ends every process at once. */
  killAll(): void {
    for (const child of this.running) child.kill('SIGKILL');
  }

  private async renderPlan(task: Task, folder: string, plan: RenderPlan, signal: AbortSignal): Promise<void> {
    const work = join(folder, `render-${randomBytes(4).toString('hex')}`);
    await mkdir(work, { recursive: true });
    try {
      for (const { name, content } of plan.files) await writeFile(join(work, name), content);
      if (plan.plateFrames > 0) await paintPlate(join(work, PLATE_FILE), task, plan.plateFrames, signal);
      await this.run(plan.args, work, plan.timeLimitMs, signal);
      for (const name of plan.outputs) await moveDurably(join(work, name), join(folder, name));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }

  /** Words are drawn only where there is a font and this ffmpeg has the filter. */
  private async usableFont(): Promise<PictureFont | null> {
    const font = findFont();
    if (font === null) return null;
    try {
      const filters = await this.run(['-hide_banner', '-filters'], undefined, 10_000);
      return /\bdrawtext\b/.test(filters) ? font : null;
    } catch {
      return null;
    }
  }

  private run(
    args: readonly string[],
    cwd: string | undefined,
    limitMs: number,
    signal?: AbortSignal,
  ): Promise<string> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Error('stopped'));
      const child = spawn(this.ffmpeg, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
      this.running.add(child);
      let out = '';
      let complaint = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out = (out + text).slice(-200_000)));
      child.stderr
        .setEncoding('utf8')
        .on('data', (text: string) => (complaint = (complaint + text).slice(-4000)));
      const kill = (): void => void child.kill('SIGKILL');
      const timer = setTimeout(kill, limitMs);
      signal?.addEventListener('abort', kill, { once: true });
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', kill);
        this.running.delete(child);
      };
      child.once('error', (error) => {
        settle();
        reject(error);
      });
      child.once('close', (code) => {
        settle();
        if (code === 0) resolve(out);
        else reject(new Error(`ffmpeg ended with ${code ?? 'a signal'}: ${complaint.trim()}`));
      });
    });
  }
}

async function paintPlate(path: string, task: Task, frames: number, signal: AbortSignal): Promise<void> {
  const { width, height } = plateSize(task.width, task.height);
  const paint = platePainter(task.seed, width, height, frames);
  const handle = await open(path, 'w');
  try {
    // Awaiting each frame leaves room for requests in between.
    for (let n = 0; n < frames; n += 1) {
      if (signal.aborted) throw new Error('stopped');
      await handle.writeFile(paint(n));
    }
  } finally {
    await handle.close();
  }
}

async function moveDurably(from: string, to: string): Promise<void> {
  const handle = await open(from, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(from, to);
}
