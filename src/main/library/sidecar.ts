// The `.json` beside each clip: what made it, readable without Dailies and enough to rebuild the library.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { Clip, ClipTask } from '@shared/domain/clip';
import type { DraftReference, Recipe } from '@shared/domain/draft';
import { RATIOS, REFERENCE_KINDS, RESOLUTIONS, ROLES, type Ratio } from '@shared/domain/models';
import { REFERENCE_SOURCES } from '@shared/domain/reference';
import { REPAIR_FORMATS } from '@shared/domain/repair';
import { renameDurably } from '../files/durableFile';

const count = z.number().nonnegative();
/** Folders are named by it: nothing but a hash may come through. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** The sidecar of a clip outside is called by it: a path would write over any other file. */
export const clipIdSchema = z.string().regex(/^[\w-]{1,100}$/);
const range = z.object({ min: z.number(), max: z.number() });
const span = z.object({ from: z.number(), to: z.number() });
const size = z.object({ width: z.number(), height: z.number() });

/** As `Repair` of the domain. */
const repairSchema = z.object({
  span: span.optional(),
  repeatTo: z.number().optional(),
  crop: size.extend({ x: z.number(), y: z.number() }).optional(),
  size: size.optional(),
  pad: z.boolean().optional(),
  fps: z.number().optional(),
  format: z.enum(REPAIR_FORMATS).optional(),
  maxBytes: z.number().optional(),
});

const referenceSchema = z.object({
  key: z.string(),
  role: z.enum(ROLES),
  kind: z.enum(REFERENCE_KINDS),
  name: z.string(),
  source: z.enum(REFERENCE_SOURCES),
  /** SHA-256 of the bytes; null for an address. */
  hash: hash.nullable(),
  /** Without its query: that is where signatures are. Null for a file. */
  address: z.string().nullable(),
  format: z.string(),
  bytes: count,
  width: z.number().optional(),
  height: z.number().optional(),
  seconds: z.number().optional(),
  fps: z.number().optional(),
  codec: z.string().optional(),
  hasSound: z.boolean().optional(),
  animated: z.boolean().optional(),
  cmyk: z.boolean().optional(),
  /** Made from another reference, by its hash. */
  derived: z.object({ parentId: z.string(), repair: repairSchema }).optional(),
  clip: z
    .object({
      id: z.string(),
      moment: z.number().optional(),
      span: span.optional(),
      result: z.object({ baseUrl: z.string(), until: z.string() }).optional(),
    })
    .optional(),
});

const recipeSchema = z.object({
  version: z.literal(1),
  prompt: z.string(),
  model: z.string(),
  references: z.array(referenceSchema),
  parameters: z.object({
    resolution: z.enum(RESOLUTIONS),
    ratio: z.enum(RATIOS as [Ratio, ...Ratio[]]),
    duration: z.number(),
    generateAudio: z.boolean(),
    watermark: z.boolean(),
    returnLastFrame: z.boolean(),
    cameraFixed: z.boolean(),
    seed: z.number().nullable(),
    executionExpiresAfter: z.number().nullable(),
  }),
});

const taskSchema = z.object({
  id: z.string(),
  found: z.boolean().optional(),
  connectionLabel: z.string(),
  baseUrl: z.string(),
  requestId: z.string().nullable(),
  seed: z.number().nullable(),
  resolution: z.string().nullable(),
  ratio: z.string().nullable(),
  seconds: z.number().nullable(),
  estimatedTokens: range.nullable(),
  waitedSeconds: z.number().nullable(),
  renderedSeconds: z.number().nullable(),
  securedSeconds: z.number().nullable(),
});

/** What the person did with the clip. Somebody who wrote nonsense there by hand loses this, not the clip. */
const editsSchema = z.object({
  rating: z.int().min(0).max(5),
  flag: z.enum(['kept', 'rejected']).nullable(),
  tags: z.array(z.string()),
  note: z.string(),
  /** ISO 8601 UTC. */
  trashedAt: z.string().nullable(),
  /** Those without a search, by name, and the place in each. */
  collections: z.array(z.object({ name: z.string(), position: z.int() })),
});
export type SidecarEdits = z.infer<typeof editsSchema>;

export const NO_EDITS: SidecarEdits = {
  rating: 0,
  flag: null,
  tags: [],
  note: '',
  trashedAt: null,
  collections: [],
};

const sidecarSchema = z.object({
  version: z.literal(1),
  app: z.literal('Dailies'),
  clip: z.object({
    id: clipIdSchema,
    generationId: z.string().nullable(),
    title: z.string(),
    /** Only a name: a path would make any file of this computer a clip. */
    fileName: z.string().refine((name) => basename(name) === name),
    createdAt: z.string(),
    bytes: count,
    width: count,
    height: count,
    seconds: count,
    fps: count,
    hasSound: z.boolean(),
    tokens: z.number().nullable(),
    price: z.object({ amount: z.number(), currency: z.enum(['CNY', 'USD']) }).nullable(),
    practice: z.boolean(),
    origin: z.enum(['generated', 'imported']).optional(),
    /** The folder of a clip that lies outside the library: only in what never leaves this computer. */
    outside: z.string().optional(),
  }),
  recipe: recipeSchema.nullable(),
  task: taskSchema.nullable(),
  /** SHA-256, lower-case hex: of the whole file where it was generated, else of its samples; empty until then. */
  hashes: z.object({ video: hash.or(z.literal('')) }),
  /** File names in the same folder. */
  lastFrame: z.string().nullable(),
  edits: editsSchema.optional().catch(undefined),
});
export type Sidecar = z.infer<typeof sidecarSchema>;

export interface SidecarFacts {
  readonly clip: Clip;
  readonly recipe: Recipe | null;
  readonly task: ClipTask | null;
  readonly contentHash: string;
  readonly lastFrame: string | null;
  readonly edits?: SidecarEdits;
}

/** The sidecar's content. It holds no path, no key and no signed address. */
export function sidecarOf({ clip, recipe, task, contentHash, lastFrame, edits }: SidecarFacts): Sidecar {
  // Unknown keys are dropped by the schema: what is written is what is named here.
  return sidecarSchema.parse({
    version: 1,
    app: 'Dailies',
    clip: { ...clip, outside: undefined },
    recipe: recipe === null ? null : { ...recipe, references: recipe.references.map(referenceOf) },
    task: task === null ? null : { ...task, baseUrl: withoutSecrets(task.baseUrl) },
    hashes: { video: contentHash },
    lastFrame,
    edits: edits === undefined || JSON.stringify(edits) === JSON.stringify(NO_EDITS) ? undefined : edits,
  });
}

/** The recipe as the library keeps it. What the sidecar left out for the sake of secrecy is lost. */
export function recipeOf({ recipe }: Pick<Sidecar, 'recipe'>): Recipe | null {
  if (recipe === null) return null;
  const references = recipe.references.map(({ key, role, hash, address, ...facts }): DraftReference => {
    // As the references know an address that nothing was lost of.
    const id =
      hash ??
      `url-${createHash('sha256')
        .update(address ?? '')
        .digest('hex')}`;
    const url = address === null ? {} : { url: address };
    return { key, role, reference: { ...facts, id, ...url, hasThumb: hash !== null } };
  });
  return { ...recipe, references };
}

function referenceOf({ key, role, reference }: DraftReference): z.infer<typeof referenceSchema> {
  const { id, source, url, name, hasThumb: _, ...facts } = reference;
  const address = source === 'url' ? withoutSecrets(url ?? name) : null;
  return {
    ...facts,
    key,
    role,
    source,
    name: address ?? name.replace(/^.*[\\/]/, ''),
    hash: source === 'url' ? null : id,
    address,
  };
}

/** An address without user, query and fragment. `asset://…` has none of them. */
function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return '';
  const url = new URL(address);
  if (url.protocol === 'asset:') return address;
  return `${url.origin}${url.pathname}`;
}

/** The sidecar of a clip's file: the same name with `.json`. */
export function sidecarPath(clipPath: string): string {
  return clipPath.replace(/\.[^.\\/]+$/, '') + '.json';
}

/** Writes it whole and synced, or not at all. Throws what the file system throws. */
export async function writeSidecar(clipPath: string, sidecar: Sidecar): Promise<void> {
  await writeSidecarFile(sidecarPath(clipPath), sidecar);
}

/** For a clip that lies outside the library; `clipPath` stands for it inside. Throws what the file system throws. */
export async function writeOutsideSidecar(
  clipPath: string,
  sidecar: Sidecar,
  outside: string,
): Promise<void> {
  await mkdir(dirname(clipPath), { recursive: true });
  await writeSidecarFile(sidecarPath(clipPath), { ...sidecar, clip: { ...sidecar.clip, outside } });
}

async function writeSidecarFile(path: string, sidecar: Sidecar): Promise<void> {
  // Always the same name: what a crash leaves is written over by the next try, so nothing stays in the library.
  const temporary = `${path}.part`;
  await writeFile(temporary, `${JSON.stringify(sidecar, null, 2)}\n`);
  await renameDurably(temporary, path);
}

/** A clip's sidecar, or null when there is none or it is not ours. */
export async function readSidecar(clipPath: string): Promise<Sidecar | null> {
  return readSidecarFile(sidecarPath(clipPath));
}

/** The same by the sidecar's own path. */
export async function readSidecarFile(path: string): Promise<Sidecar | null> {
  try {
    const parsed = sidecarSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
