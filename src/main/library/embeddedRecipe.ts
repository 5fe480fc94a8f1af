// The recipe inside the video itself: written when a clip is made, read back from any MP4 that is dropped.
import { open, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { MAX_PROMPT_LENGTH } from '@shared/contract/requests';
import { RATIOS, REFERENCE_KINDS, RESOLUTIONS, ROLES, type Ratio } from '@shared/domain/models';
import { REFERENCE_SOURCES } from '@shared/domain/reference';
import { REPAIR_FORMATS } from '@shared/domain/repair';
import type { MediaInput } from '../ffmpeg/args';
import type { Ffmpeg } from '../ffmpeg/run';
import { temporaryBeside } from '../files/durableFile';
import { fileError } from '../files/fileError';
import { findBox, readPart, type BoxWalk, type Part } from './containerBoxes';
import { embedArgs, metadataText } from './embedArgs';
import { clipIdSchema, type Sidecar } from './sidecar';

/** The metadata's key. A comment of somebody else's stays what it is. */
const KEY = 'dailies';
/** A prompt of 20,000 characters and 50 references are a tenth of this. */
const MOST_BYTES = 1024 * 1024;
/** Films have a few dozen boxes on the way; a file made to be walked for ever has more. */
const MOST_BOXES = 10_000;
const MOST_KEY_BYTES = 64 * 1024;

// Stricter than the sidecar's: a sidecar lies in the person's own library, this comes from anywhere.
const number = z.number();
const count = number.nonnegative();
const text = z.string().max(1000);
const span = z.object({ from: number, to: number });
const size = z.object({ width: number, height: number });

const repairSchema = z.object({
  span: span.optional(),
  repeatTo: number.optional(),
  crop: size.extend({ x: number, y: number }).optional(),
  size: size.optional(),
  pad: z.boolean().optional(),
  fps: number.optional(),
  format: z.enum(REPAIR_FORMATS).optional(),
  maxBytes: number.optional(),
});

const referenceSchema = z.object({
  key: text,
  role: z.enum(ROLES),
  kind: z.enum(REFERENCE_KINDS),
  name: z.string().max(4096),
  source: z.enum(REFERENCE_SOURCES),
  // Files are looked for by it: nothing but a hash may come through.
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  address: z
    .string()
    .max(4096)
    .regex(/^((https?|asset):\/\/.*)?$/s)
    .nullable(),
  format: text,
  bytes: count,
  width: count.optional(),
  height: count.optional(),
  seconds: count.optional(),
  fps: count.optional(),
  codec: text.optional(),
  hasSound: z.boolean().optional(),
  animated: z.boolean().optional(),
  cmyk: z.boolean().optional(),
  derived: z.object({ parentId: text, repair: repairSchema }).optional(),
  clip: z
    .object({
      id: text,
      moment: number.optional(),
      span: span.optional(),
      result: z.object({ baseUrl: text, until: text }).optional(),
    })
    .optional(),
});

const recipeSchema: z.ZodType<NonNullable<Sidecar['recipe']>> = z.object({
  version: z.literal(1),
  prompt: z.string().max(MAX_PROMPT_LENGTH),
  model: text,
  references: z.array(referenceSchema).max(50),
  parameters: z.object({
    resolution: z.enum(RESOLUTIONS),
    ratio: z.enum(RATIOS as [Ratio, ...Ratio[]]),
    duration: number,
    generateAudio: z.boolean(),
    watermark: z.boolean(),
    returnLastFrame: z.boolean(),
    cameraFixed: z.boolean(),
    seed: number.nullable(),
    executionExpiresAfter: number.nullable(),
  }),
});

const embeddedSchema = z.object({
  app: z.literal('Dailies'),
  version: z.literal(1),
  /** Of the clip in the library it was made in. */
  id: clipIdSchema,
  title: text,
  /** ISO 8601 UTC. */
  createdAt: text,
  /** The one that was used, also where none was asked for; null where nobody said. */
  seed: number.nullable(),
  recipe: recipeSchema,
});
export type EmbeddedRecipe = z.infer<typeof embeddedSchema>;

/** What goes into the video of this sidecar; null for a clip that was not made by a recipe. */
export function embeddedRecipeOf({ clip, recipe, task }: Sidecar): EmbeddedRecipe | null {
  if (recipe === null) return null;
  const { id, title, createdAt } = clip;
  const seed = task?.seed ?? recipe.parameters.seed;
  // Whose endpoint it was is nobody's business who is given the film.
  const references = recipe.references.map((reference) =>
    reference.clip === undefined
      ? reference
      : { ...reference, clip: { ...reference.clip, result: undefined } },
  );
  return {
    app: 'Dailies',
    version: 1,
    id,
    title: title.slice(0, 1000),
    createdAt,
    seed,
    recipe: { ...recipe, references },
  };
}

export interface EmbedRequest {
  /** An MP4 or QuickTime file; it is only read. */
  readonly input: MediaInput;
  /** Absolute; written whole or not at all. */
  readonly output: string;
  readonly embedded: EmbeddedRecipe;
  readonly signal?: AbortSignal;
}

/**
 * Writes a copy of a video that holds its recipe, its title and when it was made. Every packet stays as it is; title
 * and creation time are those fields that other programs show.
 * @throws AppError `ffmpeg_missing`, `ffmpeg_failed`; `disk_full`, `no_permission`, `library_missing` for the output's
 * folder; the signal's reason when aborted
 */
export async function embedRecipe(
  { input, output, embedded, signal }: EmbedRequest,
  ffmpeg: Ffmpeg,
): Promise<void> {
  const words = {
    [KEY]: JSON.stringify(embedded),
    title: embedded.title.replace(/\s+/gu, ' ').trim(),
    creation_time: embedded.createdAt,
  };
  const metadataFile = temporaryBeside(output);
  try {
    signal?.throwIfAborted();
    const { size: bytes } = await stat(input.path);
    await writeFile(metadataFile, metadataText(words), { flag: 'wx' });
    // A network share of 2 MB/s is the slowest that is waited for.
    const limits = { limitMs: 30_000 + bytes / 2000, signal };
    await ffmpeg.produce(output, (to) => embedArgs(input, metadataFile, to), limits);
  } catch (error) {
    throw signal?.aborted === true || isAbort(error) ? error : fileError(error);
  } finally {
    await rm(metadataFile, { force: true }).catch(() => undefined);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/**
 * The recipe inside a video, whatever its name and wherever it lies; null when there is none, or none that holds. Reads
 * a few hundred bytes and the recipe, never the pictures. Throws what the file system throws.
 */
export async function readEmbeddedRecipe(path: string): Promise<EmbeddedRecipe | null> {
  const handle = await open(path, 'r');
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) return null;
    const walk: BoxWalk = { handle, left: MOST_BOXES };
    const movie = await find(walk, { from: 0, to: facts.size }, 'moov');
    if (movie === null) return null;
    const found =
      (await recipeText(walk, movie)) ?? (await recipeText(walk, await find(walk, movie, 'udta')));
    return found === null ? null : parsed(found);
  } finally {
    await handle.close();
  }
}

function parsed(found: string): EmbeddedRecipe | null {
  try {
    const result = embeddedSchema.safeParse(JSON.parse(found));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/**
 * The text under our key in the `meta` box of a part: `keys` names them, `ilst` holds them under their numbers. A reader
 * of all metadata loads what it is given: a forged note of 300 MB took mediabunny 600 MB.
 */
async function recipeText(walk: BoxWalk, part: Part | null): Promise<string | null> {
  const meta = part === null ? null : await find(walk, part, 'meta');
  if (meta === null) return null;
  const start = await readPart(walk.handle, meta.from, 8);
  // QuickTime has no version in front, MP4 has.
  const inside = { from: meta.from + (start.toString('latin1', 4, 8) === 'hdlr' ? 0 : 4), to: meta.to };
  const keys = await find(walk, inside, 'keys');
  const list = await find(walk, inside, 'ilst');
  if (keys === null || list === null) return null;
  const index = keyIndex(
    await readPart(walk.handle, keys.from, Math.min(keys.to - keys.from, MOST_KEY_BYTES)),
  );
  if (index === null) return null;
  const type = Buffer.alloc(4);
  type.writeUInt32BE(index);
  const item = await find(walk, list, type.toString('latin1'));
  const data = item === null ? null : await find(walk, item, 'data');
  if (data === null || data.to - data.from > MOST_BYTES) return null;
  // Its type and its language come first.
  return (await readPart(walk.handle, data.from + 8, Math.max(0, data.to - data.from - 8))).toString('utf8');
}

/** The number of our key, from 1. */
function keyIndex(keys: Buffer): number | null {
  for (let at = 8, index = 1; at + 8 <= keys.length; index += 1) {
    const length = keys.readUInt32BE(at);
    if (length < 8) return null;
    if (keys.toString('latin1', at + 4, at + length) === `mdta${KEY}`) return index;
    at += length;
  }
  return null;
}

/** The inside of the first box of this type. What claims to be longer than what it is in was cut off, or lies. */
async function find(walk: BoxWalk, part: Part, type: string): Promise<Part | null> {
  const found = await findBox(walk, part, type);
  return found !== null && found.to <= part.to ? found : null;
}
