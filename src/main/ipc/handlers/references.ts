// references.*: files, pictures and addresses become references; paths are not seen again after that.
import type { AddedReferences, Preview } from '@shared/contract/requests';
import type { Upload } from '@shared/domain/host';
import type { ReferenceKind } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import type { Repair, Span } from '@shared/domain/repair';
import type { Caller, HandlersOf } from '../handler';

export interface ReferenceService {
  add(paths: readonly string[]): Promise<AddedReferences>;
  paste(bytes: Uint8Array, name: string): Promise<Reference>;
  addUrl(url: string, kind?: ReferenceKind): Promise<Reference>;
  /** In the order asked for. @throws AppError `not_found` */
  get(ids: readonly string[]): Reference[];
  fromClip(clipId: string, part: { moment?: number | 'last'; span?: Span }): Promise<Reference>;
  repair(id: string, repair: Repair): Promise<Reference>;
  cancelRepair(id: string): void;
  preview(id: string): Promise<Preview>;
}

export interface UploadList {
  uploads(): Upload[];
}

export interface FilePicker {
  /** Paths of the chosen media files; empty when the person closed the dialog. */
  pickFiles(caller: Caller): Promise<string[]>;
}

export function referenceHandlers(
  references: ReferenceService,
  uploads: UploadList,
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
    'references.get': ({ ids }) => references.get(ids),
    'references.fromClip': ({ clipId, ...part }) => references.fromClip(clipId, part),
    'references.repair': ({ id, repair }) => references.repair(id, repair),
    'references.cancelRepair': ({ id }) => {
      references.cancelRepair(id);
      return null;
    },
    'references.preview': ({ id }) => references.preview(id),
    'references.uploads': () => uploads.uploads(),
  };
}
