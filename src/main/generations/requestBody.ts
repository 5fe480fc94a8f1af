// Writes the body of a create request: the compiled JSON with each inline file's base64 put in from disk.
import { randomUUID } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { AppError } from '@shared/contract/errors';
import { compileRequest, dataUrlType } from '@shared/domain/compile';
import type { DraftReference, Recipe } from '@shared/domain/draft';

/** Where a reference's bytes are: an address the endpoint fetches, or a file that travels inside the request. */
export type ReferencePlace =
  { readonly type: 'address'; readonly url: string } | { readonly type: 'inline'; readonly file: string };

/** Read from disk in pieces that are a multiple of three bytes, so that their base64 joins without padding. */
const PIECE_BYTES = 3 * 256 * 1024;

/**
 * The request body as UTF-8, allocated once at its exact size: peak memory is the body and one piece.
 * @throws AppError `file_unreadable` when a kept file is gone or changes while it is read, `request_too_large`.
 */
export async function buildRequestBody(
  recipe: Recipe,
  modelId: string,
  places: ReadonlyMap<string, ReferencePlace>,
  maxBytes: number,
): Promise<Uint8Array> {
  const inline: { file: string; bytes: number; prefix: string }[] = [];
  // Unguessable, so that no prompt can hold it.
  const nonce = randomUUID();
  const urls = new Map<string, string>();
  for (const item of recipe.references) urls.set(item.key, await urlFor(item));
  const request = compileRequest(recipe, (item) => urls.get(item.key) ?? '', modelId);

  async function urlFor(item: DraftReference): Promise<string> {
    const place = places.get(item.key);
    if (place === undefined) throw new AppError('internal', `no place for reference ${item.key}`);
    if (place.type === 'address') return place.url;
    const { size } = await stat(place.file).catch((error: unknown) => unreadable(item, error));
    const { kind, format } = item.reference;
    inline.push({ file: place.file, bytes: size, prefix: `data:${dataUrlType(kind, format)};base64,` });
    return `${nonce}:${inline.length - 1}:`;
  }

  const parts = JSON.stringify(request).split(new RegExp(`${nonce}:(\\d+):`));
  const total = parts.reduce((sum, part, index) => {
    if (index % 2 === 0) return sum + Buffer.byteLength(part);
    const file = inline[Number(part)];
    return file === undefined ? sum : sum + file.prefix.length + Math.ceil(file.bytes / 3) * 4;
  }, 0);
  if (total > maxBytes)
    throw new AppError('request_too_large', `${total} bytes`, { values: { has: total, most: maxBytes } });

  const body = Buffer.allocUnsafe(total);
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const file = index % 2 === 0 ? undefined : inline[Number(part)];
    if (file === undefined) at += body.write(part, at);
    else at = await writeBase64(body, at + body.write(file.prefix, at, 'latin1'), file.file, file.bytes);
  }
  if (at !== total) throw new AppError('file_unreadable', 'a reference changed while it was read');
  return body;
}

async function writeBase64(body: Buffer, start: number, path: string, bytes: number): Promise<number> {
  const handle = await open(path, 'r');
  try {
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, Math.max(bytes, 1)));
    let at = start;
    let done = 0;
    while (done < bytes) {
      let filled = 0;
      const wanted = Math.min(piece.length, bytes - done);
      while (filled < wanted) {
        const { bytesRead } = await handle.read(piece, filled, wanted - filled, done + filled);
        if (bytesRead === 0)
          throw new AppError('file_unreadable', 'a reference became shorter while it was read');
        filled += bytesRead;
      }
      at += body.write(piece.toString('base64', 0, filled), at, 'latin1');
      done += filled;
    }
    return at;
  } finally {
    await handle.close();
  }
}

function unreadable(item: DraftReference, cause: unknown): never {
  throw new AppError(
    'file_unreadable',
    `kept file of ${item.reference.id} cannot be read`,
    { values: { name: item.reference.name } },
    { cause },
  );
}
