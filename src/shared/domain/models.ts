// What each Seedance model accepts: data with sources, no behaviour beyond looking it up.
// Sources: the vendor's create/query pages (1520757, 1521309) and live measurements, collected autumn 2026.

export const RESOLUTIONS = ['480p', '720p', '1080p', '4k'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Ratios with a fixed pixel size. `adaptive` is allowed beside them: the model chooses. */
export const FIXED_RATIOS = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'] as const;
export type FixedRatio = (typeof FIXED_RATIOS)[number];
export type Ratio = FixedRatio | 'adaptive';
export const RATIOS: readonly Ratio[] = [...FIXED_RATIOS, 'adaptive'];

export const REFERENCE_KINDS = ['image', 'video', 'audio'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

export const ROLES = [
  'first_frame',
  'last_frame',
  'reference_image',
  'reference_video',
  'reference_audio',
] as const;
export type Role = (typeof ROLES)[number];

export const ROLES_OF_KIND: Record<ReferenceKind, readonly Role[]> = {
  image: ['reference_image', 'first_frame', 'last_frame'],
  video: ['reference_video'],
  audio: ['reference_audio'],
};

/** The API's own names of the four ways to make a video. */
export const MODES = ['t2v', 'i2v', 'flf2v', 'r2v'] as const;
export type Mode = (typeof MODES)[number];

/**
 * Whether a model takes an optional field. `disputed`: sources disagree, so it is sent only when the
 * person switched it on, with the advice that the endpoint may refuse it (a refusal costs nothing).
 */
export type FieldSupport = 'yes' | 'no' | 'disputed';

/** Frames per second of every result (GET `framespersecond`). */
export const OUTPUT_FPS = 24;

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

export interface ModelSpec {
  /** The id on Volcengine Ark, on the gateway of the seed document, and in records. */
  readonly id: string;
  /** The id on BytePlus ModelArk. */
  readonly bytePlusId: string;
  readonly label: string;
  /** How the API calls the family in its messages: `… for model doubao-seedance-2-0 in r2v`. */
  readonly family: string;
  readonly modes: readonly Mode[];
  readonly resolutions: readonly Resolution[];
  readonly defaultResolution: Resolution;
  readonly ratios: readonly Ratio[];
  readonly defaultRatio: Ratio;
  /** Whole seconds, both included. */
  readonly duration: { readonly min: number; readonly max: number; readonly default: number };
  /** `-1`: the model chooses the length, billed by the result. */
  readonly autoDuration: boolean;
  readonly generateAudio: FieldSupport;
  readonly cameraFixed: FieldSupport;
  readonly seed: FieldSupport;
  readonly returnLastFrame: FieldSupport;
  readonly pixels: 'v2' | 'v1';
  /** How many references of each kind one request may hold in `r2v`. */
  readonly maxReferences: Record<ReferenceKind, number>;
  readonly referenceLimits: ReferenceLimits;
}

/** What one reference file may be. Sizes in bytes, sides in pixels, lengths in seconds. */
export interface ReferenceLimits {
  readonly image: {
    readonly formats: readonly string[];
    readonly maxBytes: number;
    /** Width over height, both ends excluded. */
    readonly ratio: readonly [number, number];
    /** Each side, both ends excluded. */
    readonly side: readonly [number, number];
  };
  readonly video: {
    readonly formats: readonly string[];
    readonly codecs: readonly string[];
    readonly maxBytes: number;
    /** Both ends included, like the side, pixels and length below. */
    readonly ratio: readonly [number, number];
    readonly side: readonly [number, number];
    readonly pixels: readonly [number, number];
    readonly seconds: readonly [number, number];
    /** The sum over all videos; the API measures with this tolerance. */
    readonly totalSeconds: number;
    readonly fps: readonly [number, number];
  };
  readonly audio: {
    readonly formats: readonly string[];
    readonly maxBytes: number;
    readonly seconds: readonly [number, number];
    readonly totalSeconds: number;
  };
  /** The whole JSON body of a create request. */
  readonly maxBodyBytes: number;
}

const MEGABYTE = 1024 * 1024;

// Sources of the limits. create: the vendor's "create video task" page 1520757 as of April 2026, unchanged in July.
// digest: the vendor's pages as of 2026-08-28 to 2026-09-01. refusal: the number in the API's own refusal, seen
// in production until 2026-09. Where two disagree the stricter one stands, unless the refusal itself says more.
const LIMITS_V2: ReferenceLimits = {
  image: {
    // create: jpeg to gif; heic and heif for 1.5 and 2.x.
    formats: ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif', 'heic', 'heif'],
    // create: "smaller than 30 MB".
    maxBytes: 30 * MEGABYTE,
    // create: (0.4, 2.5).
    ratio: [0.4, 2.5],
    // create: (300, 6000).
    side: [300, 6000],
  },
  video: {
    // create: mp4, mov.
    formats: ['mp4', 'mov'],
    // create: H.264 or H.265.
    codecs: ['h264', 'hevc'],
    // create: 50 MB; digest says 200 MB, which is not granted everywhere.
    maxBytes: 50 * MEGABYTE,
    // create: [0.4, 2.5].
    ratio: [0.4, 2.5],
    // create: [300, 6000].
    side: [300, 6000],
    // create: [409600, 2086876]; digest's wider window up to 8295044 is not granted everywhere.
    pixels: [409_600, 2_086_876],
    // create: [2, 15]; refusal: 15.2. ComfyUI's node for the same API (2026) lets 1.8 s pass.
    seconds: [1.8, 15.2],
    // refusal: "must be less than or equal to 15.2"; create: 15.
    totalSeconds: 15.2,
    // create: [24, 60]; the vendor's asset library page 2333565 (2026) says 23.8, which is 23.976 measured.
    fps: [23.8, 60],
  },
  audio: {
    // create: wav, mp3.
    formats: ['wav', 'mp3'],
    // create: 15 MB.
    maxBytes: 15 * MEGABYTE,
    // As for a video: create says [2, 15], the refusal 15.2.
    seconds: [1.8, 15.2],
    totalSeconds: 15.2,
  },
  // create: the body of one request, base64 included.
  maxBodyBytes: 64 * MEGABYTE,
};

const SEEDANCE_2: Omit<ModelSpec, 'id' | 'bytePlusId' | 'label' | 'family' | 'resolutions'> = {
  modes: ['t2v', 'i2v', 'flf2v', 'r2v'],
  defaultResolution: '720p',
  ratios: RATIOS,
  defaultRatio: '16:9',
  duration: { min: 4, max: 15, default: 5 },
  autoDuration: true,
  generateAudio: 'yes',
  cameraFixed: 'disputed',
  seed: 'disputed',
  returnLastFrame: 'yes',
  pixels: 'v2',
  // create (see the limits above): 0 to 9 images, 0 to 3 videos, 0 to 3 sounds, never sounds alone.
  maxReferences: { image: 9, video: 3, audio: 3 },
  referenceLimits: LIMITS_V2,
};

export const MODELS: readonly ModelSpec[] = [
  {
    ...SEEDANCE_2,
    id: 'doubao-seedance-2-0-260128',
    bytePlusId: 'dreamina-seedance-2-0-260128',
    label: 'Seedance 2.0',
    family: 'doubao-seedance-2-0',
    resolutions: RESOLUTIONS,
  },
  {
    ...SEEDANCE_2,
    id: 'doubao-seedance-2-0-fast-260128',
    bytePlusId: 'dreamina-seedance-2-0-fast-260128',
    label: 'Seedance 2.0 fast',
    family: 'doubao-seedance-2-0-fast',
    resolutions: ['480p', '720p'],
  },
  {
    ...SEEDANCE_2,
    id: 'doubao-seedance-2-0-mini-260615',
    bytePlusId: 'dreamina-seedance-2-0-mini-260615',
    label: 'Seedance 2.0 mini',
    family: 'doubao-seedance-2-0-mini',
    resolutions: ['480p', '720p'],
    cameraFixed: 'no',
  },
  {
    ...SEEDANCE_2,
    id: 'doubao-seedance-1-5-pro-251215',
    bytePlusId: 'seedance-1-5-pro-251215',
    label: 'Seedance 1.5 pro',
    family: 'doubao-seedance-1-5-pro',
    modes: ['t2v', 'i2v', 'flf2v'],
    resolutions: ['480p', '720p', '1080p'],
    duration: { min: 4, max: 12, default: 5 },
    cameraFixed: 'yes',
    seed: 'yes',
    maxReferences: { image: 0, video: 0, audio: 0 },
  },
  {
    ...SEEDANCE_2,
    id: 'doubao-seedance-1-0-pro-250528',
    bytePlusId: 'seedance-1-0-pro-250528',
    label: 'Seedance 1.0 pro',
    family: 'doubao-seedance-1-0-pro',
    modes: ['t2v', 'i2v', 'flf2v'],
    resolutions: ['480p', '720p', '1080p'],
    defaultResolution: '1080p',
    duration: { min: 2, max: 12, default: 5 },
    autoDuration: false,
    generateAudio: 'no',
    cameraFixed: 'yes',
    seed: 'yes',
    pixels: 'v1',
    maxReferences: { image: 0, video: 0, audio: 0 },
  },
];

export const DEFAULT_MODEL_ID = 'doubao-seedance-2-0-260128';

/** The model with this id (either vendor's), or undefined for an id or `ep-…` endpoint that is not listed. */
export function findModel(id: string): ModelSpec | undefined {
  return MODELS.find((model) => model.id === id || model.bytePlusId === id);
}

type PixelTable = Record<Resolution, Record<FixedRatio, readonly [number, number]>>;

const PIXELS_4K: PixelTable['4k'] = {
  '16:9': [3840, 2160],
  '9:16': [2160, 3840],
  '4:3': [3326, 2494],
  '3:4': [2494, 3326],
  '1:1': [2880, 2880],
  '21:9': [4398, 1886],
};

const PIXELS: Record<ModelSpec['pixels'], PixelTable> = {
  v2: {
    '480p': {
      '16:9': [864, 496],
      '9:16': [496, 864],
      '4:3': [752, 560],
      '3:4': [560, 752],
      '1:1': [640, 640],
      '21:9': [992, 432],
    },
    '720p': {
      '16:9': [1280, 720],
      '9:16': [720, 1280],
      '4:3': [1112, 834],
      '3:4': [834, 1112],
      '1:1': [960, 960],
      '21:9': [1470, 630],
    },
    '1080p': {
      '16:9': [1920, 1080],
      '9:16': [1080, 1920],
      '4:3': [1664, 1248],
      '3:4': [1248, 1664],
      '1:1': [1440, 1440],
      '21:9': [2206, 946],
    },
    '4k': PIXELS_4K,
  },
  v1: {
    '480p': {
      '16:9': [864, 480],
      '9:16': [480, 864],
      '4:3': [736, 544],
      '3:4': [544, 736],
      '1:1': [640, 640],
      '21:9': [960, 416],
    },
    '720p': {
      '16:9': [1248, 704],
      '9:16': [704, 1248],
      '4:3': [1120, 832],
      '3:4': [832, 1120],
      '1:1': [960, 960],
      '21:9': [1504, 640],
    },
    '1080p': {
      '16:9': [1920, 1088],
      '9:16': [1088, 1920],
      '4:3': [1664, 1248],
      '3:4': [1248, 1664],
      '1:1': [1440, 1440],
      '21:9': [2176, 928],
    },
    '4k': PIXELS_4K,
  },
};

/** The exact output size in pixels of a model's result at a resolution and a fixed ratio. */
export function outputPixels(model: ModelSpec, resolution: Resolution, ratio: FixedRatio): PixelSize {
  const [width, height] = PIXELS[model.pixels][resolution][ratio];
  return { width, height };
}

/** The fixed ratio nearest to a width over height, as `adaptive` chooses it for a frame. */
export function nearestRatio(widthOverHeight: number): FixedRatio {
  const distance = (ratio: FixedRatio): number => {
    const [w = 1, h = 1] = ratio.split(':').map(Number);
    return Math.abs(Math.log(widthOverHeight / (w / h)));
  };
  return FIXED_RATIOS.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}
