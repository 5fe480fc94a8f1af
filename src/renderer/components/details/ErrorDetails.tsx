// What stands under Details: the raw words of the server, to read and to copy at once.
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { ErrorRecord } from '@shared/contract/errors';
import { CopyButton } from '../button/CopyButton';
import styles from './ErrorDetails.module.css';

interface ErrorDetailsProps {
  /** Null: nothing went wrong, only the other lines are shown. */
  readonly error: ErrorRecord | null;
  /** More lines that help support, such as the task id. */
  readonly more?: readonly (readonly [name: string, value: string])[];
  readonly onCopy: (text: string) => Promise<void>;
  /** Buttons beside the one that copies. */
  readonly children?: ReactNode;
}

export function ErrorDetails({ error, more = [], onCopy, children }: ErrorDetailsProps) {
  const { t } = useTranslation();
  const detail = error?.detail ?? {};
  const lines: [string, string | undefined][] = [
    [t('details.code'), error?.code],
    [t('details.status'), detail.status?.toString()],
    [t('details.rawCode'), detail.rawCode],
    [t('details.message'), detail.rawMessage ?? ownMessage(error)],
    [t('details.requestId'), detail.requestId],
    ...more.map(([name, value]): [string, string] => [name, value]),
  ];
  const shown = lines.filter((line): line is [string, string] => line[1] !== undefined && line[1] !== '');
  return (
    <div className={styles.details}>
      <dl className={styles.list}>
        {shown.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono selectable">{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.buttons}>
        <CopyButton
          words
          label={t('actions.copyDetails')}
          onCopy={() => onCopy(shown.map(([name, value]) => `${name}: ${value}`).join('\n'))}
        />
        {children}
      </div>
    </div>
  );
}

/** A message of ours that repeats the code or the status says nothing. */
function ownMessage(error: ErrorRecord | null): string | undefined {
  if (error === null) return undefined;
  const { code, message, detail } = error;
  return message === code || message === String(detail.status) ? undefined : message;
}
