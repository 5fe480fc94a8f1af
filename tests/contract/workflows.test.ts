// The workflows that build what people install.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/root.mjs';

const folder = join(ROOT, '.github', 'workflows');

// Bug: somebody moves the tag of an action, and their code runs with our signing keys.
test.each(readdirSync(folder))('%s names every action by its commit', (name) => {
  const actions = readFileSync(join(folder, name), 'utf8').match(/uses: .*/g) ?? [];
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v[\d.]+$/.test(line))).toEqual([]);
});

// Bug: a pull request's code gets a token that may write to the repository.
test.each(readdirSync(folder))('%s may only read unless a job says otherwise', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
  expect(text).not.toContain('pull_request_target');
});
