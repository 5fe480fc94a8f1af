// The page as it is given out: it names its language and the words of it, so that they come with its other files.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '@shared/domain/settings';

/** `index.html` of the built page. @throws what the file system throws */
export async function startPage(folder: string, language: Language): Promise<string> {
  const [html, assets] = await Promise.all([
    readFile(join(folder, 'index.html'), 'utf8'),
    readdir(join(folder, 'assets')),
  ]);
  // As the build names them, with a hash.
  const words = new RegExp(`^${language}-[\\w-]+\\.js$`);
  const name = assets.find((each) => words.test(each));
  const link = name === undefined ? '' : `<link rel="modulepreload" crossorigin href="./assets/${name}">`;
  return html.replace('<html lang="en"', `<html lang="${language}"`).replace('</head>', `${link}</head>`);
}
