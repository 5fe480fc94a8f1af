// Builds an app whose order of two steps is wrong, to show that the crash test would notice.
// It is another build, not a switch: nothing of it can be in a packaged app.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../root.mjs';

/** Git and the packager leave this folder out; modules are found from here. */
const FOLDER = join(ROOT, '.runtime', 'broken-order');

/** The store that says "written" before it has: `submitting` reaches the disk only with what comes after it. */
const LATE_STORE = `
import { GenerationStore as Right } from './generationStore.ts';
export * from './generationStore.ts';

export class GenerationStore extends Right {
  late = new Map();

  move(id, to, ...rest) {
    this.catchUp(id);
    if (to !== 'submitting') return super.move(id, to, ...rest);
    this.late.set(id, rest);
    return this.find(id).generation;
  }

  note(id, ...rest) {
    this.catchUp(id);
    return super.note(id, ...rest);
  }

  catchUp(id) {
    const rest = this.late.get(id);
    if (rest === undefined) return;
    this.late.delete(id);
    super.move(id, 'submitting', ...rest);
  }
}
`;

/** @returns {Promise<string>} an app folder whose POST comes before the write that must come before it */
export async function buildBrokenOrder() {
  await rm(FOLDER, { recursive: true, force: true });
  let replaced = 0;
  const store = join(ROOT, 'src', 'main', 'generations', 'generationStore.ts');
  const late = join(ROOT, 'src', 'main', 'generations', 'lateStore.mjs');
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(ROOT, 'src', 'shared') } },
    build: {
      target: 'node20',
      outDir: join(FOLDER, 'main'),
      minify: false,
      ssr: true,
      rolldownOptions: {
        input: { index: join(ROOT, 'src', 'main', 'index.ts') },
        external: ['electron', 'libsql', 'keytar', 'ffmpeg-static', /^node:/],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
    plugins: [
      {
        name: 'broken-order',
        enforce: 'pre',
        resolveId(source, importer) {
          if (source === './generationStore.ts' && importer === late) return store;
          if (!/(^|\/)generationStore$/.test(source) || importer !== join(ROOT, 'src', 'main', 'services.ts'))
            return null;
          replaced++;
          return late;
        },
        load: (id) => (id === late ? LATE_STORE : null),
      },
    ],
  });
  if (replaced === 0)
    throw new Error('src/main/services.ts takes its GenerationStore from somewhere else now.');
  for (const name of ['preload', 'renderer'])
    await cp(join(ROOT, 'out', name), join(FOLDER, name), { recursive: true });
  await mkdir(FOLDER, { recursive: true });
  const about = { name: 'dailies', version: '0.0.0', type: 'module', main: 'main/index.js' };
  await writeFile(join(FOLDER, 'package.json'), JSON.stringify(about));
  return FOLDER;
}
