// The whole window when Dailies could not start: why, what to do, and that nothing was changed.
import { useTranslation } from 'react-i18next';
import { ask } from '../client/client';
import { copyText } from '../client/clipboard';
import { Button } from '../components/button/Button';
import { CopyButton } from '../components/button/CopyButton';
import { errorText } from '../i18n/errorText';
import { useFormat } from '../i18n/useFormat';
import { useAppInfo } from '../stores/appInfoStore';
import { recordOf } from '../stores/noticesStore';
import styles from './Shell.module.css';

export default function SafeScreen({ failure }: { readonly failure: unknown }) {
  const { t } = useTranslation();
  const format = useFormat();
  const info = useAppInfo((state) => state.info);
  const record = recordOf(failure);
  const { sentence, next } = errorText(record, t, format);
  const about = info === null ? '' : `Dailies ${info.version}, Electron ${info.electron}, ${info.platform}`;
  const reason = `${record.code}: ${record.message}`;
  const details = `${about}\n${reason}`;
  return (
    <main className={styles.safe} aria-label={t('safe.label')}>
      <div role="alert">
        <h1>{sentence}</h1>
        <p>{next}</p>
      </div>
      <p className="muted">{t('safe.untouched')}</p>
      <div className={styles.safeButtons}>
        <Button variant="primary" onClick={() => void ask('app.relaunch', {})}>
          {t('app.retry')}
        </Button>
        <Button onClick={() => void ask('app.showData', {})}>{t('safe.showFolder')}</Button>
        <CopyButton words size="m" label={t('safe.copyDetails')} onCopy={() => copyText(details)} />
        <Button variant="ghost" onClick={() => void ask('app.quit', {})}>
          {t('safe.quit')}
        </Button>
      </div>
      <p className="mono muted selectable">
        {about}
        <br />
        {reason}
      </p>
    </main>
  );
}
