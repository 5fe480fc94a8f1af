// Copies a prompt with readable names, pastes it back with its chips, and leaves pasted files to the window.
import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import {
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  COPY_COMMAND,
  CUT_COMMAND,
  PASTE_COMMAND,
} from 'lexical';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { referenceNames } from '../../i18n/words';
import { useDraft } from '../../stores/draftStore';
import { $nodesOf } from './promptState';

const OWN_TYPE = 'text/x-dailies-prompt';

export function ClipboardPlugin() {
  const [editor] = useLexicalComposerContext();
  const { t } = useTranslation();
  useEffect(() => {
    const copy = (event: ClipboardEvent | KeyboardEvent | null, cut: boolean): boolean => {
      const selection = $getSelection();
      if (!(event instanceof ClipboardEvent) || event.clipboardData === null) return false;
      if (!$isRangeSelection(selection) || selection.isCollapsed()) return false;
      const text = selection.getTextContent();
      const names = referenceNames(useDraft.getState().draft.references, t);
      event.clipboardData.setData(OWN_TYPE, text);
      event.clipboardData.setData(
        'text/plain',
        text.replace(/@\{([^{}]+)\}/g, (whole, key: string) => names.get(key) ?? whole),
      );
      if (cut) selection.removeText();
      event.preventDefault();
      return true;
    };
    const paste = (event: ClipboardEvent | InputEvent | KeyboardEvent): boolean => {
      if (!(event instanceof ClipboardEvent) || event.clipboardData === null) return false;
      // A picture goes to the tray: the window listens for it.
      if (event.clipboardData.files.length > 0) return true;
      const selection = $getSelection();
      if (!$isRangeSelection(selection)) return false;
      const own = event.clipboardData.getData(OWN_TYPE);
      const keys = new Set(useDraft.getState().draft.references.map((item) => item.key));
      selection.insertNodes($nodesOf(own === '' ? event.clipboardData.getData('text/plain') : own, keys));
      event.preventDefault();
      return true;
    };
    const stops = [
      editor.registerCommand(COPY_COMMAND, (event) => copy(event, false), COMMAND_PRIORITY_HIGH),
      editor.registerCommand(CUT_COMMAND, (event) => copy(event, true), COMMAND_PRIORITY_HIGH),
      editor.registerCommand(PASTE_COMMAND, paste, COMMAND_PRIORITY_HIGH),
    ];
    return () => stops.forEach((stop) => stop());
  }, [editor, t]);
  return null;
}
