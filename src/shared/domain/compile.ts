// Recipe to API request: content order, roles, reference names in the prompt, and only the fields switched on.
import type { Draft, DraftReference } from './draft';
import { findModel, type ReferenceKind, type Role } from './models';

export type ContentItem =
  | { type: 'text'; text: string }
  | { type: 'image_url'; image_url: { url: string }; role: Role }
  | { type: 'video_url'; video_url: { url: string }; role: Role }
  | { type: 'audio_url'; audio_url: { url: string }; role: Role };

/** The body of `POST /contents/generations/tasks`. */
export interface CreateRequest {
  model: string;
  content: ContentItem[];
  generate_audio?: boolean;
  resolution: string;
  ratio: string;
  duration: number;
  watermark: boolean;
  camera_fixed?: boolean;
  seed?: number;
  return_last_frame?: boolean;
  execution_expires_after?: number;
}

const NAMES: Record<'en' | 'zh', Record<ReferenceKind, string>> = {
  en: { image: 'Image ', video: 'Video ', audio: 'Audio ' },
  zh: { image: '图片', video: '视频', audio: '音频' },
};

/** The language a prompt's reference names are written in: Chinese as soon as it holds a Han character. */
export function promptLanguage(prompt: string): 'en' | 'zh' {
  return /\p{Script=Han}/u.test(prompt) ? 'zh' : 'en';
}

/** The number of each reference among those of its kind, from 1, in content order. */
export function referenceNumbers(references: readonly DraftReference[]): Map<string, number> {
  const counts: Record<ReferenceKind, number> = { image: 0, video: 0, audio: 0 };
  return new Map(references.map((item) => [item.key, ++counts[item.reference.kind]]));
}

/** The prompt as it is sent: `@{key}` becomes `Image 1` or `图片1`; a chip without a reference is dropped. */
export function compilePrompt(draft: Pick<Draft, 'prompt' | 'references'>): string {
  const names = NAMES[promptLanguage(draft.prompt)];
  const numbers = referenceNumbers(draft.references);
  return draft.prompt
    .replace(/@\{([^{}]+)\}/g, (_, key: string) => {
      const item = draft.references.find((candidate) => candidate.key === key);
      return item === undefined ? '' : `${names[item.reference.kind]}${numbers.get(key)}`;
    })
    .trim();
}

/**
 * The request for a draft or recipe. `urlOf` gives the address or data URL of each reference.
 * `modelId` replaces the model's id where an endpoint names it otherwise (BytePlus).
 */
export function compileRequest(
  draft: Draft,
  urlOf: (item: DraftReference) => string,
  modelId: string = draft.model,
): CreateRequest {
  const spec = findModel(draft.model);
  const { parameters } = draft;
  const text = compilePrompt(draft);
  const content: ContentItem[] = text === '' ? [] : [{ type: 'text', text }];
  for (const item of draft.references) content.push(contentItem(item, urlOf(item)));
  return {
    model: modelId,
    content,
    // Always sent where the model knows them: sources disagree on their defaults.
    ...(spec?.generateAudio === 'no' ? {} : { generate_audio: parameters.generateAudio }),
    resolution: parameters.resolution,
    ratio: parameters.ratio,
    duration: parameters.duration,
    watermark: parameters.watermark,
    // An unsupported field is refused, not ignored: only what was switched on is sent.
    ...(parameters.cameraFixed ? { camera_fixed: true } : {}),
    ...(parameters.seed === null ? {} : { seed: parameters.seed }),
    ...(parameters.returnLastFrame ? { return_last_frame: true } : {}),
    ...(parameters.executionExpiresAfter === null
      ? {}
      : { execution_expires_after: parameters.executionExpiresAfter }),
  };
}

function contentItem({ reference, role }: DraftReference, url: string): ContentItem {
  switch (reference.kind) {
    case 'image':
      return { type: 'image_url', image_url: { url }, role };
    case 'video':
      return { type: 'video_url', video_url: { url }, role };
    case 'audio':
      return { type: 'audio_url', audio_url: { url }, role };
  }
}

/** The reference that `content[index]` is in a compiled request (the text counts), or undefined. */
export function referenceAtContentIndex(draft: Draft, index: number): DraftReference | undefined {
  return draft.references[index - (compilePrompt(draft) === '' ? 0 : 1)];
}

/** MIME subtype of a data URL for a sniffed format. The vendor's page asks for lower case. */
export function dataUrlType(kind: ReferenceKind, format: string): string {
  return `${kind}/${format}`;
}

/** What stands in a shown or copied request where the bytes of an inline file would be. */
export function inlinePlaceholder(item: DraftReference): string {
  const { reference } = item;
  if (reference.url !== undefined) return reference.url;
  if (reference.kind === 'video') return `<address of ${reference.name}>`;
  return `data:${dataUrlType(reference.kind, reference.format)};base64,<base64 of ${reference.name}>`;
}
