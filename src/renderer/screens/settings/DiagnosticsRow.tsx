// One test: what it found, what to do about it, and the button that opens where.
import { Circle, CircleAlert, CircleCheck, CircleMinus, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { PRESETS } from '@shared/domain/connection';
import type { CheckFact, CheckName, CheckResult, CheckState, Finding } from '@shared/domain/diagnostics';
import { copyText } from '../../client/clipboard';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { DetailsButton } from '../../components/details/DetailsButton';
import { ERROR_ACTIONS, type ErrorAction } from '../../i18n/errorAction';
import { errorText, type ErrorWords } from '../../i18n/errorText';
import { useFormat, type Format } from '../../i18n/useFormat';
import { useDiagnostics } from '../../stores/diagnosticsStore';
import { attempt } from '../../stores/noticesStore';
import { SettingsButton } from '../errors/ErrorButton';
import { InstallCommands } from '../ffmpeg/InstallCommands';
import styles from './Diagnostics.module.css';

const ICONS: Readonly<Record<CheckState, LucideIcon>> = {
  ok: CircleCheck,
  look: TriangleAlert,
  failed: CircleAlert,
  none: CircleMinus,
};

/** Findings whose next step has a place in the settings. */
const PLACES: Partial<Readonly<Record<Finding, ErrorAction>>> = {
  disk_low: 'library',
  disk_network: 'library',
  network_no_connection: 'connections',
  network_no_name: 'connections',
  network_no_answer: 'connections',
  network_certificate: 'connections',
  connection_none: 'connections',
  hosting_not_removed: 'hosting',
  hosting_none: 'hosting',
};

/** Where in the settings a tested thing is set up. */
const HOMES: Partial<Readonly<Record<CheckName, ErrorAction>>> = {
  disk: 'library',
  connection: 'connections',
  hosting: 'hosting',
};

export function DiagnosticsRow({ check }: { readonly check: CheckName }) {
  const { t } = useTranslation();
  const format = useFormat();
  const result = useDiagnostics((state) => state.results[check]);
  const running = useDiagnostics((state) => state.running);
  const here = running === check;
  const name = t(`diagnostics.checks.${check}`);
  const words = result === undefined || here ? null : wordsOf(result, t, format);
  return (
    <li className={styles.check} data-state={here ? 'running' : result?.state} aria-label={name}>
      <Icon of={here ? LoaderCircle : result === undefined ? Circle : ICONS[result.state]} />
      <div className={styles.words} aria-live="polite">
        <p className={styles.name}>
          <b>{name}</b>
          {words === null || result === undefined ? null : (
            <span className="meta">{t(`diagnostics.states.${result.state}`)}</span>
          )}
        </p>
        {words === null ? (
          <p className="muted">{here ? t('diagnostics.testing') : t('diagnostics.notYet')}</p>
        ) : (
          <>
            <p className="selectable">{words.sentence}</p>
            {words.next === '' ? null : <p className="muted">{words.next}</p>}
          </>
        )}
        {result === undefined || here ? null : <Install result={result} />}
      </div>
      <div className={styles.act}>
        {result === undefined || here ? null : <Way result={result} />}
        {result === undefined || here ? null : <Facts result={result} />}
        <Button
          size="s"
          aria-label={
            result === undefined ? t('diagnostics.runOf', { name }) : t('diagnostics.againOf', { name })
          }
          disabled={running !== null}
          onClick={() => void attempt(() => useDiagnostics.getState().run(check), name)}
        >
          {result === undefined ? t('diagnostics.run') : t('diagnostics.again')}
        </Button>
      </div>
    </li>
  );
}

function wordsOf({ finding, error, values }: CheckResult, t: TFunction, format: Format): ErrorWords {
  if (error !== null) return errorText(error, t, format);
  const texts = Object.entries(values).map(([name, value]) => [name, valueText(name, value, t, format)]);
  const shown = Object.fromEntries(texts) as Record<string, string>;
  return {
    sentence: t(`diagnostics.findings.${finding}.sentence`, shown),
    next: t(`diagnostics.findings.${finding}.next`, { ...shown, defaultValue: '' }),
  };
}

function valueText(name: string, value: string | number, t: TFunction, format: Format): string {
  if (typeof value === 'number') return name === 'bytes' ? format.bytes(value) : format.number(value);
  // The only connection that Dailies named itself.
  return value === PRESETS.practice.label ? t('connect.presetPractice') : value;
}

function Way({ result: { check, error, finding } }: { readonly result: CheckResult }) {
  const known = error === null ? null : ERROR_ACTIONS[error.code];
  // What leads here from elsewhere leads on from here.
  const own = known === null || known === 'diagnostics' ? HOMES[check] : known;
  const place = finding === null ? own : PLACES[finding];
  return place === undefined ? null : <SettingsButton action={place} />;
}

function Facts({ result: { error, facts } }: { readonly result: CheckResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (facts.length === 0 && error === null) return null;
  return (
    <DetailsButton
      side="bottom"
      error={error}
      more={facts.map((fact) => factText(fact, t, format))}
      onCopy={copyText}
    />
  );
}

function factText({ name, value }: CheckFact, t: TFunction, format: Format): readonly [string, string] {
  const text =
    typeof value === 'string' ? value : /bytes/i.test(name) ? format.bytes(value) : format.number(value);
  return [t(`diagnostics.facts.${name}`), text];
}

/** What installs the missing piece. */
function Install({ result: { finding } }: { readonly result: CheckResult }) {
  const missing =
    finding === 'keychain_no_service' ? 'keychain' : finding === 'ffmpeg_missing' ? 'ffmpeg' : null;
  return missing === null ? null : (
    <div className={styles.install}>
      <InstallCommands what={missing} />
    </div>
  );
}
