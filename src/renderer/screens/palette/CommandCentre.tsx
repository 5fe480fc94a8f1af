// Hears the keys of commands and what is chosen in the native menu, and tells the menu what applies.
import { lazy, Suspense, useEffect, useRef } from 'react';
import { commandOfKeys, RUNNABLE, whyNot, type CommandFacts, type CommandId } from '@shared/domain/commands';
import { ask, listen } from '../../client/client';
import { isSheetOpen, isText } from '../../components/windowKeys';
import { useAppInfo } from '../../stores/appInfoStore';
import { useCommands } from '../../stores/commandsStore';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { ClipMenu } from './ClipMenu';
// At once: what is typed while it came later would fall into the grid, where letters are commands.
import { Palette } from './Palette';
import { useCommandFacts } from './useCommandFacts';
import { useRunCommand } from './useRunCommand';

const ShortcutSheet = lazy(() => import('../shortcuts/ShortcutSheet'));
const AboutSheet = lazy(() => import('../about/AboutSheet'));

/** Commands that are the text's while there is a caret. */
const OF_TEXT = {
  'edit.undo': 'undo',
  'edit.redo': 'redo',
  'edit.selectAll': 'selectAll',
} as const satisfies Partial<Record<CommandId, string>>;

export function CommandCentre() {
  const facts = useCommandFacts();
  useCommandKeys(facts);
  useMenuState(facts);
  const sheet = useCommands((state) => state.sheet);
  return (
    <Suspense fallback={null}>
      <ClipMenu facts={facts} />
      {sheet === 'palette' ? <Palette facts={facts} /> : null}
      {sheet === 'shortcuts' ? <ShortcutSheet /> : null}
      {sheet === 'about' ? <AboutSheet /> : null}
    </Suspense>
  );
}

function useCommandKeys(facts: CommandFacts): void {
  const mac = useAppInfo((state) => state.info?.platform === 'darwin');
  const run = useRunCommand();
  const latest = useRef({ facts, run });
  useEffect(() => {
    latest.current = { facts, run };
  });
  useEffect(() => {
    /** Whether there was something to do. */
    const start = (id: CommandId): boolean => {
      const command = RUNNABLE.find((known) => known.id === id);
      if (command === undefined) return false;
      // Undo and redo say themselves that there is nothing.
      const now = { ...latest.current.facts, canUndo: true, canRedo: true };
      if (whyNot(command, { ...now, covered: now.covered || isSheetOpen() }) !== null) return false;
      latest.current.run(id);
      return true;
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat) return;
      const id = commandOfKeys(event, mac);
      if (id === null) return;
      // A letter is the text's, and so are its own commands; the others work while writing too.
      if (isText(event.target) && (Object.hasOwn(OF_TEXT, id) || !(event.ctrlKey || event.metaKey))) return;
      if (start(id)) event.preventDefault();
    };
    const stop = listen('app.command', ({ id }) => {
      const target = document.activeElement;
      if (Object.hasOwn(OF_TEXT, id) && isText(target))
        editText(OF_TEXT[id as keyof typeof OF_TEXT], target, mac);
      else start(id);
    });
    window.addEventListener('keydown', onKeyDown);
    return () => {
      stop();
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [mac]);
}

/** The prompt's editor keeps its own history and knows it by the keys alone. */
function editText(action: 'undo' | 'redo' | 'selectAll', target: Element | null, mac: boolean): void {
  if (target instanceof HTMLElement && target.isContentEditable && action !== 'selectAll') {
    const shiftKey = action === 'redo';
    const keys = { key: 'z', code: 'KeyZ', shiftKey, ctrlKey: !mac, metaKey: mac };
    target.dispatchEvent(new KeyboardEvent('keydown', { ...keys, bubbles: true, cancelable: true }));
    return;
  }
  // Deprecated, and the only way to the history of a text field.
  document.execCommand(action);
}

/** Tells main only what differs from what it was told last. */
function useMenuState(facts: CommandFacts): void {
  const theme = useSettings((state) => state.settings?.theme ?? 'system');
  const inspector = useSettings((state) => state.settings?.inspectorOpen ?? true);
  const composer = useSettings((state) => state.settings?.composerOpen ?? true);
  const themes = { system: 'view.themeSystem', dark: 'view.themeDark', light: 'view.themeLight' } as const;
  const on: CommandId[] = [themes[theme]];
  if (inspector) on.push('view.inspector');
  if (composer) on.push('view.composer');
  // Those of text apply in a sheet too, and nobody tells of a text's history.
  const off = RUNNABLE.filter((command) => !Object.hasOwn(OF_TEXT, command.id))
    .filter((command) => whyNot(command, facts) !== null)
    .map(({ id }) => id);
  const state = JSON.stringify({ off, on });
  useEffect(() => {
    void attempt(() => ask('app.menu', JSON.parse(state) as { off: CommandId[]; on: CommandId[] }));
  }, [state]);
}
