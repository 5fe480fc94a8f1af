// Everything the window may ask main for: zod for what comes in, types for what goes out.
import { z } from 'zod';
import type {
  Clip,
  ClipDetail,
  ClipPage,
  Collection,
  EditDone,
  LibraryCheck,
  LibraryCounts,
  Lineage,
  Work,
} from '../domain/clip';
import { COMMAND_IDS } from '../domain/commands';
import { PRESET_NAMES, type Connection } from '../domain/connection';
import { REFERENCE_KINDS, RESOLUTIONS, RATIOS, ROLES } from '../domain/models';
import { LIFE_RANGE, type Host, type Hosts, type Upload } from '../domain/host';
import type { Generation, JournalEntry, StrangerTask } from '../domain/generation';
import { CHECKS, type Bundle, type CheckResult } from '../domain/diagnostics';
import type { Reference } from '../domain/reference';
import type { Recipe } from '../domain/draft';
import { SORT_KEYS } from '../domain/search';
import { MOST_STRIP_ITEMS, type StitchPlan } from '../domain/stitch';
import { REPAIR_FORMATS } from '../domain/repair';
import type { Spend } from '../domain/spend';
import { LANGUAGES, ROW_HEIGHT_RANGE, THEMES, type Settings } from '../domain/settings';
import type { ErrorRecord } from './errors';

const id = z.string().min(1).max(100);
const nothing = z.strictObject({});
const byId = z.strictObject({ id });
/** A pasted picture travels as bytes; files travel as paths. */
export const MAX_PASTED_BYTES = 30 * 1024 * 1024;
export const MAX_PROMPT_LENGTH = 20_000;

const reference = z.strictObject({ key: id, referenceId: id, role: z.enum(ROLES) });

/** A draft as the window sends it: references by id, main adds what it knows of them. */
export const draftInput = z.strictObject({
  prompt: z.string().max(MAX_PROMPT_LENGTH),
  references: z.array(reference).max(50),
  model: z.string().min(1).max(200),
  parameters: z.strictObject({
    resolution: z.enum(RESOLUTIONS),
    ratio: z.enum(RATIOS as [(typeof RATIOS)[number], ...(typeof RATIOS)[number][]]),
    duration: z.int().min(-1).max(60),
    generateAudio: z.boolean(),
    watermark: z.boolean(),
    returnLastFrame: z.boolean(),
    cameraFixed: z.boolean(),
    seed: z.int().nullable(),
    executionExpiresAfter: z.int().nullable(),
  }),
});
export type DraftInput = z.infer<typeof draftInput>;

/** What the person has read and said yes to. */
const confirmed = z
  .array(z.enum(['duplicate', 'budget']))
  .max(2)
  .optional();
const seconds = z.number().min(0).max(86_400);
const span = z.strictObject({ from: seconds, to: seconds });
const part = z.number().min(0).max(1);
const pixels = z.int().min(2).max(20_000);
/** As `Repair` of the domain. */
export const repairInput = z.strictObject({
  span: span.optional(),
  repeatTo: seconds.optional(),
  crop: z.strictObject({ x: part, y: part, width: part, height: part }).optional(),
  size: z.strictObject({ width: pixels, height: pixels }).optional(),
  pad: z.boolean().optional(),
  fps: z.number().min(1).max(240).optional(),
  format: z.enum(REPAIR_FORMATS).optional(),
  maxBytes: z.int().min(1024).optional(),
});

const commandIds = z.array(z.enum(COMMAND_IDS)).max(COMMAND_IDS.length);
const line = z.string().trim().max(500);
const hostFacts = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('s3'),
    endpoint: z.string().trim().min(1).max(2000),
    region: line,
    bucket: line.min(1),
    prefix: line,
    pathStyle: z.boolean(),
    accessKeyId: line.min(1),
  }),
  z.strictObject({
    kind: z.literal('uploader'),
    url: z.string().trim().min(1).max(2000),
    method: z.enum(['POST', 'PUT']),
    headers: z.array(z.strictObject({ name: line.min(1), value: z.string().max(4000) })).max(20),
    field: line,
    answerPath: line,
  }),
  z.strictObject({ kind: z.literal('tunnel') }),
]);

const searchWords = z.string().max(2000);
const searchInput = z.strictObject({
  text: searchWords,
  sort: z.strictObject({ key: z.enum(SORT_KEYS), descending: z.boolean() }),
});
const clipIds = z.array(id).min(1).max(100_000);
const tag = z.string().trim().min(1).max(100);
const clipEdit = z.strictObject({
  rating: z.int().min(0).max(5).optional(),
  flag: z.enum(['kept', 'rejected']).nullable().optional(),
  title: z.string().trim().min(1).max(300).optional(),
  note: z.string().max(20_000).optional(),
  addTags: z.array(tag).max(50).optional(),
  removeTags: z.array(tag).max(50).optional(),
  addTo: id.optional(),
  removeFrom: id.optional(),
  trashed: z.boolean().optional(),
});
const stitchInput = z.strictObject({
  items: z
    .array(z.strictObject({ key: id, clipId: id, span: span.optional() }))
    .min(1)
    .max(MOST_STRIP_ITEMS),
  choice: z.strictObject({
    size: z.strictObject({ width: pixels, height: pixels }).optional(),
    fps: z.number().min(1).max(240).optional(),
  }),
});

const amount = z.number().min(0).max(1_000_000);

const baseUrl = z.string().min(1).max(2000);
const label = z.string().trim().min(1).max(80);

/** Pages outside the app that the window may open, by name. */
export const LINKS = {
  volcengineKeys: 'https://console.volcengine.com/ark/region:ark+cn-beijing/apiKey',
  byteplusKeys: 'https://console.byteplus.com/ark/region:ark+ap-southeast-1/apiKey',
  apiReference: 'https://www.volcengine.com/docs/82379/1520757',
} as const;
export type LinkName = keyof typeof LINKS;

export const inputs = {
  'app.info': nothing,
  'app.tools': nothing,
  /** Asks for the program in a dialog, tries it, and takes it: errors `ffmpeg_not_one`, `ffmpeg_incomplete`. */
  'app.chooseFfmpeg': nothing,
  /** Back to the one that came with the app, or the system's. */
  'app.clearFfmpeg': nothing,
  /** Looks anew for one. */
  'app.findFfmpeg': nothing,
  'app.about': nothing,
  /** What the native menu shows of the window's state. */
  'app.menu': z.strictObject({ off: commandIds, on: commandIds }),
  /** What was opened with Dailies and waits for the window; given out once. */
  'app.takeOpened': nothing,
  /** The first list is painted: what was held back for it goes on. */
  'app.painted': nothing,
  /** What the page keeps itself (the draft) goes to the disk now; by itself that may take Chromium a minute. */
  'app.keepDraft': nothing,
  /** Records that could not be read and were put aside at this start; told once. */
  'app.takeSetAside': nothing,
  /** For a start that went wrong: quits, and starts again. */
  'app.relaunch': nothing,
  'app.quit': nothing,
  'app.showData': nothing,
  'settings.get': nothing,
  'settings.update': z.strictObject({
    language: z.enum([...LANGUAGES, 'system']).optional(),
    theme: z.enum([...THEMES, 'system']).optional(),
    inspectorOpen: z.boolean().optional(),
    composerOpen: z.boolean().optional(),
    collectionsOpen: z.boolean().optional(),
    tagsOpen: z.boolean().optional(),
    advanceAfterMark: z.boolean().optional(),
    outboxSendsByItself: z.boolean().optional(),
    notifications: z.boolean().optional(),
    budget: z.strictObject({ CNY: amount.nullable(), USD: amount.nullable() }).optional(),
    atBudget: z.enum(['warn', 'stop']).optional(),
    sort: z.strictObject({ key: z.enum(SORT_KEYS), descending: z.boolean() }).optional(),
    nameTemplate: z.string().min(1).max(300).optional(),
    rowHeight: z.int().min(ROW_HEIGHT_RANGE[0]).max(ROW_HEIGHT_RANGE[1]).nullable().optional(),
  }),
  'connections.list': nothing,
  'connections.add': z.strictObject({
    preset: z.enum(PRESET_NAMES),
    label,
    baseUrl,
    plainHttpAccepted: z.boolean(),
  }),
  'connections.update': z.strictObject({ id, label, baseUrl, plainHttpAccepted: z.boolean() }),
  'connections.remove': byId,
  'connections.use': byId,
  'connections.setKey': z.strictObject({ id, key: z.string().min(1).max(4096) }),
  'connections.clearKey': byId,
  'connections.test': byId,
  /** Prices of one row of the connection's `prices`; null goes back to the vendor's list. */
  'connections.setPrice': z.strictObject({
    id,
    model: z.string().min(1).max(200),
    resolution: z.enum(RESOLUTIONS),
    price: z.strictObject({ withoutVideo: amount, withVideo: amount }).nullable(),
  }),
  'references.add': z.strictObject({ paths: z.array(z.string().min(1).max(4096)).min(1).max(50) }),
  'references.pick': nothing,
  'references.paste': z.strictObject({
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_PASTED_BYTES),
    name: z.string().max(255),
  }),
  'references.addUrl': z.strictObject({
    url: z.string().min(1).max(4000),
    kind: z.enum(REFERENCE_KINDS).optional(),
  }),
  /** Those that are known, in the order asked for: a repaired one's parent, for example. */
  'references.get': z.strictObject({ ids: z.array(id).min(1).max(50) }),
  /** All of a clip, one frame (`last`, or seconds from its start), or a range. */
  'references.fromClip': z.strictObject({
    clipId: id,
    moment: z.union([seconds, z.literal('last')]).optional(),
    span: span.optional(),
  }),
  /** A new reference, made from this one. Progress as `reference.progress` under the parent's id. */
  'references.repair': z.strictObject({ id, repair: repairInput }),
  'references.cancelRepair': byId,
  /** Makes sure that the window can play or show it. */
  'references.preview': byId,
  /** What lies at a host now. */
  'references.uploads': nothing,
  'hosts.get': nothing,
  /** With `id`: changes it. Another endpoint, bucket or address deletes the secret: it was given to the old one. */
  'hosts.save': z.strictObject({
    id: id.nullable(),
    label,
    facts: hostFacts,
    lifeSeconds: z.int().min(LIFE_RANGE[0]).max(LIFE_RANGE[1]),
    removeAfter: z.boolean(),
  }),
  'hosts.remove': byId,
  /** Null: none. */
  'hosts.use': z.strictObject({ id: id.nullable() }),
  'hosts.setSecret': z.strictObject({ id, secret: z.string().min(1).max(4096) }),
  'hosts.clearSecret': byId,
  /** Puts a small file, fetches it from its address, and takes it away. */
  'hosts.test': byId,
  'generations.create': z.strictObject({
    draft: draftInput,
    connectionId: id,
    /** Into the outbox instead of sending it. */
    hold: z.boolean().optional(),
    confirmed,
  }),
  /** Sends what is held. */
  'generations.release': z.strictObject({ ids: z.array(id).min(1).max(500), confirmed }),
  /** The same recipe once more, as a new generation; for what ended without a clip or stayed unconfirmed. */
  'generations.sendAgain': z.strictObject({ id, confirmed }),
  'generations.journal': byId,
  'generations.strangers': nothing,
  /** Compares the lists of all connections with what is known here. */
  'generations.findStrangers': nothing,
  'generations.adopt': z.strictObject({ connectionId: id, taskId: z.string().min(1).max(500) }),
  'generations.list': nothing,
  'generations.cancel': byId,
  'generations.dismiss': byId,
  'generations.lookFor': byId,
  /** What a search finds, in order; `text` in the grammar of `domain/search.ts`. */
  'library.query': searchInput,
  /** Some of it, by place. */
  'library.page': searchInput.extend({
    from: z.int().min(0).max(10_000_000),
    count: z.int().min(1).max(500),
  }),
  'library.ids': searchInput,
  'library.placeOf': searchInput.extend({ id }),
  'library.complete': z.strictObject({ text: searchWords, caret: z.int().min(0).max(2000) }),
  'library.edit': z.strictObject({ ids: clipIds, edit: clipEdit }),
  'library.undo': nothing,
  'library.redo': nothing,
  'library.lineage': byId,
  /** The files go to the system's trash; null: of everything in the library's trash. */
  'library.emptyTrash': z.strictObject({ ids: clipIds.nullable() }),
  'library.collections': nothing,
  'library.saveCollection': z.strictObject({ id: id.nullable(), name: label, query: searchWords.nullable() }),
  'library.removeCollection': byId,
  'library.orderCollections': z.strictObject({ ids: z.array(id).max(2000) }),
  'library.counts': nothing,
  /** Files and folders of the person's. */
  'library.import': z.strictObject({
    paths: z.array(z.string().min(1).max(4096)).min(1).max(1000),
    mode: z.enum(['inPlace', 'copy']),
  }),
  /** Asks for a folder; `watch`: also what comes into it later. */
  'library.importFolder': z.strictObject({ mode: z.enum(['inPlace', 'copy']), watch: z.boolean() }),
  'library.watched': nothing,
  'library.unwatch': z.strictObject({ path: z.string().min(1).max(4096) }),
  /** Asks for a file or a folder, and finds missing clips in it by content. */
  'library.find': z.strictObject({ id: id.nullable(), in: z.enum(['file', 'folder']) }),
  'library.check': nothing,
  'library.repair': z.strictObject({ what: z.enum(['unknown', 'withoutSidecar']) }),
  'library.rename': z.strictObject({ ids: clipIds, template: z.string().min(1).max(300) }),
  /** Asks where to. */
  'library.export': z.strictObject({ ids: clipIds, as: z.enum(['folder', 'csv', 'fcpxml', 'otio']) }),
  /** The recipe inside an MP4 that Dailies made, on this computer or another; by the path of a dropped file. */
  'library.readRecipe': z.strictObject({ path: z.string().min(1).max(4096) }),
  /** Begins the system's own drag of the files, out of the window. */
  'library.startDrag': z.strictObject({ ids: z.array(id).min(1).max(500) }),
  'library.saveFrame': z.strictObject({ id, moment: seconds }),
  'library.planStitch': stitchInput,
  /** Asks where to, and makes it in the background. */
  'library.stitch': stitchInput,
  'work.list': nothing,
  'work.pause': z.strictObject({ paused: z.boolean() }),
  'work.cancel': byId,
  'work.dismiss': byId,
  /** What an export or a film has written. */
  'work.showInFolder': byId,
  'clips.list': z.strictObject({
    after: z.strictObject({ createdAt: z.string().max(40), id }).nullable(),
    limit: z.int().min(1).max(500),
  }),
  'clips.get': byId,
  'clips.showInFolder': byId,
  'spend.get': nothing,
  'network.get': nothing,
  'library.location': nothing,
  'library.chooseFolder': nothing,
  /** The folder may be there again. */
  'library.lookAgain': nothing,
  'library.showFolder': nothing,
  /** One test; free of charge. Asked again while it runs: the same answer. */
  'diagnostics.run': z.strictObject({ check: z.enum(CHECKS) }),
  /** Ends what runs; it answers with `cancelled`. */
  'diagnostics.stop': nothing,
  /** Puts a support bundle together, in memory. */
  'diagnostics.prepareBundle': z.strictObject({ withPrompts: z.boolean() }),
  /** The text of one of its files. */
  'diagnostics.readBundle': z.strictObject({ id, name: z.string().min(1).max(100) }),
  /** Asks where to. */
  'diagnostics.saveBundle': byId,
  'system.openLink': z.strictObject({ name: z.enum(Object.keys(LINKS) as [LinkName, ...LinkName[]]) }),
} as const;

export interface AppInfo {
  version: string;
  electron: string;
  platform: 'darwin' | 'win32' | 'linux' | 'other';
  systemLocale: string;
}

/** What else on this computer the app relies on. Asking takes a moment: a program is started, a keychain woken. */
export interface AppTools {
  /** Null: no ffmpeg answers; posters, sprites and the practice gateway need one. */
  ffmpegVersion: string | null;
  /** Whether this computer's keychain answers. `memory`: keys last until the app is closed. */
  keyStorage: 'keychain' | 'memory';
}

/** Files given to Dailies from outside: on the command line, by a second start, on its icon. Absolute paths. */
export interface OpenedFiles {
  videos: string[];
  /** Anything else, offered as references. */
  others: string[];
  /** Names of what is not there. */
  missing: string[];
}

/** Names of the files beside their old place; null: it could be read. */
export interface SetAside {
  settings: string | null;
  database: string | null;
}

/** What this copy is made of. */
export interface AboutFacts {
  chromium: string;
  node: string;
  sqlite: string;
  /** Of everything in the package; empty where the app runs from its sources. */
  licences: { name: string; version: string; licence: string; text: string }[];
}

export interface AddedReferences {
  added: Reference[];
  refused: { name: string; error: ErrorRecord }[];
}

/** Where the window finds something it can show: `app://dailies/media/<kind>/<id>`. */
export interface Preview {
  kind: 'reference' | 'preview';
  /** A smaller copy stands in, because the window cannot play the original. */
  proxy: boolean;
}

/** What a search finds, laid out: all that a grid needs to know before it asks for the clips themselves. */
export interface ClipOrder {
  total: number;
  /** Of all together. */
  seconds: number;
  /** Width over height in thousandths, 1 to 65535; 1778 where it is unknown. */
  ratios: Uint16Array;
  /** When each was made, in seconds since 1970. */
  times: Uint32Array;
  /** Another one: something changed since, ask again. */
  version: number;
}

/** Values that fit what is being typed; chosen, one takes the place of `from` to `to`. */
export interface SearchCompletion {
  from: number;
  to: number;
  values: { text: string; label: string; clips: number | null }[];
}

/** A recipe as it was found in a file; references whose bytes are not on this computer are left out and counted. */
export interface FoundRecipe {
  recipe: Recipe;
  missingReferences: number;
}

export interface HostTest {
  milliseconds: number;
  /** Whether the test file could be taken away again; null: this host cannot be asked to. */
  removed: boolean | null;
}

export interface TestResult {
  /** `key_untested`: the server answered, but in a way that proves nothing about the key. */
  verdict: 'ok' | 'key_untested';
  milliseconds: number;
}

/** `empty`: it had clips, and nothing is in the folder; a disk may not be connected. */
export type LibraryTrouble = 'gone' | 'file' | 'unreadable' | 'empty';

export interface LibraryLocation {
  path: string;
  /** Why the folder cannot be used as it is now. Nothing is forgotten meanwhile. */
  trouble: LibraryTrouble | null;
  clips: number;
  bytes: number;
  freeBytes: number | null;
}

/** What each request answers with. */
export interface Outputs {
  'app.info': AppInfo;
  'app.tools': AppTools;
  /** Null when the person closed the dialog. */
  'app.chooseFfmpeg': AppTools | null;
  'app.clearFfmpeg': AppTools;
  'app.findFfmpeg': AppTools;
  'app.about': AboutFacts;
  'app.menu': null;
  'app.takeOpened': OpenedFiles;
  'app.painted': null;
  'app.keepDraft': null;
  'app.takeSetAside': SetAside;
  'app.relaunch': null;
  'app.quit': null;
  'app.showData': null;
  'settings.get': Settings;
  'settings.update': Settings;
  'connections.list': Connection[];
  'connections.add': Connection;
  'connections.update': Connection;
  'connections.remove': null;
  'connections.use': Settings;
  'connections.setKey': Connection;
  'connections.clearKey': Connection;
  'connections.test': TestResult;
  'connections.setPrice': Connection;
  'references.add': AddedReferences;
  /** Empty lists when the person closed the dialog. */
  'references.pick': AddedReferences;
  'references.paste': Reference;
  'references.addUrl': Reference;
  'references.get': Reference[];
  'references.fromClip': Reference;
  'references.repair': Reference;
  'references.cancelRepair': null;
  'references.preview': Preview;
  'references.uploads': Upload[];
  'hosts.get': Hosts;
  'hosts.save': Host;
  'hosts.remove': Hosts;
  'hosts.use': Hosts;
  'hosts.setSecret': Host;
  'hosts.clearSecret': Host;
  'hosts.test': HostTest;
  /**
   * Errors that ask: `duplicate_recent` (the same request was sent less than ten minutes ago: `values.minutes`),
   * `budget_reached` (`values.spent`, `values.budget`, `values.currency`). Say yes with `confirmed`.
   */
  'generations.create': Generation;
  'generations.release': Generation[];
  'generations.sendAgain': Generation;
  'generations.journal': JournalEntry[];
  'generations.strangers': StrangerTask[];
  'generations.findStrangers': StrangerTask[];
  'generations.adopt': Generation;
  /** All that are not done: in work, or ended without a clip and not dismissed. Newest first. */
  'generations.list': Generation[];
  'generations.cancel': Generation;
  'generations.dismiss': null;
  /** Looks for an unconfirmed generation at the provider. */
  'generations.lookFor': Generation;
  'library.query': ClipOrder;
  'library.page': { clips: Clip[]; version: number };
  'library.ids': string[];
  /** Null: it is not among them. */
  'library.placeOf': number | null;
  'library.complete': SearchCompletion | null;
  'library.edit': EditDone | null;
  /** Null: there is nothing to undo. */
  'library.undo': EditDone | null;
  'library.redo': EditDone | null;
  'library.lineage': Lineage;
  'library.emptyTrash': { removed: number };
  'library.collections': Collection[];
  'library.saveCollection': Collection;
  'library.removeCollection': null;
  /** Those named come first, in this order; the others keep theirs behind them. */
  'library.orderCollections': Collection[];
  'library.counts': LibraryCounts;
  'library.import': Work;
  /** Null when the person closed the dialog; the same below. */
  'library.importFolder': Work | null;
  'library.watched': string[];
  'library.unwatch': null;
  'library.find': { found: number } | null;
  'library.check': LibraryCheck;
  'library.repair': { repaired: number };
  'library.rename': { renamed: number };
  'library.export': Work | null;
  'library.readRecipe': FoundRecipe | null;
  'library.startDrag': null;
  'library.saveFrame': { path: string } | null;
  'library.planStitch': StitchPlan;
  'library.stitch': Work | null;
  'work.list': Work[];
  'work.pause': null;
  'work.cancel': null;
  'work.dismiss': null;
  'work.showInFolder': null;
  'clips.list': ClipPage;
  'clips.get': ClipDetail;
  'clips.showInFolder': null;
  'spend.get': Spend;
  'network.get': { online: boolean };
  'library.location': LibraryLocation;
  'library.chooseFolder': LibraryLocation;
  'library.lookAgain': LibraryLocation;
  'library.showFolder': null;
  'diagnostics.run': CheckResult;
  'diagnostics.stop': null;
  'diagnostics.prepareBundle': Bundle;
  'diagnostics.readBundle': { text: string };
  /** False: the person closed the dialog. */
  'diagnostics.saveBundle': boolean;
  'system.openLink': null;
}

export type RequestName = keyof typeof inputs;
export type RequestInput<N extends RequestName> = z.input<(typeof inputs)[N]>;
export type ParsedInput<N extends RequestName> = z.output<(typeof inputs)[N]>;
export type RequestOutput<N extends RequestName> = Outputs[N];
