// Ctrl or Command with Enter sends, Alt with Enter puts it into the outbox, wherever the caret is in the prompt.
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
        (event) => event !== null && (event.ctrlKey || event.metaKey || event.altKey),
        COMMAND_PRIORITY_HIGH,
      ),
    [editor],
  );
  return null;
}
