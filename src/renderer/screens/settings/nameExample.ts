// What a clip would be called under a template: an example for the person; the real name is main's. Pure.

export const NAME_PARTS = ['date', 'time', 'prompt', 'model', 'seed', 'id'] as const;
export type NamePart = (typeof NAME_PARTS)[number];

/** Every name ends with the id, so that two clips never have the same. */
export function nameExample(template: string, values: Readonly<Record<NamePart, string>>): string {
  const whole = template.includes('{id}') ? template : `${template} {id}`;
  const name = whole
    .replace(/\{(\w+)\}/g, (mark, part: string) => values[part as NamePart] ?? mark)
    .replace(/[<>:"/\\|?*%#]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.\-~\s]+/, '');
  return `${name}.mp4`;
}

/** Marks in braces that stand for nothing and would be in every name as they are. */
export function unknownParts(template: string): string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)]
    .map(([mark, part]) => ({ mark, part }))
    .filter(({ part }) => !NAME_PARTS.includes(part as NamePart))
    .map(({ mark }) => mark);
}
