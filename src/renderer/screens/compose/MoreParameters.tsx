// The rarely used switches, each only where the model takes it.
import { SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '@shared/domain/draft';
import { Icon } from '../../components/button/Icon';
import { Switch, TextField } from '../../components/field/Field';
import { Popover } from '../../components/popover/Popover';
import { problemText } from '../../i18n/problemText';
import { useFormat } from '../../i18n/useFormat';
import { useDraft } from '../../stores/draftStore';
import { specOf, type Facts } from './ParameterBar';
import styles from './ParameterBar.module.css';

const EXPIRY_HOURS = [1, 2, 6, 12, 24, 48, 72] as const;
const HOUR_SECONDS = 3600;

export function MoreParameters({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const spec = specOf(facts);
  const { watermark, returnLastFrame, cameraFixed, seed, executionExpiresAfter } = facts.draft.parameters;
  const { setParameters } = useDraft.getState();
  const touched =
    watermark || returnLastFrame || cameraFixed || seed !== null || executionExpiresAfter !== null;
  const noteOf = (name: string): string | undefined => {
    const found = facts.problems.find((problem) => isAt(problem, name));
    return found === undefined ? undefined : problemText(found, t, format);
  };
  return (
    <Popover
      label={t('composer.moreParameters')}
      width={296}
      trigger={
        <button type="button" className={styles.part} aria-label={t('composer.moreParameters')}>
          <Icon of={SlidersHorizontal} />
          {touched ? <span className={styles.touched} /> : null}
        </button>
      }
    >
      <div className={styles.more}>
        <Switch
          label={t('composer.watermark')}
          checked={watermark}
          onChange={(next) => setParameters({ watermark: next })}
        />
        {spec?.returnLastFrame === 'no' ? null : (
          <Switch
            label={t('composer.lastFrame')}
            checked={returnLastFrame}
            onChange={(next) => setParameters({ returnLastFrame: next })}
          />
        )}
        {spec?.cameraFixed === 'no' && !cameraFixed ? null : (
          <Switch
            label={t('composer.cameraFixed')}
            note={noteOf('cameraFixed')}
            checked={cameraFixed}
            onChange={(next) => setParameters({ cameraFixed: next })}
          />
        )}
        {spec?.seed === 'no' ? null : (
          <TextField
            label={t('composer.seed')}
            inputMode="numeric"
            placeholder={t('composer.seedRandom')}
            value={seed === null ? '' : String(seed)}
            note={noteOf('seed')}
            onChange={(event) => setParameters({ seed: readSeed(event.target.value) })}
          />
        )}
        <label className={styles.select}>
          <span className="meta">{t('composer.expiry')}</span>
          <select
            value={executionExpiresAfter ?? ''}
            onChange={(event) =>
              setParameters({
                executionExpiresAfter: event.target.value === '' ? null : Number(event.target.value),
              })
            }
          >
            <option value="">{t('composer.expiryDefault')}</option>
            {EXPIRY_HOURS.map((hours) => (
              <option key={hours} value={hours * HOUR_SECONDS}>
                {t('composer.hours', { count: hours })}
              </option>
            ))}
          </select>
        </label>
      </div>
    </Popover>
  );
}

function isAt({ place }: Problem, name: string): boolean {
  return place.type === 'parameter' && place.name === name;
}

function readSeed(text: string): number | null {
  const digits = text.replace(/\D/g, '').slice(0, 12);
  return digits === '' ? null : Number(digits);
}
