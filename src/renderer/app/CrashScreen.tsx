// The window without its content: what happened, and one button.
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button/Button';
import { Tooltip } from 'radix-ui';
import styles from './Shell.module.css';

export function CrashScreen({ message }: { readonly message: string }) {
  const { t } = useTranslation();
  return (
    <Tooltip.Provider>
      <main className={styles.crash} role="alert">
        <h1>{t('app.crashed')}</h1>
        <p className="muted">{t('app.crashedNext')}</p>
        <p className="mono muted selectable">{message}</p>
        <Button variant="primary" onClick={() => window.location.reload()}>
          {t('app.reload')}
        </Button>
      </main>
    </Tooltip.Provider>
  );
}
