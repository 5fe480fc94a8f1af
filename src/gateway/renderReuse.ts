// Lets tests have many results for the price of one render: the same picture again, with bytes of its own.
import { createHash, randomBytes } from 'node:crypto';
import { appendFile, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RESULT_LAST_FRAME, RESULT_VIDEO, type Task } from './tasks';

export type Render = (task: Task, folder: string, signal: AbortSignal) => Promise<void>;

interface RenderReuseOptions {
  readonly render: Render;
  readonly isOn: () => boolean;
  /** Where finished renders are kept to be copied from; it survives a restart. */
  readonly folder: string;
}

/**
 * Renders, or copies a finished render of the same size and length. A copy shows the words of another task, so it
 * is for tests alone; its last box holds the task's own id, so no two results have the same bytes.
 */
export function reusingRender({ render, isOn, folder: kept }: RenderReuseOptions): Render {
  return async (task, folder, signal) => {
    if (!isOn() || task.references.length > 0) return render(task, folder, signal);
    const names = task.returnLastFrame ? [RESULT_VIDEO, RESULT_LAST_FRAME] : [RESULT_VIDEO];
    const source = join(kept, shapeOf(task));
    if (!(await copyAll(names, source, folder, task.id))) {
      await render(task, folder, signal);
      await keep(names, folder, source);
    }
  };
}

/** All that decides what a render looks like but its words and colours. */
function shapeOf({ width, height, totalFrames, generateAudio, watermark, returnLastFrame }: Task): string {
  const facts = [width, height, totalFrames, generateAudio, watermark, returnLastFrame];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
}

async function copyAll(names: readonly string[], from: string, to: string, id: string): Promise<boolean> {
  const work = join(to, `render-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(work);
    for (const name of names) await copyFile(join(from, name), join(work, name));
    await appendFile(join(work, RESULT_VIDEO), freeBox(id));
    for (const name of names) await rename(join(work, name), join(to, name));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A copy that cannot be kept costs the next task a render, no more. */
async function keep(names: readonly string[], from: string, to: string): Promise<void> {
  const work = `${to}.${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(work, { recursive: true });
    for (const name of names) await copyFile(join(from, name), join(work, name));
    await rename(work, to);
  } catch {
    await rm(work, { recursive: true, force: true });
  }
}

/** ISO 14496-12: a box that readers pass over. */
function freeBox(text: string): Buffer {
  const content = Buffer.from(text, 'utf8');
  const head = Buffer.alloc(8, 'free');
  head.writeUInt32BE(8 + content.length, 0);
  head.write('free', 4, 'latin1');
  return Buffer.concat([head, content]);
}
