// A prompt to read, its `@{key}` marks drawn as chips.
import type { ReferenceKind } from '@shared/domain/models';
import { promptParts } from './promptParts';
import { Chip } from './Chip';

export interface ChipFacts {
  readonly kind: ReferenceKind;
  readonly name: string;
  readonly src: string | null;
}

interface PromptTextProps {
  readonly prompt: string;
  readonly chips: ReadonlyMap<string, ChipFacts>;
}

export function PromptText({ prompt, chips }: PromptTextProps) {
  return promptParts(prompt).map((part, index) => {
    if (part.type === 'text') return <span key={index}>{part.text}</span>;
    const facts = chips.get(part.key);
    return facts === undefined ? null : <Chip key={index} {...facts} />;
  });
}
