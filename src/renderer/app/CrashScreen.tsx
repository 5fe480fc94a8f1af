// The window without its content: what happened, and one button.
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button/Button';
import { Tooltip } from 'radix-ui';
import styles from './Shell.module.css';

interface CrashScreenProps {
  readonly reason: 'crashed' | 'startFailed';
  readonly message: string;
}

export function CrashScreen({ reason, message }: CrashScreenProps) {
  const { t } = useTranslation();
  return (
    <Tooltip.Provider>
      <main className={styles.crash} role="alert">
        <h1>{reason === 'crashed' ? t('app.crashed') : t('app.startFailed')}</h1>
        <p className="muted">{t('app.crashedNext')}</p>
        <p className="mono muted selectable">{message}</p>
        <Button variant="primary" onClick={() => window.location.reload()}>
          {reason === 'crashed' ? t('app.reload') : t('app.retry')}
        </Button>
      </main>
    </Tooltip.Provider>
  );
}
