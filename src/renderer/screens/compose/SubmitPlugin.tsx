// Ctrl or Command with Enter sends, wherever the caret is in the prompt.
import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import { COMMAND_PRIORITY_HIGH, KEY_ENTER_COMMAND } from 'lexical';
import { useEffect } from 'react';

export function SubmitPlugin() {
  const [editor] = useLexicalComposerContext();
  useEffect(
    () =>
      editor.registerCommand(
        KEY_ENTER_COMMAND,
        // Taken from the editor so that no line break is put in; the composer's own listener sends.
        (event) => event !== null && (event.ctrlKey || event.metaKey),
        COMMAND_PRIORITY_HIGH,
      ),
    [editor],
  );
  return null;
}
