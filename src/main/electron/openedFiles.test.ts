import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Opened, pathsFrom, pathsOnCommandLine } from './openedFiles';

const paths = (argv: string[], packaged = true): string[] =>
  pathsOnCommandLine({ argv: ['dailies', ...argv], packaged, workingFolder: '/films' });

describe('pathsOnCommandLine', () => {
  // Bug: a relative path is looked for in the folder of the copy that has been running all along.
  it('begins relative paths where the process was started', () => {
    expect(paths(['a.mp4', './狗 puppy.png', '/other/b.mov'])).toEqual([
      '/films/a.mp4',
      '/films/狗 puppy.png',
      '/other/b.mov',
    ]);
  });

  // Bug: `--no-sandbox` or the app's own folder is offered for import.
  it('takes switches and the app folder for no files', () => {
    expect(paths(['--inspect=0', '--lang=zh-CN', '/app', 'a.mp4', '-x'], false)).toEqual(['/films/a.mp4']);
    expect(paths(['--inspect=0', '.'], false)).toEqual([]);
    expect(paths(['', '--enable-logging'])).toEqual([]);
  });

  // Bug: a file whose name begins with a dash cannot be opened at all.
  it('takes everything behind -- for a file', () => {
    expect(paths(['--lang=en', '--', '-shot.mp4', '--take'])).toEqual(['/films/-shot.mp4', '/films/--take']);
  });

  // Bug: a Linux desktop's file address is looked for as a path, or a page is.
  it('reads file addresses, and no others', () => {
    const path = join(tmpdir(), '狗 100%.mp4');
    expect(paths([pathToFileURL(path).href, 'https://example.com/a.mp4', 'file://%zz'])).toEqual([path]);
  });
});

describe('pathsFrom', () => {
  // Bug: what another process sends is believed, whatever it is.
  it.each([null, 7, 'x', {}, { paths: 'x' }, { paths: [7, null, ''] }])('takes nothing from %j', (sent) => {
    expect(pathsFrom(sent)).toEqual([]);
  });

  it('takes texts', () => {
    expect(pathsFrom({ paths: ['/a.mp4', 7, '/b.png'] })).toEqual(['/a.mp4', '/b.png']);
  });
});

describe('Opened', () => {
  // Bug: files that came before the window listened are lost, or are offered again after a reload.
  it('keeps them until they are taken, once, each once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-opened-'));
    const [video, picture] = [join(folder, 'A.MP4'), join(folder, 'b.png')];
    for (const path of [video, picture]) writeFileSync(path, 'x');
    const opened = new Opened();
    opened.add([video, picture, join(folder, 'gone.wav')]);
    opened.add([video]);
    expect(opened.take()).toEqual({ videos: [video], others: [picture], missing: ['gone.wav'] });
    expect(opened.take()).toEqual({ videos: [], others: [], missing: [] });
  });

  // Bug: a second start without files makes the window ask for nothing, or one with files is not announced.
  it('says when there is something to take', () => {
    const opened = new Opened();
    let said = 0;
    opened.onAdded(() => (said += 1));
    opened.add([]);
    expect(said).toBe(0);
    opened.add(['/a.mp4']);
    expect(said).toBe(1);
  });
});
