import { expect, test } from 'vitest';
import type { CommandFacts } from '@shared/domain/commands';
import { commandEntries, foundEntries } from './entries';

const FACTS: CommandFacts = {
  library: true,
  connected: true,
  clips: 0,
  canUndo: false,
  canRedo: false,
  covered: true,
};

// Bug: over the viewer the list begins with a screenful of what cannot be run, and Enter does nothing.
test('what can be run comes first, what was used last before the rest', () => {
  const entries = commandEntries(FACTS, 'en', false);
  const found = foundEntries(entries, '', ['view.kept', 'help.about']);
  const usable = found.filter(({ reason }) => reason === null);
  expect(usable.length).toBeGreaterThan(0);
  expect(found.slice(0, usable.length)).toEqual(usable);
  expect(found[0]?.id).toBe('help.about');
  expect(found[usable.length]?.id).toBe('view.kept');
  // How well it fits counts more.
  const free = commandEntries({ ...FACTS, covered: false }, 'en', false);
  expect(foundEntries(free, 'tags', []).map(({ id }) => id)[0]).toBe('clip.tags');
});
