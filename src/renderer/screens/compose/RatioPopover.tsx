// The shape of the picture, drawn small, with its exact size in pixels.
import { useTranslation } from 'react-i18next';
import { outputPixels, type Ratio } from '@shared/domain/models';
import { Popover } from '../../components/popover/Popover';
import { useDraft } from '../../stores/draftStore';
import { specOf, type Facts } from './ParameterBar';
import styles from './ParameterBar.module.css';

export function RatioPopover({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const spec = specOf(facts);
  const { ratio, resolution } = facts.draft.parameters;
  if (spec === undefined) return null;
  const name = ratio === 'adaptive' ? t('composer.adaptive') : ratio;
  return (
    <Popover
      label={t('composer.ratio')}
      width={296}
      trigger={
        <button type="button" className={styles.part} aria-label={`${t('composer.ratio')}: ${name}`}>
          <Shape ratio={ratio} />
          <span className="num">{name}</span>
        </button>
      }
    >
      <div className={styles.ratios}>
        {spec.ratios.map((value) => {
          const size = value === 'adaptive' ? null : outputPixels(spec, resolution, value);
          return (
            <button
              key={value}
              type="button"
              className={styles.ratio}
              aria-pressed={value === ratio}
              data-wide={value === 'adaptive' || undefined}
              onClick={() => useDraft.getState().setParameters({ ratio: value })}
            >
              <span className={styles.shapeBox}>
                <Shape ratio={value} large />
              </span>
              <span>
                {value === 'adaptive' ? t('composer.adaptive') : value}
                <span className="meta num">
                  {size === null ? t('composer.adaptiveNote') : `${size.width}×${size.height}`}
                </span>
              </span>
            </button>
          );
        })}
      </div>
    </Popover>
  );
}

/** Small shapes of equal area read better than shapes of equal height. */
function Shape({ ratio, large = false }: { readonly ratio: Ratio; readonly large?: boolean }) {
  const [w = 1, h = 1] = ratio === 'adaptive' ? [4, 3] : ratio.split(':').map(Number);
  const area = large ? 240 : 124;
  const height = Math.sqrt(area / (w / h));
  return (
    <span
      aria-hidden
      className={styles.shape}
      data-dashed={ratio === 'adaptive' || undefined}
      style={{ width: Math.round(height * (w / h)), height: Math.round(height) }}
    />
  );
}
