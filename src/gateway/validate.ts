// Checks a create request as the vendor does: fields, roles and combinations, in its own words. Pure.
import {
  DEFAULT_MODEL_ID,
  findModel,
  RATIOS,
  REFERENCE_KINDS,
  ROLES_OF_KIND,
  type Mode,
  type ModelSpec,
  type Ratio,
  type ReferenceKind,
  type Resolution,
  type Role,
} from '../shared/domain/models';
import { ApiError, invalidParameter, missingParameter, printable } from './apiError';

/** One image, video or sound of a request, before it is fetched. */
export interface MediaItem {
  /** Place in `content`, text items included: what `content[i]` in messages means. */
  readonly index: number;
  readonly kind: ReferenceKind;
  readonly role: Role;
  readonly url: string;
}

/** A request that passed every check that needs no look at the media. */
export interface CreateRequest {
  readonly model: ModelSpec;
  /** The id as it was sent: either vendor's, or `ep-…`. */
  readonly modelId: string;
  readonly mode: Mode;
  readonly prompt: string;
  readonly media: readonly MediaItem[];
  readonly resolution: Resolution;
  readonly ratio: Ratio;
  /** Whole seconds; -1: the model chooses. */
  readonly duration: number;
  /** Exact frame count (1.0 models only); wins over `duration`. */
  readonly frames: number | null;
  readonly generateAudio: boolean;
  readonly watermark: boolean;
  /** -1: the server draws one. */
  readonly seed: number;
  readonly returnLastFrame: boolean;
  readonly executionExpiresAfter: number;
  readonly safetyIdentifier: string | null;
  readonly priority: number;
  readonly serviceTier: 'default' | 'flex';
  readonly webSearch: boolean;
}

const CONTENT_TYPES = ['text', 'image_url', 'video_url', 'audio_url', 'draft_task'] as const;
const KIND_OF_TYPE = { image_url: 'image', video_url: 'video', audio_url: 'audio' } as const;
const MAX_CONTENT_ITEMS = 100;
const MAX_SEED = 2 ** 32 - 1;

/** Parses and checks a create body. Throws an ApiError (400 or 404) naming what the vendor would name. */
export function validateCreate(body: unknown): CreateRequest {
  if (!isRecord(body)) throw invalidParameter('body', 'expected a JSON object');
  const modelId = field(body, 'model');
  if (modelId === undefined) throw missingParameter('model');
  if (typeof modelId !== 'string') throw invalidParameter('model', 'expected a string');
  const model = modelId.startsWith('ep-') ? findModel(DEFAULT_MODEL_ID) : findModel(modelId);
  if (model === undefined) {
    throw new ApiError(
      404,
      'InvalidEndpointOrModel.NotFound',
      `The model or endpoint ${printable(modelId)} does not exist or you do not have access to it.`,
      'model',
    );
  }
  const { prompt, media, mode } = readContent(field(body, 'content'), model);
  return { model, modelId, mode, prompt, media, ...readParameters(body, model, mode) };
}

interface RawItem {
  index: number;
  kind: ReferenceKind;
  role: string | undefined;
  url: string;
}

function readContent(content: unknown, model: ModelSpec): Pick<CreateRequest, 'prompt' | 'media' | 'mode'> {
  if (content === undefined) throw missingParameter('content');
  if (!Array.isArray(content)) throw invalidParameter('content', 'expected an array');
  if (content.length === 0) throw missingParameter('content');
  if (content.length > MAX_CONTENT_ITEMS) {
    throw invalidParameter(
      'content',
      `expected at most ${MAX_CONTENT_ITEMS} items but got ${content.length}`,
    );
  }
  const texts: string[] = [];
  const raw: RawItem[] = [];
  content.forEach((item: unknown, index) => {
    const at = `content[${index}]`;
    if (!isRecord(item)) throw invalidParameter(at, 'expected an object');
    const asked = field(item, 'type');
    if (asked === undefined) throw missingParameter(`${at}.type`);
    const type = CONTENT_TYPES.find((known) => known === asked);
    if (type === undefined) {
      throw invalidParameter(`${at}.type`, `expected one of ${CONTENT_TYPES.slice(0, 4).join(', ')}`);
    }
    if (type === 'draft_task') {
      throw invalidParameter(`${at}.type`, `draft_task is not supported for model ${model.family}`);
    }
    if (type === 'text') texts.push(readText(item, at));
    else raw.push(readMedia(item, type, index));
  });
  if (texts.length > 1) {
    throw new ApiError(
      400,
      'InvalidParameter',
      `expected at most one text content but got ${texts.length} instead`,
      'content',
    );
  }
  const prompt = texts[0] ?? '';
  if (raw.length === 0 && prompt.trim() === '') throw missingParameter('content.text');
  const { mode, media } = readRoles(raw, model);
  return { prompt, media, mode };
}

function readText(item: Record<string, unknown>, at: string): string {
  const text = field(item, 'text');
  if (text === undefined) throw missingParameter(`${at}.text`);
  if (typeof text !== 'string') throw invalidParameter(`${at}.text`, 'expected a string');
  return text;
}

function readMedia(item: Record<string, unknown>, type: keyof typeof KIND_OF_TYPE, index: number): RawItem {
  const at = `content[${index}].${type}`;
  const kind = KIND_OF_TYPE[type];
  const holder = field(item, type);
  if (holder === undefined) throw missingParameter(at);
  if (!isRecord(holder)) throw invalidParameter(at, 'expected an object with a url, not a string');
  const url = field(holder, 'url');
  const emptyCode = kind === 'image' ? 'InvalidImageURL.EmptyURL' : 'MissingParameter';
  if (url === undefined || url === '') {
    throw new ApiError(400, emptyCode, `The parameter \`${at}.url\` is empty.`, `${at}.url`);
  }
  if (typeof url !== 'string') throw invalidParameter(`${at}.url`, 'expected a string');
  const role = field(item, 'role');
  if (role !== undefined && typeof role !== 'string') {
    throw invalidParameter(`content[${index}].role`, 'expected a string');
  }
  checkUrlForm(kind, url, `${at}.url`);
  return { index, kind, role: role === '' ? undefined : role, url };
}

/** Images and sounds may be data URLs; a video must be on the web; assets of the vendor do not exist here. */
function checkUrlForm(kind: ReferenceKind, url: string, at: string): void {
  if (url.startsWith('asset://')) {
    throw new ApiError(
      400,
      'InvalidParameter',
      `The specified asset ${printable(url.slice('asset://'.length))} is not found.`,
      at,
    );
  }
  if (/^data:/i.test(url)) {
    if (kind === 'video') throw invalidParameter(at, 'reference_video must be provided as a web url');
    const prefix =
      kind === 'image' ? /^data:image\/[a-z0-9.+-]+;base64,./ : /^data:audio\/[a-z0-9.+-]+;base64,./;
    if (!prefix.test(url.slice(0, 100))) {
      const code = kind === 'image' ? 'InvalidImageURL.InvalidFormat' : 'InvalidParameter';
      throw new ApiError(
        400,
        code,
        `The parameter \`${at}\` specified in the request is not valid: expected data:${kind}/<lower-case type>;base64,<data>.`,
        at,
      );
    }
    return;
  }
  if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) {
    if (kind === 'video') throw invalidParameter(at, 'reference_video must be provided as a web url');
    throw invalidParameter(at, 'expected a web url or a base64 data url');
  }
}

function readRoles(raw: readonly RawItem[], model: ModelSpec): Pick<CreateRequest, 'mode' | 'media'> {
  const refuse = (message: string): ApiError => new ApiError(400, 'InvalidParameter', message, 'content');
  const images = raw.filter((item) => item.kind === 'image');
  if (images.length > 1 && images.some((item) => item.role === undefined)) {
    throw refuse('role must be specified for image contents');
  }
  for (const item of raw) {
    if (item.kind !== 'image' && item.role !== ROLES_OF_KIND[item.kind][0]) {
      throw refuse(`reference media mode requires ${item.kind} role to be reference_${item.kind}`);
    }
    if (item.role !== undefined && !ROLES_OF_KIND[item.kind].some((role) => role === item.role)) {
      throw invalidParameter(
        `content[${item.index}].role`,
        `expected one of ${ROLES_OF_KIND[item.kind].join(', ')}`,
      );
    }
  }
  const media = raw.map(({ index, kind, role, url }): MediaItem => {
    const known = ROLES_OF_KIND[kind].find((candidate) => candidate === role);
    // A single image without a role is the first frame.
    return { index, kind, role: known ?? 'first_frame', url };
  });
  const count = (role: Role): number => media.filter((item) => item.role === role).length;
  const frames = count('first_frame') + count('last_frame');
  if (frames > 0 && media.length > frames) {
    throw refuse('first/last frame content cannot be mixed with reference media content');
  }
  for (const [role, words] of [
    ['first_frame', 'first frame'],
    ['last_frame', 'last frame'],
  ] as const) {
    if (count(role) > 1) {
      throw refuse(`expected at most one ${words} image content but got ${count(role)} instead`);
    }
  }
  if (count('last_frame') === 1 && count('first_frame') === 0) {
    throw refuse('last frame image content requires a first frame image content');
  }
  const mode: Mode = media.length === 0 ? 't2v' : frames === 2 ? 'flf2v' : frames === 1 ? 'i2v' : 'r2v';
  if (!model.modes.includes(mode))
    throw refuse(`the task type ${mode} is not supported for model ${model.family}`);
  if (mode === 'r2v') {
    for (const kind of REFERENCE_KINDS) {
      const found = media.filter((item) => item.kind === kind).length;
      const most = model.maxReferences[kind];
      if (found > most) {
        throw refuse(`expected at most ${most} reference ${kind} contents but got ${found} instead`);
      }
    }
    if (media.every((item) => item.kind === 'audio')) {
      throw refuse('reference_audio requires at least one reference_image or reference_video');
    }
  }
  return { mode, media };
}

type Parameters = Omit<CreateRequest, 'model' | 'modelId' | 'mode' | 'prompt' | 'media'>;

function readParameters(body: Record<string, unknown>, model: ModelSpec, mode: Mode): Parameters {
  const isV1 = model.pixels === 'v1';
  const isV2Family = model.modes.includes('r2v');
  const notValid = (name: string): ApiError =>
    new ApiError(
      400,
      'InvalidParameter',
      `the parameter ${name} specified in the request is not valid for model ${model.family} in ${mode}.`,
      name,
    );
  const mustBeEmpty = (name: string): ApiError =>
    new ApiError(
      400,
      'InvalidParameter',
      `the specified parameter ${name} is not supported for model ${model.family} in ${mode}, must be empty.`,
      name,
    );
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = field(body, name);
    if (value === undefined) return otherwise;
    if (typeof value !== 'boolean') throw notValid(name);
    return value;
  };
  const whole = (name: string, min: number, max: number, otherwise: number): number => {
    const value = field(body, name);
    if (value === undefined) return otherwise;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      throw notValid(name);
    }
    return value;
  };
  const unsupported = (...names: string[]): void => {
    for (const name of names) if (field(body, name) !== undefined) throw mustBeEmpty(name);
  };

  unsupported('output_format', 'omni_reference_task_type');
  if (isV2Family) unsupported('service_tier', 'draft');
  if (!isV1) unsupported('frames');
  if (!isV2Family) unsupported('priority', 'tools');
  if (isV1) unsupported('draft');

  // A literal false is let through, as the seed document of the gateways sends it in every example.
  const cameraFixed = flag('camera_fixed', false);
  if (cameraFixed && (isV2Family || model.cameraFixed === 'no')) throw mustBeEmpty('camera_fixed');
  const generateAudio = flag('generate_audio', model.generateAudio === 'yes');
  if (generateAudio && model.generateAudio === 'no') throw mustBeEmpty('generate_audio');

  const resolution = readResolution(field(body, 'resolution'), model);
  if (resolution === null) throw notValid('resolution');
  if (flag('draft', false) && resolution !== '480p') throw notValid('resolution');

  const defaultRatio: Ratio = isV1 && mode === 't2v' ? '16:9' : 'adaptive';
  const askedRatio = field(body, 'ratio') ?? defaultRatio;
  const ratio = RATIOS.find((known) => known === askedRatio);
  if (ratio === undefined || !model.ratios.includes(ratio)) throw notValid('ratio');
  if (ratio === 'adaptive' && isV1 && mode === 't2v') throw notValid('ratio');

  const { min, max } = model.duration;
  const duration =
    field(body, 'duration') === -1 && model.autoDuration
      ? -1
      : whole('duration', min, max, model.duration.default);
  const frames = field(body, 'frames') === undefined ? null : whole('frames', 29, 289, 29);
  if (frames !== null && (frames - 25) % 4 !== 0) throw notValid('frames');

  const serviceTier = field(body, 'service_tier') ?? 'default';
  if (serviceTier !== 'default' && serviceTier !== 'flex') throw notValid('service_tier');

  const safetyIdentifier = field(body, 'safety_identifier') ?? null;
  if (safetyIdentifier !== null && (typeof safetyIdentifier !== 'string' || safetyIdentifier.length > 64)) {
    throw notValid('safety_identifier');
  }
  const callback = field(body, 'callback_url');
  if (callback !== undefined && (typeof callback !== 'string' || !/^https?:\/\//i.test(callback))) {
    throw notValid('callback_url');
  }
  return {
    resolution,
    ratio,
    duration,
    frames,
    generateAudio,
    watermark: flag('watermark', false),
    seed: whole('seed', -1, MAX_SEED, -1),
    returnLastFrame: flag('return_last_frame', false),
    executionExpiresAfter: whole('execution_expires_after', 3600, 259_200, 172_800),
    safetyIdentifier,
    priority: whole('priority', 0, 9, 0),
    serviceTier,
    webSearch: readTools(field(body, 'tools'), mode, notValid),
  };
}

/** `4K` is accepted like `4k` (measured); everything else is exact. */
function readResolution(value: unknown, model: ModelSpec): Resolution | null {
  if (value === undefined) return model.defaultResolution;
  const asked = value === '4K' ? '4k' : value;
  return model.resolutions.find((known) => known === asked) ?? null;
}

function readTools(tools: unknown, mode: Mode, notValid: (name: string) => ApiError): boolean {
  if (tools === undefined) return false;
  if (!Array.isArray(tools)) throw notValid('tools');
  const known = tools.every((tool) => isRecord(tool) && field(tool, 'type') === 'web_search');
  if (!known || (tools.length > 0 && mode !== 't2v')) throw notValid('tools');
  return tools.length > 0;
}

/** An own property; null counts as absent, so that `__proto__` and friends mean nothing. */
function field(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? (record[name] ?? undefined) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
