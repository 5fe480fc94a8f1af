// Which shape a picture gets, and whether it is cropped to it or keeps everything between bars.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Reference } from '@shared/domain/reference';
import { Segments, Switch } from '../../components/field/Field';
import { ratioText } from '../../i18n/repairText';
import { useFormat, type Format } from '../../i18n/useFormat';
import { frameFor, type Adjustment, type Shape } from './adjustment';
import styles from './Repair.module.css';

interface ShapeChoiceProps {
  readonly reference: Reference;
  readonly shapes: readonly Shape[];
  readonly adjustment: Adjustment;
  readonly onChange: (change: Partial<Adjustment>) => void;
}

export function ShapeChoice({ reference, shapes, adjustment, onChange }: ShapeChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const choose = (name: Adjustment['shape']): void => {
    const shape = shapes.find((candidate) => candidate.name === name);
    if (shape === undefined) return;
    onChange({
      shape: name,
      frame: frameFor(reference, shape, adjustment.frame),
      pad: adjustment.pad && name !== 'original',
    });
  };
  const chosen = shapes.find(({ name }) => name === adjustment.shape);
  return (
    <div className={styles.shape}>
      <h3>{t('repair.shape')}</h3>
      <Segments
        label={t('repair.shape')}
        value={adjustment.shape}
        choices={shapes.map((shape) => ({ value: shape.name, label: labelOf(shape, t, format) }))}
        onChange={choose}
      />
      {chosen === undefined ? null : <p className="meta">{noteOf(chosen, t)}</p>}
      {adjustment.shape === 'original' ? null : (
        <Switch
          label={t('repair.padInstead')}
          hint={t('repair.padNote')}
          checked={adjustment.pad}
          onChange={(pad) => onChange({ pad })}
        />
      )}
    </div>
  );
}

function labelOf({ name, ratio, size }: Shape, t: TFunction, format: Format): string {
  if (name === 'original') return t('repair.shapeOriginal');
  return size === null ? ratioText(ratio, format) : `${size.width}×${size.height}`;
}

function noteOf({ name, ratio, size }: Shape, t: TFunction): string {
  switch (name) {
    case 'original':
      return t('repair.shapeOriginalNote');
    case 'edge':
      return ratio > 1 ? t('repair.shapeWidest') : t('repair.shapeNarrowest');
    case 'output':
      return size === null ? t('repair.shapeOutput') : t('repair.shapeExact');
  }
}
