// references.*: files, pictures and addresses become references; paths are not seen again after that.
import type { AddedReferences } from '@shared/contract/requests';
import type { ReferenceKind } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import type { Caller, HandlersOf } from '../handler';

export interface ReferenceService {
  add(paths: readonly string[]): Promise<AddedReferences>;
  paste(bytes: Uint8Array, name: string): Promise<Reference>;
  addUrl(url: string, kind?: ReferenceKind): Promise<Reference>;
  /** Those that are known, in any order; unknown ids are left out. */
  get(ids: readonly string[]): Reference[];
}

export interface FilePicker {
  /** Paths of the chosen media files; empty when the person closed the dialog. */
  pickFiles(caller: Caller): Promise<string[]>;
}

export function referenceHandlers(
  references: Omit<ReferenceService, 'get'>,
  picker: FilePicker,
): HandlersOf<'references'> {
  return {
    'references.add': ({ paths }) => references.add(paths),
    'references.pick': async (_input, caller) => {
      const paths = await picker.pickFiles(caller);
      return paths.length === 0 ? { added: [], refused: [] } : references.add(paths);
    },
    'references.paste': ({ bytes, name }) => references.paste(bytes, name),
    'references.addUrl': ({ url, kind }) => references.addUrl(url, kind),
  };
}
