// Failed requests and short confirmations, over the foot of the grid.
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../client/clipboard';
import { Button, IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { DetailsButton } from '../../components/details/DetailsButton';
import { errorText } from '../../i18n/errorText';
import { useFormat } from '../../i18n/useFormat';
import { useDraft } from '../../stores/draftStore';
import { useNotices, type Notice } from '../../stores/noticesStore';
import { ErrorButton } from '../errors/ErrorButton';
import styles from './Notices.module.css';

interface NoticesProps {
  /** Only those that came later: a sheet does not repeat what lies under it. */
  readonly after?: number;
  /** A bar with a button of its own stands at the foot: above it. */
  readonly raised?: boolean;
}

export function Notices({ after = 0, raised = false }: NoticesProps) {
  const notices = useNotices((state) => state.notices);
  return (
    <div className={styles.notices} data-raised={raised || undefined} aria-live="polite">
      {notices
        .filter(({ id }) => id > after)
        .map((notice) => (
          <NoticeCard key={notice.id} notice={notice} />
        ))}
    </div>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { error, text, about, actions, stays } = notice;
  const [tone, icon] =
    error !== null
      ? (['danger', CircleAlert] as const)
      : stays
        ? (['plain', Info] as const)
        : (['ok', CircleCheck] as const);
  const words = error === null ? null : errorText(error, t, format, useDraft.getState().draft);
  return (
    <div className={styles.notice} role={error === null ? 'status' : 'alert'}>
      <span className={styles.icon} data-tone={tone}>
        <Icon of={icon} />
      </span>
      <div className={styles.words}>
        {about === null || about === '' ? null : <p className="truncate muted">{about}</p>}
        <p>{words === null ? text : words.sentence}</p>
        {words === null ? null : <p className="muted">{words.next}</p>}
      </div>
      {error === null ? null : <DetailsButton side="top" error={error} onCopy={copyText} />}
      {error === null ? null : (
        <ErrorButton code={error.code} onPressed={() => useNotices.getState().dismiss(notice.id)} />
      )}
      {actions.map(({ label, run }) => (
        <Button
          key={label}
          size="s"
          onClick={() => {
            useNotices.getState().dismiss(notice.id);
            run();
          }}
        >
          {label}
        </Button>
      ))}
      <IconButton
        icon={X}
        size="s"
        label={t('common.dismiss')}
        onClick={() => useNotices.getState().dismiss(notice.id)}
      />
    </div>
  );
}
