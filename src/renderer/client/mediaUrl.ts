// Addresses of local media by opaque id.
const ROOT = 'app://dailies/media';

export type MediaKind = 'clip' | 'proxy' | 'poster' | 'sprite' | 'thumb' | 'reference' | 'preview';

export function mediaUrl(kind: MediaKind, id: string): string {
  return `${ROOT}/${kind}/${encodeURIComponent(id)}`;
}
