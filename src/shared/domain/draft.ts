// The draft a person composes: its shape, its mode, its readable problems, and freezing it into a recipe.
import {
  findModel,
  type Mode,
  type ModelSpec,
  type Ratio,
  type ReferenceKind,
  type Resolution,
  type Role,
} from './models';
import { custodyOf, insideBytes } from './custody';
import type { Reference } from './reference';

export interface DraftReference {
  /** Unique in the draft. Chips in the prompt bind to it, so it survives reorder and rename. */
  readonly key: string;
  readonly reference: Reference;
  readonly role: Role;
}

export interface Parameters {
  readonly resolution: Resolution;
  readonly ratio: Ratio;
  /** Whole seconds, or -1: the model chooses. */
  readonly duration: number;
  readonly generateAudio: boolean;
  readonly watermark: boolean;
  readonly returnLastFrame: boolean;
  /** Left out of the request unless the person switched it on. */
  readonly cameraFixed: boolean;
  /** Left out of the request when null. 0 to 2147483647. */
  readonly seed: number | null;
  /** Seconds until the provider gives up, 3600 to 259200; left out when null (its default is 172800). */
  readonly executionExpiresAfter: number | null;
}

export interface Draft {
  /** Text in which `@{key}` stands for a reference of this draft. */
  readonly prompt: string;
  readonly references: readonly DraftReference[];
  /** One of `MODELS`, or an endpoint id such as `ep-…`. */
  readonly model: string;
  readonly parameters: Parameters;
}

/** A draft frozen at the moment of sending. Never edited again. */
export interface Recipe extends Draft {
  readonly version: 1;
}

export const SEED_RANGE = [0, 2_147_483_647] as const;
export const EXPIRES_AFTER_RANGE = [3600, 259_200] as const;
/** A recommendation of the vendor, not a limit: 500 Chinese characters or 1000 English words. */
export const PROMPT_ADVICE = { hanCharacters: 500, words: 1000 } as const;

/** Parameters a new draft starts with for this model. */
export function defaultParameters(model: ModelSpec): Parameters {
  return {
    resolution: model.defaultResolution,
    ratio: model.defaultRatio,
    duration: model.duration.default,
    generateAudio: model.generateAudio !== 'no',
    watermark: false,
    returnLastFrame: false,
    cameraFixed: false,
    seed: null,
    executionExpiresAfter: null,
  };
}

/** Keeps what the new model takes and replaces the rest by its defaults. */
export function adaptParameters(parameters: Parameters, model: ModelSpec): Parameters {
  const standard = defaultParameters(model);
  const { min, max } = model.duration;
  const fitsDuration =
    parameters.duration === -1
      ? model.autoDuration
      : parameters.duration >= min && parameters.duration <= max;
  return {
    ...parameters,
    resolution: model.resolutions.includes(parameters.resolution)
      ? parameters.resolution
      : standard.resolution,
    ratio: model.ratios.includes(parameters.ratio) ? parameters.ratio : standard.ratio,
    duration: fitsDuration ? parameters.duration : standard.duration,
    cameraFixed: model.cameraFixed !== 'no' && parameters.cameraFixed,
    seed: model.seed === 'no' ? null : parameters.seed,
  };
}

/** The way of making a video that the roles ask for. A mixture is reported by `problemsOf`. */
export function modeOf(references: readonly { readonly role: Role }[]): Mode {
  const roles = references.map((item) => item.role);
  if (roles.some((role) => role.startsWith('reference_'))) return 'r2v';
  if (roles.includes('last_frame')) return 'flf2v';
  return roles.includes('first_frame') ? 'i2v' : 't2v';
}

/** Keys of the chips in a prompt, in order, repeats included. */
export function mentionedKeys(prompt: string): string[] {
  return [...prompt.matchAll(/@\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
}

export const PROBLEM_CODES = [
  'model_unknown',
  'nothing_to_send',
  'mode_unsupported',
  'frames_with_references',
  'too_many_first_frames',
  'last_frame_without_first',
  'audio_alone',
  'too_many_references',
  'resolution_unsupported',
  'ratio_unsupported',
  'duration_unsupported',
  'seed_out_of_range',
  'expires_after_out_of_range',
  'camera_fixed_disputed',
  'camera_fixed_unsupported',
  'seed_disputed',
  'seed_unsupported',
  'prompt_long',
  'prompt_flag',
  'mention_dangling',
  'format_unsupported',
  'codec_unsupported',
  'file_too_large',
  'ratio_out_of_range',
  'side_out_of_range',
  'pixels_out_of_range',
  'length_out_of_range',
  'total_length_too_long',
  'fps_out_of_range',
  'colour_unusual',
  'reference_unused',
  'body_too_large',
  'video_needs_host',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export type ProblemPlace =
  | { readonly type: 'reference'; readonly key: string }
  | { readonly type: 'prompt' }
  | { readonly type: 'parameter'; readonly name: keyof Parameters | 'model' }
  | { readonly type: 'draft' };

export interface Problem {
  readonly code: ProblemCode;
  readonly place: ProblemPlace;
  /** An error holds the request back; advice does not. */
  readonly severity: 'error' | 'advice';
  /** Numbers and words for the sentence: what it has, what it may have. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** What the connection brings that a draft depends on. */
export interface DraftSurroundings {
  /** A local file can be put where the endpoint can fetch it. */
  readonly canHostVideo: boolean;
  readonly baseUrl: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Everything that stands in the way of sending this draft, or is worth knowing before. */
export function problemsOf(draft: Draft, surroundings: DraftSurroundings): Problem[] {
  const model = findModel(draft.model);
  const problems: Problem[] = [];
  const report = (
    code: ProblemCode,
    place: ProblemPlace,
    values: Problem['values'] = {},
    severity: Problem['severity'] = 'error',
  ): void => void problems.push({ code, place, severity, values });

  const text = draft.prompt.trim();
  if (text === '' && draft.references.length === 0) report('nothing_to_send', { type: 'prompt' });
  promptProblems(draft, report);
  // An endpoint id may hide any model: its rules are unknown here, the server decides.
  if (model === undefined) {
    if (!draft.model.startsWith('ep-')) report('model_unknown', { type: 'parameter', name: 'model' });
    return problems;
  }
  modeProblems(draft, model, report);
  parameterProblems(draft.parameters, model, report);
  referenceProblems(draft, model, surroundings, report);
  return problems;
}

type Report = (
  code: ProblemCode,
  place: ProblemPlace,
  values?: Problem['values'],
  severity?: Problem['severity'],
) => void;

function promptProblems(draft: Draft, report: Report): void {
  const place = { type: 'prompt' } as const;
  const keys = new Set(draft.references.map((item) => item.key));
  if (mentionedKeys(draft.prompt).some((key) => !keys.has(key))) report('mention_dangling', place);
  // `--rs 720p` at the end of a prompt still steers old endpoints, unchecked.
  const mentioned = new Set(mentionedKeys(draft.prompt));
  // A person who names one and not the other has usually forgotten it; one who names none may mean them all.
  if (mentioned.size > 0 && modeOf(draft.references) === 'r2v')
    for (const { key } of draft.references)
      if (!mentioned.has(key)) report('reference_unused', { type: 'reference', key }, {}, 'advice');
  const flag = /(?:^|\s)(--[a-z]+)(?=\s|$)/i.exec(draft.prompt)?.[1];
  if (flag !== undefined) report('prompt_flag', place, { flag });
  const han = (draft.prompt.match(/\p{Script=Han}/gu) ?? []).length;
  const words = draft.prompt.split(/\s+/).filter(Boolean).length;
  if (han > PROMPT_ADVICE.hanCharacters || words > PROMPT_ADVICE.words)
    report('prompt_long', place, { ...PROMPT_ADVICE }, 'advice');
}

function modeProblems(draft: Draft, model: ModelSpec, report: Report): void {
  const count = (role: Role): number => draft.references.filter((item) => item.role === role).length;
  const place = { type: 'draft' } as const;
  const mode = modeOf(draft.references);
  const frames = count('first_frame') + count('last_frame');
  if (!model.modes.includes(mode)) report('mode_unsupported', place, { mode, model: model.label });
  if (mode === 'r2v' && frames > 0) report('frames_with_references', place);
  if (count('first_frame') > 1 || count('last_frame') > 1) report('too_many_first_frames', place);
  if (count('last_frame') > 0 && count('first_frame') === 0) report('last_frame_without_first', place);
  if (mode === 'r2v' && count('reference_image') + count('reference_video') === 0)
    report('audio_alone', place);
  if (mode !== 'r2v') return;
  for (const kind of ['image', 'video', 'audio'] as const) {
    const has = count(`reference_${kind}`);
    const most = model.maxReferences[kind];
    if (has > most) report('too_many_references', place, { kind, has, most });
  }
}

function parameterProblems(parameters: Parameters, model: ModelSpec, report: Report): void {
  const at = (name: keyof Parameters): ProblemPlace => ({ type: 'parameter', name });
  const { resolution, ratio, duration, seed, executionExpiresAfter, cameraFixed } = parameters;
  if (!model.resolutions.includes(resolution))
    report('resolution_unsupported', at('resolution'), {
      model: model.label,
      allowed: model.resolutions.join(', '),
    });
  if (!model.ratios.includes(ratio)) report('ratio_unsupported', at('ratio'), { model: model.label });
  const { min, max } = model.duration;
  const whole = Number.isInteger(duration);
  if (duration === -1 ? !model.autoDuration : !whole || duration < min || duration > max)
    report('duration_unsupported', at('duration'), { model: model.label, min, max });
  if (seed !== null) {
    if (!Number.isInteger(seed) || seed < SEED_RANGE[0] || seed > SEED_RANGE[1])
      report('seed_out_of_range', at('seed'), { min: SEED_RANGE[0], max: SEED_RANGE[1] });
    if (model.seed === 'no') report('seed_unsupported', at('seed'), { model: model.label });
    if (model.seed === 'disputed') report('seed_disputed', at('seed'), { model: model.label }, 'advice');
  }
  if (cameraFixed && model.cameraFixed === 'no')
    report('camera_fixed_unsupported', at('cameraFixed'), { model: model.label });
  if (cameraFixed && model.cameraFixed === 'disputed')
    report('camera_fixed_disputed', at('cameraFixed'), { model: model.label }, 'advice');
  const [least, most] = EXPIRES_AFTER_RANGE;
  if (
    executionExpiresAfter !== null &&
    (!Number.isInteger(executionExpiresAfter) ||
      executionExpiresAfter < least ||
      executionExpiresAfter > most)
  )
    report('expires_after_out_of_range', at('executionExpiresAfter'), { min: least, max: most });
}

function referenceProblems(
  draft: Draft,
  model: ModelSpec,
  surroundings: DraftSurroundings,
  report: Report,
): void {
  const { maxBodyBytes } = model.referenceLimits;
  const { canHostVideo: canHost, baseUrl, now } = surroundings;
  const custody = custodyOf(draft.references, { canHost, baseUrl, now, maxBodyBytes });
  for (const { key, reference } of draft.references) {
    if (reference.source === 'url') continue;
    const place = { type: 'reference', key } as const;
    fileProblems(reference, model, (code, values) => report(code, place, values));
    if (reference.cmyk === true) report('colour_unusual', place, {}, 'advice');
    if (custody.get(key) === 'nowhere') report('video_needs_host', place);
  }
  for (const kind of ['video', 'audio'] as const) {
    const most = model.referenceLimits[kind].totalSeconds;
    const parts = draft.references.filter((item) => item.reference.kind === kind);
    const total = parts.reduce((sum, item) => sum + (item.reference.seconds ?? 0), 0);
    if (parts.length > 1 && total > most)
      report('total_length_too_long', { type: 'draft' }, { kind, has: round(total), most });
  }
  const body = insideBytes(draft.references, custody);
  if (body > maxBodyBytes) report('body_too_large', { type: 'draft' }, { has: body, most: maxBodyBytes });
}

function fileProblems(
  reference: Reference,
  model: ModelSpec,
  report: (code: ProblemCode, values: Problem['values']) => void,
): void {
  const limits = model.referenceLimits[reference.kind];
  if (!limits.formats.includes(reference.format))
    report('format_unsupported', { has: reference.format, allowed: limits.formats.join(', ') });
  if (reference.bytes > limits.maxBytes)
    report('file_too_large', { has: reference.bytes, most: limits.maxBytes });
  if ('codecs' in limits && reference.codec !== undefined && !limits.codecs.includes(reference.codec))
    report('codec_unsupported', { has: reference.codec, allowed: limits.codecs.join(', ') });
  if (reference.width !== undefined && reference.height !== undefined && 'side' in limits) {
    const { width, height } = reference;
    // The image rows exclude their ends, the video rows include them.
    const outside = (value: number, [least, most]: readonly [number, number]): boolean =>
      reference.kind === 'image' ? value <= least || value >= most : value < least || value > most;
    const [least, most] = limits.ratio;
    if (outside(width / height, limits.ratio))
      report('ratio_out_of_range', { has: round(width / height), least, most });
    if (outside(width, limits.side) || outside(height, limits.side))
      report('side_out_of_range', { width, height, least: limits.side[0], most: limits.side[1] });
    if ('pixels' in limits && outside(width * height, limits.pixels))
      report('pixels_out_of_range', { width, height, least: limits.pixels[0], most: limits.pixels[1] });
  }
  if ('seconds' in limits && reference.seconds !== undefined) {
    const [least, most] = limits.seconds;
    if (reference.seconds < least || reference.seconds > most)
      report('length_out_of_range', { has: round(reference.seconds), least, most });
  }
  if ('fps' in limits && reference.fps !== undefined) {
    const [least, most] = limits.fps;
    if (reference.fps < least || reference.fps > most + 0.01)
      report('fps_out_of_range', { has: round(reference.fps), least, most });
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The role a newly added reference gets: beside frames another frame, else a plain reference. */
export function defaultRole(
  kind: ReferenceKind,
  present: readonly DraftReference[],
  model?: ModelSpec,
): Role {
  if (kind !== 'image') return kind === 'video' ? 'reference_video' : 'reference_audio';
  const roles = present.map((item) => item.role);
  const wantsFrames = model !== undefined && !model.modes.includes('r2v');
  if (!roles.includes('first_frame')) return wantsFrames ? 'first_frame' : 'reference_image';
  return roles.includes('last_frame') ? 'reference_image' : 'last_frame';
}

/** Freezes a draft. The copy is deep and plain, so that nothing can change it later. */
export function freezeRecipe(draft: Draft): Recipe {
  return { version: 1, ...structuredClone(draft) };
}
