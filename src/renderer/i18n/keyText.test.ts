import { describe, expect, it } from 'vitest';
import { ariaKeys, keyText } from './keyText';

describe('keyText', () => {
  // Bug: a Mac is told of a key that it does not have.
  it('writes keys as the platform does', () => {
    const keys = ['Mod+F', 'Alt+Enter', 'Delete', 'Alt+Up', 'K'];
    expect(keys.map((each) => keyText(each, 'darwin'))).toEqual(['⌘F', '⌥↵', '⌫', '⌥↑', 'K']);
    expect(keys.map((each) => keyText(each, 'win32'))).toEqual(['Ctrl F', 'Alt ↵', 'Del', 'Alt ↑', 'K']);
    expect(keyText('Mod+F', 'linux')).toBe('Ctrl F');
    expect(keyText('Space', 'linux', '空格')).toBe('空格');
  });
});

describe('ariaKeys', () => {
  // Bug: `Up` is no key that a screen reader knows.
  it('names keys as the standard does', () => {
    expect(ariaKeys('Mod+Enter', 'darwin')).toBe('Meta+Enter');
    expect(ariaKeys('Mod+Enter', 'linux')).toBe('Control+Enter');
    expect(ariaKeys('Alt+Up', 'linux')).toBe('Alt+ArrowUp');
  });
});
