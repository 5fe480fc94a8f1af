// A repair in words: what a button will do, what was done, and how large or long things are.
import type { TFunction } from 'i18next';
import { FIXED_RATIOS } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import type { Repair } from '@shared/domain/repair';
import type { Format } from './useFormat';
import { formatName } from './words';

export type RepairStepName = 'cut' | 'repeat' | 'crop' | 'pad' | 'scale' | 'fps' | 'format' | 'shrink';

export interface RepairStep {
  readonly name: RepairStepName;
  /** `Trim to 15 s` */
  readonly will: string;
  /** `Trimmed to 15 s, from 2.5 s` */
  readonly was: string;
}

type Facts = Pick<Reference, 'width' | 'height' | 'format'>;

/** The steps worth naming, in the order they are done. `before`: the file it is made from, where it is known. */
export function repairSteps(
  repair: Repair,
  before: Facts | null,
  t: TFunction,
  format: Format,
): RepairStep[] {
  const steps: RepairStep[] = [];
  const add = (name: RepairStepName, will: string, was: string): void => void steps.push({ name, will, was });
  const { span, repeatTo, crop, size, pad, fps, maxBytes } = repair;
  if (span !== undefined) {
    const values = {
      seconds: format.number(span.to - span.from, 2),
      from: format.number(span.from, 2),
    };
    add('cut', t('repair.trim', values), t('repair.trimmed', values));
  }
  if (repeatTo !== undefined) {
    const values = { seconds: format.number(repeatTo, 2) };
    add('repeat', t('repair.repeat', values), t('repair.repeated', values));
  }
  const sized = size === undefined ? null : `${size.width}×${size.height}`;
  if (pad === true && sized !== null)
    add('pad', t('repair.pad', { to: sized }), t('repair.padded', { to: sized }));
  else {
    const to = crop === undefined ? null : (sized ?? cropRatio(crop, before, format));
    if (crop !== undefined)
      add(
        'crop',
        to === null ? t('repair.cropOnly') : t('repair.crop', { to }),
        to === null ? t('repair.croppedOnly') : t('repair.cropped', { to }),
      );
    else if (sized !== null)
      add('scale', t('repair.scale', { to: sized }), t('repair.scaled', { to: sized }));
  }
  if (fps !== undefined) {
    const values = { fps: format.number(fps, 2) };
    add('fps', t('repair.fps', values), t('repair.fpsDone', values));
  }
  // A format that stays needs a word only where nothing else happens: another codec inside, or a clean copy.
  if (repair.format !== undefined && (repair.format !== before?.format || steps.length === 0)) {
    const values = { format: formatName(repair.format) };
    add('format', t('repair.convert', values), t('repair.converted', values));
  }
  if (maxBytes !== undefined && steps.length === 0) {
    const values = { bytes: format.bytes(maxBytes) };
    add('shrink', t('repair.shrink', values), t('repair.shrunk', values));
  }
  return steps;
}

/** One line for a button: the first step, and how many more. */
export function shortSteps(steps: readonly RepairStep[], t: TFunction): string {
  const [first, ...others] = steps;
  if (first === undefined) return t('repair.repair');
  return others.length === 0
    ? first.will
    : t('repair.andMore', { first: first.will, count: String(others.length) });
}

function cropRatio(crop: NonNullable<Repair['crop']>, before: Facts | null, format: Format): string | null {
  if (before?.width === undefined || before.height === undefined) return null;
  return ratioText((before.width * crop.width) / (before.height * crop.height), format);
}

/** `16 : 9` where it is one of the usual ratios, else `2.5 : 1`. */
export function ratioText(ratio: number, format: Format): string {
  for (const known of FIXED_RATIOS) {
    const [width = 1, height = 1] = known.split(':').map(Number);
    if (Math.abs(Math.log(ratio / (width / height))) < 0.01) return `${width} : ${height}`;
  }
  return `${format.number(ratio, ratio < 1 ? 2 : 1)} : 1`;
}

/** `MP4 · H.264` */
export function formatFact({ format, codec }: Pick<Reference, 'format' | 'codec'>): string {
  return [format, codec]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => formatName(part ?? ''))
    .join(' · ');
}
