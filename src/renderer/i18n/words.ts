// Names of kinds, modes and references in the person's language.
import type { TFunction } from 'i18next';
import type { DraftReference } from '@shared/domain/draft';
import { referenceNumbers } from '@shared/domain/compile';
import type { ReferenceKind } from '@shared/domain/models';
import type { ChipFacts } from '../components/prompt/PromptText';

export function kindWord(kind: string, t: TFunction): string {
  if (kind === 'image') return t('kinds.image');
  return kind === 'video' ? t('kinds.video') : t('kinds.audio');
}

export function modeWord(mode: string, t: TFunction): string {
  return t(`modes.${mode}.name`);
}

/** `Image 1`: what a chip says. */
export function numberedName(kind: ReferenceKind, number: number, t: TFunction): string {
  if (kind === 'image') return t('kinds.imageNumber', { number });
  return kind === 'video' ? t('kinds.videoNumber', { number }) : t('kinds.audioNumber', { number });
}

export function referenceNames(references: readonly DraftReference[], t: TFunction): Map<string, string> {
  const numbers = referenceNumbers(references);
  return new Map(
    references.map(({ key, reference }) => [key, numberedName(reference.kind, numbers.get(key) ?? 0, t)]),
  );
}

/** What stands for each reference in a prompt that is read. `thumb`: the address of its picture. */
export function chipFacts(
  references: readonly DraftReference[],
  t: TFunction,
  thumb: (id: string) => string,
): Map<string, ChipFacts> {
  const names = referenceNames(references, t);
  return new Map(
    references.map(({ key, reference }) => [
      key,
      {
        kind: reference.kind,
        name: names.get(key) ?? '',
        src: reference.hasThumb ? thumb(reference.id) : null,
      },
    ]),
  );
}

const FORMAT_NAMES: Record<string, string> = {
  webm: 'WebM',
  webp: 'WebP',
  h264: 'H.264',
  hevc: 'HEVC',
  prores: 'ProRes',
  matroska: 'MKV',
  mpeg4: 'MPEG-4',
  vp9: 'VP9',
};

/** A sniffed format or codec as people write it. */
export function formatName(format: string): string {
  return FORMAT_NAMES[format] ?? format.toUpperCase();
}
