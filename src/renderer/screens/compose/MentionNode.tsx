// A chip in the prompt: it holds a reference's key and draws whatever that reference is now.
import {
  $applyNodeReplacement,
  DecoratorNode,
  type LexicalNode,
  type NodeKey,
  type SerializedLexicalNode,
  type Spread,
} from 'lexical';
import type { ReactElement } from 'react';
import { MentionChip } from './MentionChip';

type SerializedMention = Spread<{ reference: string }, SerializedLexicalNode>;

export class MentionNode extends DecoratorNode<ReactElement> {
  readonly __reference: string;

  static override getType(): string {
    return 'mention';
  }

  static override clone(node: MentionNode): MentionNode {
    return new MentionNode(node.__reference, node.__key);
  }

  static override importJSON({ reference }: SerializedMention): MentionNode {
    return $createMentionNode(reference);
  }

  constructor(reference: string, key?: NodeKey) {
    super(key);
    this.__reference = reference;
  }

  override exportJSON(): SerializedMention {
    return { ...super.exportJSON(), reference: this.__reference };
  }

  override createDOM(): HTMLElement {
    return document.createElement('span');
  }

  override updateDOM(): false {
    return false;
  }

  /** The draft's own form: what the editor's text is, is what the draft keeps. */
  override getTextContent(): string {
    return `@{${this.__reference}}`;
  }

  override isInline(): true {
    return true;
  }

  // Backspace takes a chip at once: plain text has no selection of a node.
  override isKeyboardSelectable(): boolean {
    return false;
  }

  override decorate(): ReactElement {
    return <MentionChip referenceKey={this.__reference} />;
  }
}

export function $createMentionNode(reference: string): MentionNode {
  return $applyNodeReplacement(new MentionNode(reference));
}

export function $isMentionNode(node: LexicalNode | null | undefined): node is MentionNode {
  return node instanceof MentionNode;
}
