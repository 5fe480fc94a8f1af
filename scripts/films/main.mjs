// An Electron without a visible window that draws films on WebGL. Its last argument is a file with the order.
import { app, BrowserWindow } from 'electron';
import { fileURLToPath } from 'node:url';

// Drawn by the processor: the same picture on every machine.
app.commandLine.appendSwitch('use-angle', 'swiftshader');
app.commandLine.appendSwitch('enable-unsafe-swiftshader');
app.commandLine.appendSwitch('disable-gpu-watchdog');

// Not awaited here: Electron is ready only after this module has been read.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    show: false,
    // The page is this folder's own and is given nothing from outside; it hands each frame to ffmpeg itself.
    webPreferences: {
      nodeIntegration: true,
      contextIsolation: false,
      sandbox: false,
      backgroundThrottling: false,
    },
  });
  window.webContents.on('render-process-gone', () => app.exit(1));
  // Its title is all that the page says.
  window.on('page-title-updated', (_, title) => {
    process.stdout.write(`${title}\n`);
    if (title === 'done') app.exit(0);
    if (title.startsWith('failed')) app.exit(1);
  });
  return window.loadFile(fileURLToPath(new URL('paint.html', import.meta.url)), {
    query: { order: process.argv.at(-1) ?? '' },
  });
});
