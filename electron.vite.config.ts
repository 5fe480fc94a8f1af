// Builds main and the practice gateway (ESM), the preload (one CommonJS file) and the window.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { licences } from './scripts/licences.mjs';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const licencesOf = licences();
const alias = { '@shared': at('src/shared'), '@renderer': at('src/renderer') };

export default defineConfig({
  main: {
    resolve: { alias },
    plugins: [licencesOf()],
    build: {
      target: 'node20',
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          gateway: at('src/gateway/main.ts'),
          heicWorker: at('src/main/references/heicWorker.ts'),
          wholeWorker: at('src/main/database/wholeWorker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve: { alias },
    plugins: [licencesOf()],
    build: {
      target: 'node20',
      outDir: 'out/preload',
      // A sandboxed preload can require nothing but electron: everything else is bundled.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    resolve: { alias },
    plugins: [react(), licencesOf()],
    build: {
      target: 'chrome130',
      outDir: at('out/renderer'),
      minify: true,
      rolldownOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
});
