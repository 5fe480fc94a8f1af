// What the table of differences says: names of facts, and what each clip has.
import type { TFunction } from 'i18next';
import type { ClipDetail } from '@shared/domain/clip';
import { findModel } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import type { Format } from '../../i18n/useFormat';
import { modeWord, numberedName } from '../../i18n/words';
import { factOf, type FactName, type Row } from './differences';

export function rowName(row: Row, t: TFunction): string {
  return row.type === 'file' ? numberedName(row.kind, row.number, t) : factName(row.name, t);
}

function factName(name: FactName, t: TFunction): string {
  const names: Record<FactName, string> = {
    model: t('inspector.model'),
    mode: t('compare.mode'),
    resolution: t('compare.resolution'),
    ratio: t('compare.ratio'),
    length: t('compare.length'),
    seed: t('inspector.seed'),
    sound: t('compare.sound'),
    watermark: t('compare.watermark'),
    cameraFixed: t('compare.cameraFixed'),
    price: t('inspector.cost'),
    tokens: t('compare.tokens'),
    rendered: t('inspector.rendered'),
    size: t('inspector.size'),
    fps: t('compare.fps'),
    connection: t('inspector.connection'),
  };
  return names[name];
}

/** Null: it has none. */
export function factText(clip: ClipDetail, name: FactName, t: TFunction, format: Format): string | null {
  const value = factOf(clip, name);
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? t('compare.yes') : t('compare.no');
  if (name === 'price')
    return clip.price === null ? t('common.free') : format.money(clip.price.amount, clip.price.currency);
  if (typeof value === 'string') {
    if (name === 'model') return findModel(value)?.label ?? value;
    return name === 'mode' ? modeWord(value, t) : value;
  }
  switch (name) {
    case 'length':
      return t('units.seconds', { value: format.number(value, 1) });
    case 'fps':
      return t('units.fps', { value: format.number(value, 2) });
    case 'rendered':
      return format.clock(value);
    case 'tokens':
      return format.number(value);
    default:
      return String(value);
  }
}

/** A file's name, and the part of a clip that it is. */
export function fileText({ name, clip }: Reference, t: TFunction, format: Format): string {
  const part =
    clip?.span !== undefined
      ? `${format.fixed(clip.span.from, 1)}–${format.fixed(clip.span.to, 1)}`
      : clip?.moment !== undefined
        ? format.fixed(clip.moment, 1)
        : null;
  return part === null ? name : `${name} · ${t('units.seconds', { value: part })}`;
}
