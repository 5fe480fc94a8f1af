// Diagnostics: tests what Dailies relies on one by one, and makes the file for whoever helps.
import { useTranslation } from 'react-i18next';
import { CHECKS } from '@shared/domain/diagnostics';
import { Button } from '../../components/button/Button';
import { attempt } from '../../stores/noticesStore';
import { useDiagnostics } from '../../stores/diagnosticsStore';
import { DiagnosticsBundle } from './DiagnosticsBundle';
import { DiagnosticsRow } from './DiagnosticsRow';
import { FfmpegPart } from './FfmpegPart';
import styles from './Settings.module.css';

export function DiagnosticsPane() {
  const { t } = useTranslation();
  const running = useDiagnostics((state) => state.running !== null);
  const { runAll, stop } = useDiagnostics.getState();
  return (
    <>
      <header className={styles.head}>
        <h2>{t('diagnostics.title')}</h2>
        {running ? (
          <Button onClick={() => void attempt(stop)}>{t('diagnostics.stop')}</Button>
        ) : (
          <Button variant="primary" onClick={() => void attempt(runAll)}>
            {t('diagnostics.runAll')}
          </Button>
        )}
      </header>
      <p className={styles.why}>{t('diagnostics.why')}</p>
      <ul className={styles.box}>
        {CHECKS.map((check) => (
          <DiagnosticsRow key={check} check={check} />
        ))}
      </ul>
      <FfmpegPart />
      <DiagnosticsBundle />
    </>
  );
}
