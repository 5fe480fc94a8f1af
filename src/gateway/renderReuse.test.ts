// Catches: two results with the same bytes, a copy that does not play, or one of another size or length.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { isWhole } from '../main/ffmpeg/wholeness';
import { ffmpeg, startTestGateway, textBody, type TestGateway } from './harness';

let current: TestGateway | undefined;
afterEach(async () => {
  await current?.end();
  current = undefined;
});

async function resultOf(gateway: TestGateway, body: Record<string, unknown>): Promise<Buffer> {
  const task = await gateway.finished(await gateway.create(body));
  const { video_url: url } = task.content as { video_url: string };
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

it('copies what has the same size and length, each with bytes of its own, also after a restart', async () => {
  current = await startTestGateway({ settings: { renderReuse: true } });
  const first = await resultOf(current, textBody({ seed: 1 }));
  await current.restart();
  // Without ffmpeg nothing new can be rendered.
  await current.restart({ ffmpegPath: '/nowhere/ffmpeg' });
  const second = await resultOf(current, textBody({ seed: 2 }));
  const third = await resultOf(current, textBody({ seed: 2 }));
  expect(second.subarray(0, first.length).equals(first)).toBe(true);
  expect(second.equals(third)).toBe(false);

  const path = join(current.dataDir, 'copy.mp4');
  await writeFile(path, second);
  expect(await isWhole(path, 'mp4')).toBe(true);
  expect(await ffmpeg('-loglevel', 'error', '-xerror', '-i', path, '-f', 'null', '-')).toBe('');
  const longer = await current.finished(await current.create(textBody({ duration: 5 })));
  expect(longer.status).toBe('failed');
});

it('renders each by itself unless told otherwise', async () => {
  current = await startTestGateway();
  const [first, second] = [
    await resultOf(current, textBody({ seed: 1 })),
    await resultOf(current, textBody({ seed: 2 })),
  ];
  expect(first.equals(second)).toBe(false);
  expect(existsSync(join(current.dataDir, 'renders'))).toBe(false);
});
