// Takes back the space that completion put after a chip when a comma or a full stop follows.
import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import { $getSelection, $isRangeSelection, TextNode } from 'lexical';
import { useEffect } from 'react';
import { $isMentionNode } from './MentionNode';

const SPACE_BEFORE_MARK = /^ [,.;:!?)\]，。；：！？）、]/;

export function PunctuationPlugin() {
  const [editor] = useLexicalComposerContext();
  useEffect(
    () =>
      editor.registerNodeTransform(TextNode, (node) => {
        if (!SPACE_BEFORE_MARK.test(node.getTextContent()) || !$isMentionNode(node.getPreviousSibling()))
          return;
        const selection = $getSelection();
        const caret =
          $isRangeSelection(selection) && selection.anchor.key === node.getKey()
            ? selection.anchor.offset
            : null;
        node.setTextContent(node.getTextContent().slice(1));
        if (caret !== null) node.select(Math.max(0, caret - 1), Math.max(0, caret - 1));
      }),
    [editor],
  );
  return null;
}
