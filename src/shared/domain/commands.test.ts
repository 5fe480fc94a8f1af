import { describe, expect, it } from 'vitest';
import { gridCommand } from '../../renderer/screens/library/gridKeys';
import { compareCommand } from '../../renderer/screens/compare/compareKeys';
import { viewerCommand } from '../../renderer/screens/viewer/viewerKeys';
import { commandWords } from '../words/commandWords';
import { acceleratorOf, commandOfKeys, COMMANDS, keysOf, RUNNABLE, whyNot, type Command } from './commands';

const SIGNS: Readonly<Record<string, string>> = {
  Space: ' ',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Up: 'ArrowUp',
  Down: 'ArrowDown',
};

function pressed(keys: string, mac = false) {
  const parts = keys.split('+');
  const name = parts.pop() ?? '';
  const letter = name.length === 1 ? name.toLowerCase() : (SIGNS[name] ?? name);
  return {
    key: letter,
    code: /^[a-z]$/.test(letter) ? `Key${name}` : /^\d$/.test(letter) ? `Digit${letter}` : '',
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    ctrlKey: parts.includes('Mod') && !mac,
    metaKey: parts.includes('Mod') && mac,
  };
}

const all: readonly Command[] = COMMANDS;
const FACTS = {
  library: true,
  connected: true,
  clips: 2,
  canUndo: true,
  canRedo: true,
  covered: false,
};

describe('COMMANDS', () => {
  // Bug: two commands of one place have the same keys, and one of them can never be reached.
  it.each([true, false])('shares no keys within a place (mac: %s)', (mac) => {
    const places = [['file', 'edit', 'clip', 'view', 'help', 'grid'], ['viewer'], ['compare']];
    for (const groups of places) {
      const keys = all.filter(({ group }) => groups.includes(group)).flatMap((each) => keysOf(each, mac));
      expect(new Set(keys).size).toBe(keys.length);
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  // Bug: a shortcut is shown that nothing hears.
  it.each([true, false])('has for every key somebody who hears it (mac: %s)', (mac) => {
    for (const command of all) {
      for (const keys of keysOf(command, mac)) {
        const press = pressed(keys, mac);
        const heard = {
          window: () => commandOfKeys(press, mac) === command.id,
          // The composer listens for these two by itself.
          composer: () => ['Mod+Enter', 'Alt+Enter'].includes(keys),
          grid: () => gridCommand(press, { trash: false }) !== null,
          keys: () => {
            if (command.group === 'grid') return gridCommand(press, { trash: false }) !== null;
            if (command.group === 'compare') return compareCommand(press, 4, 0) !== null;
            return viewerCommand(press, { playing: true, atStart: false, atEnd: false }) !== null;
          },
        }[command.place];
        expect([command.id, keys, heard()]).toEqual([command.id, keys, true]);
      }
    }
  });

  // Bug: a menu item without a name, or Chinese that was left in English.
  it('has words in both languages', () => {
    const [english, chinese] = [commandWords('en'), commandWords('zh-CN')];
    for (const { id } of COMMANDS) {
      expect([id, english.commands[id].trim()]).not.toEqual([id, '']);
      expect(chinese.commands[id]).toMatch(/[\u4e00-\u9fff]/);
    }
    expect(Object.keys(english.commands).toSorted()).toEqual(
      COMMANDS.map(({ id }) => id as string).toSorted(),
    );
    expect(Object.keys(chinese.commands).toSorted()).toEqual(Object.keys(english.commands).toSorted());
  });
});

describe('commandOfKeys', () => {
  // Bug: on a Russian or a German keyboard a shortcut does nothing.
  it('hears the key where another script or layout has it', () => {
    const plain = { shiftKey: false, altKey: false, ctrlKey: true, metaKey: false };
    expect(commandOfKeys({ ...plain, key: 'л', code: 'KeyK' }, false)).toBe('help.palette');
    expect(commandOfKeys({ ...plain, shiftKey: true, key: '/', code: 'Digit7' }, false)).toBe(
      'help.shortcuts',
    );
    expect(commandOfKeys({ ...plain, shiftKey: true, key: '?', code: 'Minus', ctrlKey: false }, false)).toBe(
      'help.shortcuts',
    );
  });

  // Bug: AltGr, which is Ctrl and Alt on Windows, runs a command while a sign is typed; on a Mac Ctrl does.
  it('wants exactly the keys it names', () => {
    const k = { key: 'k', code: 'KeyK', shiftKey: false, altKey: false, ctrlKey: true, metaKey: false };
    expect(commandOfKeys(k, false)).toBe('help.palette');
    expect(commandOfKeys({ ...k, altKey: true }, false)).toBeNull();
    expect(commandOfKeys({ ...k, shiftKey: true }, false)).toBeNull();
    expect(commandOfKeys(k, true)).toBeNull();
    expect(commandOfKeys({ ...k, ctrlKey: false, metaKey: true }, true)).toBe('help.palette');
  });
});

describe('whyNot', () => {
  const why = (id: string, change: object) => {
    const command = RUNNABLE.find((known) => known.id === id);
    return command === undefined ? undefined : whyNot(command, { ...FACTS, ...change });
  };

  // Bug: Delete out of the menu moves clips to the trash behind an open sheet.
  it('keeps away from what is covered, and says what is missing', () => {
    expect(why('clip.trash', {})).toBeNull();
    expect(why('clip.trash', { covered: true })).toBe('covered');
    expect(why('clip.trash', { clips: 0 })).toBe('clips');
    expect(why('clip.compare', { clips: 5 })).toBe('comparable');
    expect(why('clip.reuse', { clips: 2 })).toBe('oneClip');
    expect(why('compose.generate', { connected: false })).toBe('connection');
    expect(why('edit.undo', { canUndo: false })).toBe('undo');
    expect(why('help.about', { covered: true, library: false })).toBeNull();
    expect(why('view.all', { library: false })).toBe('library');
    expect(why('settings.open', { library: false })).toBeNull();
  });
});

describe('acceleratorOf', () => {
  // Bug: Electron throws over a key that it does not know, and there is no menu.
  it('writes keys as Electron does', () => {
    expect(['Mod+Shift+O', 'Delete', 'Mod+,'].map(acceleratorOf)).toEqual([
      'CommandOrControl+Shift+O',
      'Backspace',
      'CommandOrControl+,',
    ]);
  });
});
