// The thread that decodes a HEIC photo into raw pixels: a photo of 12 megapixels takes seconds.
import { readFile, writeFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import decodeHeic from 'heic-decode';
import type { HeicAnswer, HeicJob } from './heic';

async function decode({ path, output, mostPixels }: HeicJob): Promise<HeicAnswer> {
  const images = await decodeHeic.all({ buffer: await readFile(path) });
  try {
    const [image] = images;
    if (image === undefined) return { failure: 'empty' };
    const { width, height } = image;
    // Known before the pixels are: a small file may claim more than there is memory.
    if (width * height > mostPixels) return { failure: 'pixels' };
    await writeFile(output, (await image.decode()).data);
    return { width, height };
  } finally {
    images.dispose();
  }
}

decode(workerData as HeicJob)
  .catch((): HeicAnswer => ({ failure: 'damaged' }))
  .then((answer) => parentPort?.postMessage(answer))
  .catch(() => process.exit(1));
