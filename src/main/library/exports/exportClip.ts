// What every export is made of: a clip, where its file lies, and what the person said about it. Pure.
import type { ClipDetail } from '@shared/domain/clip';
import { compilePrompt, referenceNumbers } from '@shared/domain/compile';
import { rateText } from '../../ffmpeg/transform';
import { sidecarOf, type Sidecar } from '../sidecar';

/** Clips are exported in the order they are given in. */
export interface ExportClip extends ClipDetail {
  /** Absolute, as this system writes it. */
  readonly path: string;
}

/** The recipe as it may leave this computer: without paths, keys and signed addresses; null where there is none. */
export function openRecipe(clip: ClipDetail): Sidecar['recipe'] {
  return sidecarOf({ clip, recipe: clip.recipe, task: null, contentHash: '', lastFrame: null }).recipe;
}

/** The prompt as it was sent, with `Image 1` or `图片1` in it; empty where there is no recipe. */
export function sentPrompt({ recipe }: ClipDetail): string {
  return recipe === null ? '' : compilePrompt(recipe);
}

/** `Image 1: her face.png`, in the order they were sent in. Addresses come without their signatures. */
export function referenceNames(clip: ClipDetail): string[] {
  const numbers = referenceNumbers(clip.recipe?.references ?? []);
  const words = { image: 'Image', video: 'Video', audio: 'Audio' } as const;
  return (openRecipe(clip)?.references ?? []).map(
    ({ key, kind, name }) => `${words[kind]} ${numbers.get(key)}: ${name}`,
  );
}

/** A frame rate as a fraction: 23.976 is 24000/1001. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

/** The exact rate that a measured one stands for; 24 where it is unknown. */
export function frameRateOf({ fps }: Pick<ClipDetail, 'fps'>): FrameRate {
  const [above = '24', below = '1'] = rateText(fps > 0 ? fps : 24).split('/');
  const whole = Number.isInteger(Number(above));
  return whole
    ? { numerator: Number(above), denominator: Number(below) }
    : { numerator: Math.round(Number(above) * 1000), denominator: 1000 };
}

/** Sound is often a little longer than the picture: that much of a frame is not counted as one more. */
const MOST_OF_A_FRAME = 0.1;

/** Frames of a clip, at least one. */
export function framesOf(clip: Pick<ClipDetail, 'fps' | 'seconds'>): number {
  const { numerator, denominator } = frameRateOf(clip);
  return Math.max(1, Math.floor((clip.seconds * numerator) / denominator + MOST_OF_A_FRAME));
}

/**
 * A path as a `file:` address, whichever system wrote it: `C:\a b.mp4` is `file:///C:/a%20b.mp4`, and
 * `\\nas\clips\a.mp4` is `file://nas/clips/a.mp4`. Everything that some program misreads is percent-encoded.
 */
export function fileAddress(path: string): string {
  const drive = /^[A-Za-z]:(?=[\\/])/.exec(path)?.[0];
  const share = /^\\\\[^\\?.]/.test(path);
  const parts = (drive !== undefined || share ? path.replaceAll('\\', '/') : path).split('/');
  const encoded = parts.map((part) => (part === drive ? part : encodeURIComponent(wellFormed(part))));
  const place = encoded.join('/');
  if (share) return `file:${place}`;
  return drive === undefined ? `file://${place}` : `file:///${place}`;
}

/** Text without what neither XML nor JSON readers take: control characters, and halves of characters. */
export function wellFormed(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '').replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD');
}
