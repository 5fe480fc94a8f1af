// How long the take is: whole seconds, or what the model makes of it.
import { useTranslation } from 'react-i18next';
import { Switch } from '../../components/field/Field';
import { Slider } from '../../components/field/Slider';
import { Popover } from '../../components/popover/Popover';
import { useFormat } from '../../i18n/useFormat';
import { useDraft } from '../../stores/draftStore';
import { specOf, type Facts } from './ParameterBar';
import styles from './ParameterBar.module.css';

export function DurationPopover({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const spec = specOf(facts);
  const { duration } = facts.draft.parameters;
  if (spec === undefined) return null;
  const seconds = (value: number): string => t('units.seconds', { value: format.number(value) });
  const auto = duration === -1;
  const name = auto ? t('composer.auto') : seconds(duration);
  const set = (next: number): void => useDraft.getState().setParameters({ duration: next });
  const shown = auto ? spec.duration.default : duration;
  return (
    <Popover
      label={t('composer.duration')}
      width={264}
      trigger={
        <button type="button" className={styles.part} aria-label={`${t('composer.duration')}: ${name}`}>
          <span className="num">{name}</span>
        </button>
      }
    >
      <div className={styles.duration}>
        <div className={styles.sliderLine}>
          <Slider
            label={t('composer.duration')}
            value={shown}
            min={spec.duration.min}
            max={spec.duration.max}
            valueText={seconds(shown)}
            disabled={auto}
            onChange={set}
          />
          <span className={`num ${styles.seconds}`} data-off={auto || undefined}>
            {seconds(shown)}
          </span>
        </div>
        {spec.autoDuration ? (
          <>
            <Switch
              label={t('composer.modelChooses')}
              checked={auto}
              onChange={(next) => set(next ? -1 : spec.duration.default)}
            />
            <p className="meta">{t('composer.modelChoosesNote')}</p>
          </>
        ) : null}
      </div>
    </Popover>
  );
}
