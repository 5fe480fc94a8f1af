// App folders for Electron: an empty window to compare with, and ours with its file calls and timers counted.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WindowLibrary } from './windowLibrary';

/** The same window as ours (`window.ts`, `windowBounds.ts`) with nothing in it. `BENCH_PAGE` is what it shows. */
const EMPTY_MAIN = `
import { join } from 'node:path';
import { app, BrowserWindow, Menu } from 'electron';
app.enableSandbox();
app.setPath('userData', process.env.DAILIES_USER_DATA);
Menu.setApplicationMenu(null);
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1440, height: 900, minWidth: 720, minHeight: 480, title: 'Empty', show: false,
    backgroundColor: '#121110', autoHideMenuBar: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  window.once('ready-to-show', () => window.show());
  window.loadFile(join(import.meta.dirname, process.env.BENCH_PAGE));
});
`;

const EMPTY_PAGE = `<!doctype html><meta charset="utf-8"><title>Empty</title>
<body style="margin:0;background:#121110;color:#eee"><h1>Empty</h1></body>`;

/** Counts in main what ours asks the file system for and which of its timers go off; SIGUSR2 writes it down. */
const COUNTED_MAIN = String.raw`
import fs from 'node:fs';
import waits from 'node:timers/promises';
import { syncBuiltinESMExports } from 'node:module';
const { DAILIES_LIBRARY: library, DAILIES_USER_DATA: userData, BENCH_COUNTS: to, BENCH_ROOT: root } = process.env;
const [calls, timers] = [{}, {}];
const count = (into, key) => (into[key] = (into[key] ?? 0) + 1);
const write = fs.writeFileSync;
const placeOf = (path) => {
  if (path.startsWith(library)) return 'library';
  if (path.startsWith(userData + '/derived/')) return 'derived';
  return path === userData + '/derived' ? 'derived folder' : path.startsWith(userData) ? 'user data' : 'elsewhere';
};
const replace = (holder, name, make) => {
  const original = holder[name];
  const { length, name: called, prototype, ...rest } = Object.getOwnPropertyDescriptors(original);
  holder[name] = Object.defineProperties(make(original), rest);
};
for (const holder of [fs, fs.promises])
  for (const [name, value] of Object.entries(holder))
    if (typeof value === 'function' && !/^[A-Z_]/.test(name))
      replace(holder, name, (original) => function (...args) {
        if (typeof args[0] === 'string') count(calls, name.replace(/Sync$/, '') + ', ' + placeOf(args[0]));
        return original.apply(this, args);
      });
const setBy = () => {
  const lines = (new Error().stack ?? '').split('\n').slice(3);
  return (lines.find((line) => /out.main|node_modules/.test(line)) ?? 'Node or Electron').trim();
};
for (const name of ['setTimeout', 'setInterval'])
  replace(globalThis, name, (original) => (action, ...rest) => {
    const who = setBy();
    return original((...args) => (count(timers, who), action(...args)), ...rest);
  });
replace(waits, 'setTimeout', (original) => (...args) => {
  const who = setBy();
  return original(...args).finally(() => count(timers, who));
});
syncBuiltinESMExports();
process.on('SIGUSR2', () => write(to, JSON.stringify({ calls, timers })));
await import(root + '/out/main/index.js');
`;

export interface WindowApps {
  readonly empty: string;
  readonly counted: string;
}

export function writeApps(folder: string): WindowApps {
  const [empty, counted] = [join(folder, 'empty-app'), join(folder, 'counted-app')];
  writeApp(empty, EMPTY_MAIN);
  writeApp(counted, COUNTED_MAIN);
  writeFileSync(join(empty, 'empty.html'), EMPTY_PAGE);
  return { empty, counted };
}

/** As many posters as the library has, in rows as the grid has them, with nothing else on the page. */
export function writePlainPage(app: string, { posters }: WindowLibrary, width: number): void {
  const files = [...new Set(posters.map(({ picture }) => picture))];
  const numbers = new Map(files.map((file, number) => [file, number]));
  const ratios = posters.map(({ ratio }) => Math.round(ratio * 1000));
  const order = posters.map(({ picture }) => numbers.get(picture));
  writeFileSync(
    join(app, 'plain.html'),
    `<!doctype html><meta charset="utf-8"><title>Plain</title><style>
body { margin: 0; background: #121110; height: 100vh; overflow-y: scroll; }
div { display: flex; gap: 6px; height: 136px; margin-bottom: 30px; contain: strict; content-visibility: auto; }
img { height: 136px; object-fit: cover; }</style><body><script>
const [files, ratios, order] = ${JSON.stringify([files, ratios, order])};
let [row, used] = [null, Infinity];
const rows = document.createDocumentFragment();
for (let at = 0; at < ratios.length; at += 1) {
  const wide = Math.round((ratios[at] / 1000) * 136);
  if (used + wide > ${width}) { row = rows.appendChild(document.createElement('div')); used = 0; }
  const image = document.createElement('img');
  image.loading = 'lazy'; image.decoding = 'async'; image.style.width = wide + 'px';
  image.src = 'file://' + files[order[at]] + '?' + at;
  row.append(image);
  used += wide + 6;
}
document.body.append(rows);
</script></body>`,
  );
}

function writeApp(folder: string, main: string): void {
  mkdirSync(folder, { recursive: true });
  const about = { name: 'dailies', version: '0.0.0', type: 'module', main: 'main.js' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about));
  writeFileSync(join(folder, 'main.js'), main);
}
