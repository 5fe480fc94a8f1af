// A studio's worth of made-up records: clips of every shape, generations in every state, connections of every kind.
import type { Clip, ClipDetail, Collection, Work } from '../../src/shared/domain/clip';
import { AppError, type ErrorRecord } from '../../src/shared/contract/errors';
import type { AppTools } from '../../src/shared/contract/requests';
import { PRESETS, type Connection } from '../../src/shared/domain/connection';
import { estimateCost, LIST_PRICES, tokensOf } from '../../src/shared/domain/cost';
import type { CheckName, CheckResult } from '../../src/shared/domain/diagnostics';
import { defaultParameters, freezeRecipe, type Draft, type Recipe } from '../../src/shared/domain/draft';
import type {
  Generation,
  GenerationState,
  Hold,
  JournalEntry,
  StrangerTask,
} from '../../src/shared/domain/generation';
import { DEFAULT_MODEL_ID, findModel, type Ratio, type Resolution } from '../../src/shared/domain/models';
import { DEFAULT_LIFE, type Hosts, type Upload } from '../../src/shared/domain/host';
import type { Reference } from '../../src/shared/domain/reference';
import type { SpendRow } from '../../src/shared/domain/spend';

const MINUTE = 60_000;
const DAY = 86_400_000;
const MODEL = findModel(DEFAULT_MODEL_ID);
if (MODEL === undefined) throw new Error('The default model is not listed.');

export const SAMPLE_REFERENCES: Record<string, Reference> = {
  jetty: {
    id: 'ref-jetty',
    kind: 'image',
    source: 'file',
    name: 'jetty-mist.jpg',
    format: 'jpeg',
    bytes: 1_258_291,
    width: 1366,
    height: 911,
    hasThumb: true,
  },
  boats: {
    id: 'ref-boats',
    kind: 'video',
    source: 'file',
    name: 'boats-dolly-4.mp4',
    format: 'mp4',
    codec: 'h264',
    bytes: 7_969_177,
    width: 1280,
    height: 720,
    seconds: 4,
    fps: 24,
    hasSound: true,
    hasThumb: true,
  },
  guitar: {
    id: 'ref-guitar',
    kind: 'audio',
    source: 'file',
    name: 'guitar-intro.mp3',
    format: 'mp3',
    bytes: 233_000,
    seconds: 14.6,
    hasThumb: true,
  },
  puppy: {
    id: 'ref-puppy',
    kind: 'image',
    source: 'file',
    name: 'puppy-header-with-a-very-long-file-name-from-the-camera.jpg',
    format: 'jpeg',
    bytes: 67_176,
    width: 3200,
    height: 340,
    hasThumb: true,
  },
  song: {
    id: 'ref-song',
    kind: 'audio',
    source: 'file',
    name: 'guitar.mp3',
    format: 'mp3',
    bytes: 260_787,
    seconds: 22.9,
    hasThumb: true,
  },
  address: {
    id: 'url-1',
    kind: 'image',
    source: 'url',
    name: 'https://media.example.com/stills/2026/harbour-at-dusk.png',
    url: 'https://media.example.com/stills/2026/harbour-at-dusk.png',
    format: '',
    bytes: 0,
    hasThumb: false,
  },
};

const odd = (
  name: string,
  kind: Reference['kind'],
  format: string,
  change: Partial<Reference> = {},
): Reference => ({
  id: `ref-${name}`,
  kind,
  source: 'file',
  name,
  format,
  bytes: 4_100_000,
  hasThumb: true,
  ...(kind === 'audio' ? { seconds: 8 } : { width: 1280, height: 720 }),
  ...(kind === 'video' ? { seconds: 5, fps: 24, codec: 'h264', hasSound: true } : {}),
  ...change,
});

/** Files of which each has one thing that a model does not take, or that is worth knowing. */
export const ODD_REFERENCES: readonly Reference[] = [
  odd('lecture-10-minutes.mp4', 'video', 'mp4', { seconds: 600, bytes: 44_000_000 }),
  odd('half-a-second.mp4', 'video', 'mp4', { seconds: 0.5 }),
  odd('slow-motion-120.mov', 'video', 'mov', { fps: 120, bytes: 21_000_000 }),
  odd('drone-4k.mp4', 'video', 'mp4', { width: 3840, height: 2160, bytes: 49_000_000 }),
  odd('four-hundred-megabytes.mp4', 'video', 'mp4', { bytes: 400_000_000 }),
  odd('screen-recording.webm', 'video', 'webm', { codec: 'vp9' }),
  odd('phone-prores.mov', 'video', 'mov', { codec: 'prores' }),
  odd('thumbnail.png', 'image', 'png', { width: 120, height: 90, bytes: 9_000 }),
  odd('banner.jpg', 'image', 'jpeg', { width: 4000, height: 500 }),
  odd('print-cover.jpg', 'image', 'jpeg', { width: 2480, height: 3508, cmyk: true }),
  odd('dancing.webp', 'image', 'webp', { width: 600, height: 600, animated: true }),
  odd('portrait.heic', 'image', 'heic', { width: 3024, height: 4032, hasThumb: false }),
  odd('scan-16-bit.tiff', 'image', 'tiff', { width: 5200, height: 3400, bytes: 38_000_000 }),
  odd('voice-memo.m4a', 'audio', 'm4a'),
  odd('five-one-mix.flac', 'audio', 'flac', { seconds: 42, bytes: 19_000_000 }),
  odd('click.wav', 'audio', 'wav', { seconds: 0.4, bytes: 40_000, hasThumb: false }),
  {
    ...odd('trimmed.mp4', 'video', 'mp4', { seconds: 15, bytes: 6_400_000 }),
    source: 'derived',
    derived: {
      parentId: 'ref-lecture-10-minutes.mp4',
      repair: { span: { from: 12, to: 27 }, format: 'mp4' },
    },
  },
];

/** One host of each kind: a bucket in use, a tunnel, and an uploader whose secret is missing. */
export function sampleHosts(): Hosts {
  return {
    hosts: [
      {
        id: 'bucket',
        label: 'Films bucket',
        facts: {
          kind: 's3',
          endpoint: 'https://s3.eu-central-1.amazonaws.com',
          region: 'eu-central-1',
          bucket: 'mei-films',
          prefix: 'dailies/references',
          pathStyle: false,
          accessKeyId: 'AKIAEXAMPLEEXAMPLE00',
        },
        lifeSeconds: DEFAULT_LIFE,
        removeAfter: true,
        secret: 'keychain',
      },
      {
        id: 'tunnel',
        label: 'Tunnel',
        facts: { kind: 'tunnel' },
        lifeSeconds: DEFAULT_LIFE,
        removeAfter: true,
        secret: 'not_needed',
      },
      {
        id: 'uploader',
        label: 'The studio server in the cellar, behind the editing room',
        facts: {
          kind: 'uploader',
          url: 'https://files.studio.example.com/api/v2/upload?workspace=editing-room',
          method: 'POST',
          headers: [{ name: 'Authorization', value: 'Bearer {secret}' }],
          field: 'file',
          answerPath: 'data.url',
        },
        lifeSeconds: DEFAULT_LIFE,
        removeAfter: false,
        secret: 'none',
      },
    ],
    activeId: 'bucket',
    cloudflared: '2026.10.0',
  };
}

/** The last one is no longer known here. */
export function sampleUploads(now: number): Upload[] {
  const upload = (referenceId: string, hours: number | null): Upload => ({
    referenceId,
    hostId: hours === null ? 'uploader' : 'bucket',
    hostLabel: hours === null ? 'The studio server in the cellar, behind the editing room' : 'Films bucket',
    uploadedAt: new Date(now - 2 * 60 * MINUTE).toISOString(),
    until: hours === null ? null : new Date(now + hours * 60 * MINUTE).toISOString(),
  });
  return [
    upload('ref-boats', 22),
    upload('ref-drone-4k.mp4', 0.6),
    upload('ref-guitar', null),
    upload('forgotten', 5),
  ];
}

function reference(name: string): Reference {
  const found = SAMPLE_REFERENCES[name];
  if (found === undefined) throw new Error(`No sample reference ${name}.`);
  return found;
}

export function sampleDraft(change: Partial<Draft> = {}, ratio: Ratio = '16:9'): Draft {
  return {
    prompt:
      'Dawn over the jetty in @{r1}. Handheld at eye level, walking pace, the camera move of @{r2}. Mist lifts off the ' +
      'water; one gull crosses left to right at 3 s. Rope creaks, a far bell, then the guitar of @{r3} comes in quietly.',
    references: [
      { key: 'r1', reference: reference('jetty'), role: 'reference_image' },
      { key: 'r2', reference: reference('boats'), role: 'reference_video' },
      { key: 'r3', reference: reference('guitar'), role: 'reference_audio' },
    ],
    model: DEFAULT_MODEL_ID,
    parameters: { ...defaultParameters(MODEL!), ratio },
    ...change,
  };
}

function recipe(ratio: Ratio = '16:9', change: Partial<Draft> = {}): Recipe {
  return freezeRecipe(sampleDraft(change, ratio));
}

export function sampleConnections(): Connection[] {
  const base = { plainHttpAccepted: false, canHostVideo: false } as const;
  return [
    {
      ...base,
      id: 'practice',
      preset: 'practice',
      label: 'Practice gateway',
      baseUrl: 'http://127.0.0.1:4810/api/v3',
      currency: null,
      prices: [],
      key: 'not_needed',
      canHostVideo: true,
    },
    {
      ...base,
      id: 'ark',
      preset: 'volcengine',
      label: 'Volcengine Ark',
      baseUrl: PRESETS.volcengine.baseUrl,
      currency: 'CNY',
      prices: LIST_PRICES.CNY,
      key: 'keychain',
    },
    {
      ...base,
      id: 'byteplus',
      preset: 'byteplus',
      label: 'BytePlus ModelArk',
      baseUrl: PRESETS.byteplus.baseUrl,
      currency: 'USD',
      prices: LIST_PRICES.USD,
      key: 'none',
    },
    {
      ...base,
      id: 'studio',
      preset: 'custom',
      label: 'Studio gateway',
      baseUrl: 'http://10.20.0.15:8080/api/v3',
      currency: 'CNY',
      prices: LIST_PRICES.CNY,
      key: 'none',
    },
  ];
}

interface ClipSpec {
  readonly picture: string;
  readonly title: string;
  readonly ratio: Ratio;
  readonly resolution?: Resolution;
  readonly seconds?: number;
}

/** Pictures are named, not shipped: a page that shows these serves its own. */
const CLIP_SPECS: readonly ClipSpec[] = [
  { picture: 'boats-a', title: 'Boats, slow dolly along the shore at dusk', ratio: '16:9' },
  { picture: 'boats-b', title: 'Boats, dolly in', ratio: '16:9' },
  { picture: 'path-9', title: 'Forest, upright', ratio: '9:16' },
  { picture: 'leo-a', title: 'Leopard turns', ratio: '16:9', resolution: '1080p' },
  { picture: 'path-a', title: 'Forest path', ratio: '16:9' },
  { picture: 'bud-9', title: 'Tulip opens', ratio: '9:16', seconds: 10 },
  { picture: 'balloon-a', title: 'Balloons rise', ratio: '16:9' },
  { picture: 'seed-a', title: '蒲公英在晨光里慢慢散开，镜头轻轻推近', ratio: '16:9' },
  { picture: 'balloon-1', title: 'Balloons, square', ratio: '1:1' },
  { picture: 'leaf-21', title: 'Leaves settle', ratio: '21:9', seconds: 10 },
  { picture: 'dune-9', title: 'Dune grass', ratio: '9:16' },
  { picture: 'jetty-a', title: 'Jetty, mist lifting', ratio: '16:9' },
  { picture: 'storm-21', title: 'Storm road', ratio: '21:9' },
  { picture: 'kite-a', title: 'Kite, tilt up', ratio: '16:9' },
  { picture: 'garden-9', title: 'Garden', ratio: '9:16' },
  { picture: 'summer-21', title: 'Lake, first light', ratio: '21:9', resolution: '1080p' },
  { picture: 'cups-1', title: 'Cups', ratio: '1:1' },
  { picture: 'dock-a', title: 'Dock, low sun', ratio: '16:9' },
  { picture: 'beetle-a', title: 'Ladybird crosses', ratio: '16:9' },
  { picture: 'rain-9', title: 'Rain on leaves', ratio: '9:16' },
  { picture: 'dark-21', title: 'Dark water', ratio: '21:9' },
  { picture: 'fresh-1', title: 'Petal', ratio: '1:1' },
  { picture: 'dune-a', title: 'Dune grass, wide', ratio: '16:9' },
  { picture: 'leaf-a', title: 'Leaves settle, closer', ratio: '16:9' },
  { picture: 'moss-1', title: 'Moss', ratio: '1:1' },
  { picture: 'bird-a', title: 'Bird on a wire', ratio: '16:9' },
  { picture: 'tree-a', title: 'Lone tree', ratio: '16:9' },
];

const SIZES: Record<string, readonly [number, number]> = {
  '16:9': [1280, 720],
  '9:16': [720, 1280],
  '1:1': [960, 960],
  '21:9': [1470, 630],
};

export function sampleClips(count: number, now: number): ClipDetail[] {
  return Array.from({ length: count }, (_, index) => sampleClip(index, now));
}

function sampleClip(index: number, now: number): ClipDetail {
  const spec = CLIP_SPECS[index % CLIP_SPECS.length] ?? CLIP_SPECS[0]!;
  const [width, height] = SIZES[spec.ratio] ?? [1280, 720];
  const seconds = spec.seconds ?? 5;
  const tokens = tokensOf({ width, height }, seconds + 4);
  const day = index < 12 ? 0 : Math.floor((index - 12) / 15) + 1;
  const place = index < 12 ? index : (index - 12) % 15;
  const createdAt = new Date(now - day * DAY - 18 * MINUTE - place * 5 * MINUTE).toISOString();
  const imported = index % 17 === 16;
  return {
    id: `${spec.picture}.${index}`,
    revision: 1,
    generationId: imported ? null : `done-${index}`,
    title: spec.title,
    fileName: `2026-11-22 ${spec.title} ${index}.mp4`,
    createdAt,
    bytes: 7_969_177,
    width,
    height,
    seconds: seconds + 0.04,
    fps: 24,
    hasSound: index % 3 !== 2,
    hasPoster: index !== 26,
    sprite: { columns: 5, rows: 5, count: 25, cellWidth: 160, cellHeight: 90 },
    tokens: imported ? null : tokens,
    price: imported || index % 9 === 8 ? null : { amount: (tokens * 28) / 1e6, currency: 'CNY' },
    practice: !imported && index % 9 === 8,
    missing: index === 10,
    origin: imported ? 'imported' : 'generated',
    outside: imported && index % 2 === 0 ? '/home/mei/Videos/Camera' : null,
    hasProxy: index % 51 === 16,
    rating: RATINGS[index % RATINGS.length] ?? 0,
    flag: [0, 2, 3, 8, 9].includes(index % 13) ? 'kept' : index % 13 === 6 ? 'rejected' : null,
    tags: index % 4 === 0 ? ['harbour', 'dusk'] : index % 7 === 3 ? ['b-roll'] : [],
    trashedAt: index % 40 === 39 ? createdAt : null,
    note: index === 0 ? 'The one for the opening. Cut before the gull.' : '',
    hasLastFrame: false,
    recipe: imported ? null : index === 1 ? recipeFromClip() : sharedRecipe(spec.ratio),
    task: imported
      ? null
      : {
          id: `cgt-20261122${String(100_000 + index)}-7kq4d`,
          connectionLabel: 'Volcengine Ark',
          baseUrl: PRESETS.volcengine.baseUrl,
          requestId: `0217600${index}a9c3e1f4b2d87`,
          seed: 1276 + index,
          resolution: '720p',
          ratio: spec.ratio,
          seconds,
          estimatedTokens: { min: tokens, max: tokens },
          waitedSeconds: 6,
          renderedSeconds: 271,
          securedSeconds: 9,
        },
  };
}

const RATINGS = [4, 3, 5, 4, 3, 0, 0, 3, 2, 0, 1];
const recipes = new Map<Ratio, Recipe>();

/** One for all clips of a shape: a hundred thousand of them are made quickly. */
function sharedRecipe(ratio: Ratio): Recipe {
  const known = recipes.get(ratio) ?? recipe(ratio);
  recipes.set(ratio, known);
  return known;
}

/** Begins with a frame of the clip before it, moves as a part of another does. */
function recipeFromClip(): Recipe {
  const [first] = CLIP_SPECS;
  const frame: Reference = {
    id: 'frame-boats-a.0',
    kind: 'image',
    source: 'clip',
    name: first?.title ?? '',
    format: 'png',
    bytes: 1_400_000,
    width: 1280,
    height: 720,
    hasThumb: true,
    clip: { id: 'boats-a.0', moment: 5 },
  };
  const range: Reference = {
    ...reference('boats'),
    source: 'clip',
    clip: { id: 'leo-a.3', span: { from: 0.5, to: 4.5 } },
  };
  const made = recipe('16:9', {
    prompt: 'On from @{r1}, the camera move of @{r2}.',
    references: [
      { key: 'r1', reference: frame, role: 'reference_image' },
      { key: 'r2', reference: range, role: 'reference_video' },
    ],
  });
  return { ...made, parameters: { ...made.parameters, returnLastFrame: true } };
}

export function clipOf(detail: ClipDetail): Clip {
  const { recipe: _recipe, task: _task, note: _note, hasLastFrame: _hasLastFrame, ...clip } = detail;
  return clip;
}

export function sampleCollections(): Collection[] {
  const names = ['Harbour at dusk', 'Autumn light tests', 'Balloon teaser', '春季短片 花絮'];
  return [
    ...names.map((name, index) => ({ id: `collection-${index}`, name, query: null, clips: null })),
    { id: 'smart-0', name: 'Kept, over ¥3', query: 'is:kept cost:>3', clips: null },
    { id: 'smart-1', name: 'Unrated this week', query: 'is:unrated on:week', clips: null },
  ];
}

/** One of every kind: at work, paused, with a damaged file, done. */
export function sampleWorks(): Work[] {
  const work = { done: 0, total: 1, known: 0, failed: [], state: 'running', path: null } as const;
  return [
    { ...work, id: 'work-import', kind: 'import', done: 212, total: 640 },
    {
      ...work,
      id: 'work-pictures',
      kind: 'pictures',
      done: 41,
      total: 640,
      state: 'paused',
      failed: [
        {
          name: 'DSC_0412 (half copied).mp4',
          error: { code: 'file_unreadable', message: 'damaged', detail: {} },
        },
      ],
    },
    {
      ...work,
      id: 'work-stitch',
      kind: 'stitch',
      done: 1,
      state: 'done',
      path: '/home/mei/Videos/Harbour teaser.mp4',
    },
  ];
}

interface GenerationSpec {
  readonly state: GenerationState;
  readonly title: string;
  readonly ratio?: Ratio;
  readonly ago: number;
  readonly hold?: Hold;
  readonly error?: ErrorRecord;
  readonly change?: Partial<Generation>;
}

const real = (code: ErrorRecord['code'], rawCode: string, contentIndex?: number): ErrorRecord => ({
  code,
  message: rawCode,
  detail: {
    status: 400,
    rawCode,
    rawMessage: `The request failed because the input may contain sensitive information. Request id: 02176…`,
    requestId: '02176012345a9c3e1f4b2d87',
    ...(contentIndex === undefined ? {} : { contentIndex }),
  },
});

const unconfirmed = (values: Record<string, number>): ErrorRecord => {
  const error = real('send_unconfirmed', 'ECONNRESET');
  return { ...error, detail: { ...error.detail, values } };
};

const EVERY_STATE: readonly GenerationSpec[] = [
  { state: 'preparing', title: 'Jetty, reading files', ago: 2 },
  { state: 'preparing', title: 'Boats, uploading', ago: 6 },
  {
    state: 'preparing',
    title: 'Boats, bucket gone',
    ago: 40,
    hold: 'host',
    error: {
      code: 'host_bucket_missing',
      message: 'NoSuchBucket',
      detail: { status: 404, rawCode: 'NoSuchBucket' },
    },
  },
  {
    state: 'preparing',
    title: 'Boats, no secret',
    ago: 50,
    hold: 'host',
    error: { code: 'host_secret_missing', message: 'host_secret_missing', detail: {} },
  },
  { state: 'submitting', title: 'Jetty, sending', ago: 2 },
  { state: 'queued', title: 'Dock, handheld', ago: 14 },
  { state: 'running', title: 'Jetty, mist lifting', ago: 151 },
  { state: 'running', title: 'Jetty, another word', ago: 242, change: { unknownStatus: 'post_processing' } },
  { state: 'running', title: 'Jetty, line down', ago: 600, hold: 'offline' },
  {
    state: 'running',
    title: 'Jetty, key refused',
    ago: 700,
    hold: 'key_refused',
    error: real('key_refused', 'AuthenticationError'),
  },
  { state: 'preparing', title: 'Jetty, no key', ago: 720, hold: 'key_missing' },
  { state: 'queued', title: 'Jetty, many ask', ago: 730, hold: 'busy' },
  { state: 'downloading', title: 'Boats, dolly in', ago: 300 },
  { state: 'downloading', title: 'Boats, third try', ago: 320, change: { downloadAttempts: 3 } },
  {
    state: 'downloading',
    title: 'Boats, disk full',
    ago: 340,
    hold: 'disk',
    error: { code: 'disk_full', message: 'ENOSPC', detail: {} },
  },
  { state: 'finishing', title: 'Boats, checking', ago: 360 },
  {
    state: 'finishing',
    title: 'Boats, no ffmpeg',
    ago: 362,
    hold: 'ffmpeg_missing',
    error: { code: 'ffmpeg_missing', message: 'ENOENT', detail: {} },
  },
  { state: 'running', title: 'Practice stopped', ago: 365, hold: 'practice_stopped' },
  {
    state: 'unconfirmed',
    title: 'Harbour, line dropped',
    ago: 400,
    error: real('send_unconfirmed', 'ECONNRESET'),
    change: { taskId: null },
  },
  {
    state: 'unconfirmed',
    title: 'Harbour, no list',
    ago: 402,
    error: unconfirmed({ listed: 0 }),
    change: { taskId: null },
  },
  {
    state: 'unconfirmed',
    title: 'Harbour, several fit',
    ago: 404,
    error: unconfirmed({ found: 2 }),
    change: { taskId: null },
  },
  {
    state: 'running',
    title: '',
    ago: 150,
    change: { origin: 'found' },
  },
  {
    state: 'rejected',
    title: 'Account overdue',
    ago: 430,
    error: real('account_overdue', 'AccountOverdueError'),
    change: { taskId: null },
  },
  {
    state: 'rejected',
    title: 'Portrait test',
    ago: 420,
    error: real('real_person', 'InputImageSensitiveContentDetected.PrivacyInformation', 1),
  },
  {
    state: 'failed',
    title: 'Rain on leaves',
    ago: 440,
    error: real('output_refused', 'OutputVideoSensitiveContentDetected'),
  },
  {
    state: 'failed',
    title: 'Could not be read',
    ago: 445,
    error: { code: 'file_unreadable', message: 'EACCES', detail: {} },
    change: { submittedAt: null, taskId: null },
  },
  { state: 'expired', title: 'Kite, tilt up', ago: 460 },
  { state: 'cancelled', title: 'Kite, again', ago: 480 },
  { state: 'lost', title: 'Lake, first light', ago: 500, error: real('link_expired', 'AccessDenied') },
  { state: 'queued', title: 'Dock, upright', ago: 15, ratio: '9:16' },
  {
    state: 'held',
    title: 'Held, by hand',
    ago: 1,
    change: { heldReason: 'by_hand', submittedAt: null, taskId: null, linkExpiresAt: null },
  },
];

/** What waits in the outbox, one of each reason. */
const HELD: readonly {
  readonly draft: Partial<Draft>;
  readonly ratio: Ratio;
  readonly change: Partial<Generation>;
}[] = [
  {
    draft: {
      prompt:
        'First frame @{r1} Fog rolls in from the right until the end of the jetty is gone. Locked camera.',
      references: [{ key: 'r1', reference: reference('jetty'), role: 'first_frame' }],
    },
    ratio: '16:9',
    change: { heldReason: 'by_hand' },
  },
  {
    draft: {
      prompt:
        'Walk down the path of @{r1} at dawn, light shafts between the trunks, footsteps on needles, @{r2} far away.',
      references: [
        { key: 'r1', reference: reference('jetty'), role: 'reference_image' },
        { key: 'r2', reference: reference('guitar'), role: 'reference_audio' },
      ],
    },
    ratio: '9:16',
    change: { heldReason: 'budget' },
  },
  {
    draft: {
      prompt:
        '@{r1} The near balloon drifts left, the burner lights for one second at 2 s, the far one climbs out of frame.',
      references: [{ key: 'r1', reference: reference('boats'), role: 'reference_video' }],
      model: 'doubao-seedance-2-0-fast-260128',
    },
    ratio: '16:9',
    change: { heldReason: 'offline' },
  },
  {
    draft: {
      prompt: '清晨的港口，缆绳在风里轻轻摇晃，远处钟声。',
      references: [],
      model: 'ep-20261122-abcde',
    },
    ratio: '21:9',
    change: { heldReason: 'offline', estimate: null },
  },
];

export function sampleHeld(now: number): Generation[] {
  return HELD.map(({ draft, ratio, change }, index) => {
    const made = recipe(ratio, draft);
    return {
      ...sampleGeneration(
        { state: 'held', title: made.prompt.replace(/@\{\w+\} ?/g, ''), ago: 0 },
        100 + index,
        now,
      ),
      id: `held-${index}`,
      recipe: made,
      estimate: estimateCost(made, { currency: 'CNY', prices: LIST_PRICES.CNY }),
      createdAt: new Date(now - (index + 1) * 7 * MINUTE).toISOString(),
      heldSince: new Date(now - (index + 1) * 7 * MINUTE).toISOString(),
      submittedAt: null,
      taskId: null,
      recordExpiresAt: null,
      linkExpiresAt: null,
      ...change,
    };
  });
}

export function sampleStrangers(now: number): StrangerTask[] {
  const base = {
    connectionId: 'ark',
    connectionLabel: 'Volcengine Ark',
    resolution: '720p',
    ratio: '16:9',
  } as const;
  return [
    {
      ...base,
      taskId: 'cgt-20261121093012-4hq2x',
      model: DEFAULT_MODEL_ID,
      createdAt: new Date(now - DAY).toISOString(),
      seconds: 5,
      tokens: 108_900,
    },
    {
      ...base,
      taskId: 'cgt-20261116181544-9zk7m',
      model: 'ep-20261101-qqwer',
      createdAt: new Date(now - 6 * DAY).toISOString(),
      resolution: null,
      ratio: null,
      seconds: null,
      tokens: null,
    },
  ];
}

/** A take whose line dropped, was found, failed to download once and is safe in the end. */
export function sampleJournal(now: number): JournalEntry[] {
  const steps: [seconds: number, step: JournalEntry['step'], detail?: string][] = [
    [0, 'written'],
    [0.4, 'prepared', '3 references, 1.4 MB'],
    [0.5, 'sending', 'POST /contents/generations/tasks'],
    [31, 'unconfirmed', 'ECONNRESET'],
    [46, 'looked', '4 tasks listed, 1 fits'],
    [46.2, 'found', 'cgt-20261122120459-7kq4d'],
    [52, 'status', 'queued'],
    [68, 'status', 'running'],
    [190, 'ask_failed', '502 Bad Gateway'],
    [322, 'succeeded', '108900 tokens'],
    [322.3, 'download_started', 'try 1'],
    [331, 'download_failed', 'read ECONNRESET at 956,000 of 7,969,177 bytes'],
    [333, 'download_started', 'try 2, from 956,000'],
    [341, 'downloaded', '7,969,177 bytes'],
    [342, 'secured', '2026-11-22 Boats, dolly in 7kq4d.mp4'],
  ];
  return steps.map(([seconds, step, detail = '']) => ({
    at: new Date(now - 900_000 + seconds * 1000).toISOString(),
    step,
    detail,
  }));
}

export function sampleSpend(now: number): SpendRow[] {
  const day = (ago: number): string => new Date(now - ago * DAY).toISOString().slice(0, 10);
  const row = (ago: number, amount: number, generations: number, unknown = 0): SpendRow => ({
    day: day(ago),
    connectionId: 'ark',
    connectionLabel: 'Volcengine Ark',
    currency: 'CNY',
    amount,
    tokens: Math.round((amount / 46) * 1e6),
    generations,
    unknown,
  });
  return [
    row(0, 94.32, 18),
    { ...row(0, 4.1, 6), connectionId: 'byteplus', connectionLabel: 'BytePlus ModelArk', currency: 'USD' },
    row(1, 61.18, 12, 2),
    row(2, 12.5, 1),
    row(4, 88.4, 17),
    row(5, 30, 6),
  ];
}

export function sampleGenerations(now: number, which: 'every' | 'few' | 'none' = 'few'): Generation[] {
  if (which === 'none') return [];
  const few = ['Jetty, mist lifting', 'Boats, dolly in', 'Dock, upright', 'Portrait test'];
  return EVERY_STATE.filter((spec) => which === 'every' || few.includes(spec.title)).map((spec, index) =>
    sampleGeneration(spec, index, now),
  );
}

function sampleGeneration(spec: GenerationSpec, index: number, now: number): Generation {
  const began = new Date(now - spec.ago * 1000).toISOString();
  const made = recipe(spec.ratio ?? '16:9');
  const unsent = spec.state === 'preparing' || spec.state === 'submitting';
  return {
    id: `gen-${index}`,
    revision: 1,
    state: spec.state,
    recipe: made,
    origin: 'sent',
    title: spec.title,
    connection: { id: 'ark', label: 'Volcengine Ark', baseUrl: PRESETS.volcengine.baseUrl },
    estimate: estimateCost(made, { currency: 'CNY', prices: LIST_PRICES.CNY }),
    createdAt: began,
    submittedAt: spec.state === 'preparing' ? null : began,
    runningAt: spec.state === 'running' ? began : null,
    succeededAt: ['downloading', 'finishing', 'lost'].includes(spec.state) ? began : null,
    endedAt: null,
    taskId: unsent ? null : `cgt-20261122120${index}-7kq4d`,
    unknownStatus: null,
    heldReason: null,
    hold: spec.hold ?? null,
    heldSince: spec.hold === undefined ? null : began,
    downloadAttempts: 1,
    recordExpiresAt: unsent ? null : new Date(now + 6 * DAY + 75_600_000).toISOString(),
    linkExpiresAt: unsent ? null : new Date(now + 78_000_000).toISOString(),
    error: spec.error ?? null,
    tokens: null,
    clipId: null,
    ...spec.change,
  };
}

/** A test's result as a fresh Linux computer without keychain and ffmpeg would give it, or as a whole one. */
export function sampleCheck(check: CheckName, tools: Partial<AppTools> = {}): CheckResult {
  const base = { check, values: {}, error: null, facts: [], at: '2026-11-22T10:00:00.000Z' } as const;
  const host = 'ark.cn-beijing.volces.com';
  switch (check) {
    case 'keychain':
      return tools.keyStorage === 'memory'
        ? { ...base, state: 'look', finding: 'keychain_no_service' }
        : { ...base, state: 'ok', finding: 'keychain_ok' };
    case 'ffmpeg':
      return tools.ffmpegVersion === null
        ? { ...base, state: 'failed', finding: 'ffmpeg_missing' }
        : { ...base, state: 'ok', finding: 'ffmpeg_ok', values: { version: '6.1.1' } };
    case 'disk':
      return {
        ...{ ...base, state: 'look', finding: 'disk_low', values: { bytes: 900_000_000 } },
        facts: [{ name: 'freeBytes', value: 900_000_000 }],
      };
    case 'database':
      return { ...base, state: 'ok', finding: 'database_ok' };
    case 'network':
      return { ...base, state: 'failed', finding: 'network_no_name', values: { host } };
    case 'connection':
      return { ...base, state: 'failed', finding: null, error: new AppError('key_refused').toRecord() };
    case 'hosting':
      return { ...base, state: 'none', finding: 'hosting_none' };
  }
}
