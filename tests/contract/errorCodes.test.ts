// Every error code: thrown somewhere, with words in both languages and a known way out.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_ACTIONS } from '../../src/renderer/i18n/errorAction';
import { ERROR_CODES } from '../../src/shared/contract/errors';
import { CHECKS, FACT_NAMES, FINDINGS } from '../../src/shared/domain/diagnostics';

const SOURCES = join(import.meta.dirname, '..', '..', 'src');
const LANGUAGES = ['en', 'zh-CN'];

type Words = { [key: string]: string | Words };

async function wordsOf(language: string): Promise<Words> {
  return JSON.parse(await readFile(join(SOURCES, 'renderer', 'i18n', `${language}.json`), 'utf8')) as Words;
}

function at(words: Words, path: string): string | Words | undefined {
  let found: string | Words | undefined = words;
  for (const key of path.split('.')) found = typeof found === 'object' ? found[key] : undefined;
  return found;
}

function isText(words: string | Words | undefined): boolean {
  return typeof words === 'string' && words.trim() !== '';
}

/** What main and the domain are made of, without the list of codes itself. */
async function thrownIn(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.join('\n');
}

describe('error codes', () => {
  // Bug: a code is left behind when what threw it goes, and its words are kept and translated for nothing.
  it('can each be thrown', async () => {
    const code = `${await thrownIn(join(SOURCES, 'main'))}\n${await thrownIn(join(SOURCES, 'shared', 'domain'))}`;
    expect(ERROR_CODES.filter((each) => !new RegExp(`['"]${each}['"]`).test(code))).toEqual([]);
  });

  // Bug: a person sees a raw key, or is told what is wrong but not what to do.
  it.each(LANGUAGES)('have a sentence, a next step and a way out in %s', async (language) => {
    const words = await wordsOf(language);
    const missing = ERROR_CODES.flatMap((code) =>
      [`errors.${code}.sentence`, `errors.${code}.next`].filter((key) => !isText(at(words, key))),
    );
    expect(missing).toEqual([]);
    expect(Object.keys(at(words, 'errors') ?? {}).sort()).toEqual([...ERROR_CODES].sort());
    expect(Object.keys(ERROR_ACTIONS).sort()).toEqual([...ERROR_CODES].sort());
  });

  it.each(LANGUAGES)('of diagnostics: every finding, test and fact has words in %s', async (language) => {
    const words = await wordsOf(language);
    const keys = [
      ...FINDINGS.map((finding) => `diagnostics.findings.${finding}.sentence`),
      ...CHECKS.map((check) => `diagnostics.checks.${check}`),
      ...FACT_NAMES.map((fact) => `diagnostics.facts.${fact}`),
    ];
    expect(keys.filter((key) => !isText(at(words, key)))).toEqual([]);
    const findings = at(words, 'diagnostics.findings') ?? {};
    expect(Object.keys(findings).sort()).toEqual([...FINDINGS].sort());
    // Whoever has something to put right is told how.
    const unhelped = FINDINGS.filter((finding) => !/_(ok|none|practice)$/.test(finding)).filter(
      (finding) => !isText(at(words, `diagnostics.findings.${finding}.next`)),
    );
    expect(unhelped).toEqual([]);
  });

  // Bug: a finding is left behind when its test goes.
  it('of diagnostics: every finding is found by a test', async () => {
    const code = await thrownIn(join(SOURCES, 'main', 'diagnostics'));
    const found = (finding: string): boolean =>
      new RegExp(`['"]${finding}['"]`).test(code) || finding.startsWith('keychain_');
    expect(FINDINGS.filter((finding) => !found(finding))).toEqual([]);
  });
});
