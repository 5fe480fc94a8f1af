// A length as people type it: `12`, `12.5`, `12,5`, `1:02.5`. Null where it is none.
export function readSeconds(text: string): number | null {
  const parts = text.trim().replace(',', '.').split(':');
  if (parts.length > 3 || parts.some((part) => !/^\d+(\.\d*)?$/.test(part))) return null;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}
