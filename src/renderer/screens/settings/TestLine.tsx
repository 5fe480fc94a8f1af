// How the free test of a connection or of a file host went.
import { CircleAlert, CircleCheck, CircleQuestionMark } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../client/clipboard';
import { Icon } from '../../components/button/Icon';
import { DetailsButton } from '../../components/details/DetailsButton';
import { errorText } from '../../i18n/errorText';
import { useFormat } from '../../i18n/useFormat';
import { ErrorButton } from '../errors/ErrorButton';
import type { TestState } from './useTest';
import styles from './Settings.module.css';

interface TestLineProps<R> {
  readonly state: TestState<R>;
  readonly testing: string;
  readonly wordsOf: (result: R) => { readonly ok: boolean; readonly words: string };
}

export function TestLine<R>({ state, testing, wordsOf }: TestLineProps<R>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (state.type === 'testing')
    return (
      <p className={styles.tested} role="status">
        {testing}
      </p>
    );
  if (state.type === 'answered') {
    const { ok, words } = wordsOf(state.result);
    return (
      <p className={styles.tested} data-tone={ok ? 'ok' : 'warning'} role="status">
        <Icon of={ok ? CircleCheck : CircleQuestionMark} size="s" />
        <span>{words}</span>
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
      <DetailsButton side="bottom" error={state.error} onCopy={copyText} />
      <ErrorButton code={state.error.code} />
    </p>
  );
}
