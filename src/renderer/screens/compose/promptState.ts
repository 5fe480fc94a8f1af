// Between the draft's text with `@{key}` and the editor's nodes.
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  type LexicalNode,
} from 'lexical';
import { promptParts } from '../../components/prompt/promptParts';
import { $createMentionNode } from './MentionNode';

export function $nodesOf(prompt: string, known?: ReadonlySet<string>): LexicalNode[] {
  return promptParts(prompt).flatMap((part): LexicalNode[] => {
    // Pasted from elsewhere, a mark without its file is only text.
    if (part.type === 'mention')
      return known === undefined || known.has(part.key)
        ? [$createMentionNode(part.key)]
        : [$createTextNode(`@{${part.key}}`)];
    return part.text
      .split(/\r?\n/)
      .flatMap((line, index) => [
        ...(index === 0 ? [] : [$createLineBreakNode()]),
        ...(line === '' ? [] : [$createTextNode(line)]),
      ]);
  });
}

export function $setPrompt(prompt: string): void {
  $getRoot()
    .clear()
    .append($createParagraphNode().append(...$nodesOf(prompt)));
}

export function $readPrompt(): string {
  return $getRoot().getTextContent();
}
