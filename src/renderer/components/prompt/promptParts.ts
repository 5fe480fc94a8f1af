// A prompt cut into words and the marks `@{key}` that stand for files.
export type PromptPart =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'mention'; readonly key: string };

export function promptParts(prompt: string): PromptPart[] {
  const parts: PromptPart[] = [];
  let end = 0;
  for (const match of prompt.matchAll(/@\{([^{}]+)\}/g)) {
    if (match.index > end) parts.push({ type: 'text', text: prompt.slice(end, match.index) });
    parts.push({ type: 'mention', key: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < prompt.length) parts.push({ type: 'text', text: prompt.slice(end) });
  return parts;
}

export function serialiseParts(parts: readonly PromptPart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : `@{${part.key}}`)).join('');
}
