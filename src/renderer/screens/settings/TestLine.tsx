// How the free test of a connection went.
import { CircleAlert, CircleCheck, CircleQuestionMark } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../client/clipboard';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { ErrorDetails } from '../../components/details/ErrorDetails';
import { Popover } from '../../components/popover/Popover';
import { errorText } from '../../i18n/errorText';
import { useFormat } from '../../i18n/useFormat';
import type { TestState } from './ConnectionRow';
import styles from './Settings.module.css';

export function TestLine({ state }: { readonly state: TestState }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (state.type === 'testing')
    return (
      <p className={styles.tested} role="status">
        {t('connect.testing')}
      </p>
    );
  if (state.type === 'answered') {
    const ok = state.result.verdict === 'ok';
    const value = format.number(state.result.milliseconds);
    return (
      <p className={styles.tested} data-tone={ok ? 'ok' : 'warning'} role="status">
        <Icon of={ok ? CircleCheck : CircleQuestionMark} size="s" />
        <span>{ok ? t('settings.testOk', { value }) : t('settings.testUntested', { value })}</span>
      </p>
    );
  }
  const words = errorText(state.error, t, format);
  return (
    <p className={styles.tested} data-tone="danger" role="alert">
      <Icon of={CircleAlert} size="s" />
      <span>
        {words.sentence} {words.next}
      </span>
      <Popover
        label={t('details.title')}
        side="bottom"
        width={320}
        trigger={
          <Button size="s" variant="ghost">
            {t('common.details')}
          </Button>
        }
      >
        <ErrorDetails error={state.error} onCopy={copyText} />
      </Popover>
    </p>
  );
}
