// Which part of the window takes what is dragged over it. Pure.

/** `library`: videos and folders become clips; `composer`: files and clips become references. */
export type DropZone = 'library' | 'composer';

/** What is known of a file before it is let go: a folder and an unknown kind have no type. */
export interface DraggedItem {
  readonly kind: string;
  readonly type: string;
}

/** Some systems tell nothing until the drop; then there may be a video among it. */
export function mayBeVideo(items: readonly DraggedItem[]): boolean {
  const files = items.filter(({ kind }) => kind === 'file');
  return files.length === 0 || files.some(isForLibrary);
}

/** Images and sounds have no place in the library. `type` as MIME, empty where it is not known. */
export function isForLibrary({ type }: { readonly type: string }): boolean {
  return !type.startsWith('image/') && !type.startsWith('audio/');
}
