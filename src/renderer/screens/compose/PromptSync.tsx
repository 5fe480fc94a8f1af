// Keeps the draft's prompt and the editor's text the same, whichever of them changed.
import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import { useEffect, useRef } from 'react';
import { useDraft } from '../../stores/draftStore';
import { useView } from '../../stores/viewStore';
import { $readPrompt, $setPrompt } from './promptState';

export function PromptSync() {
  const [editor] = useLexicalComposerContext();
  const prompt = useDraft((state) => state.draft.prompt);
  const requests = useView((state) => state.promptRequests);
  const seenRequests = useRef(0);

  useEffect(
    () =>
      editor.registerUpdateListener(({ editorState }) => {
        const text = editorState.read($readPrompt);
        if (text !== useDraft.getState().draft.prompt) useDraft.getState().setPrompt(text);
      }),
    [editor],
  );
  useEffect(() => {
    // What the person typed is in the editor already; only a recipe or a removed file comes from outside.
    if (editor.getEditorState().read($readPrompt) !== prompt) editor.update(() => $setPrompt(prompt));
  }, [editor, prompt]);
  useEffect(() => {
    if (requests === seenRequests.current) return;
    seenRequests.current = requests;
    editor.focus();
  }, [editor, requests]);
  return null;
}
