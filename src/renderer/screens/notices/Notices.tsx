// Failed requests and short confirmations, over the foot of the grid.
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../client/clipboard';
import { Button, IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { ErrorDetails } from '../../components/details/ErrorDetails';
import { Popover } from '../../components/popover/Popover';
import { errorText } from '../../i18n/errorText';
import { useFormat } from '../../i18n/useFormat';
import { useDraft } from '../../stores/draftStore';
import { useNotices, type Notice } from '../../stores/noticesStore';
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
  const { error, text, about, action } = notice;
  const words = error === null ? null : errorText(error, t, format, useDraft.getState().draft);
  return (
    <div className={styles.notice} role={error === null ? 'status' : 'alert'}>
      <span className={styles.icon} data-tone={error === null ? 'ok' : 'danger'}>
        <Icon of={error === null ? CircleCheck : CircleAlert} />
      </span>
      <div className={styles.words}>
        {about === null || about === '' ? null : <p className="truncate muted">{about}</p>}
        <p>{words === null ? text : words.sentence}</p>
        {words === null ? null : <p className="muted">{words.next}</p>}
      </div>
      {error === null ? null : (
        <Popover
          label={t('details.title')}
          side="top"
          align="end"
          width={320}
          trigger={
            <Button size="s" variant="ghost">
              {t('common.details')}
            </Button>
          }
        >
          <ErrorDetails error={error} onCopy={copyText} />
        </Popover>
      )}
      {action === null ? null : (
        <Button
          size="s"
          onClick={() => {
            useNotices.getState().dismiss(notice.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton
        icon={X}
        size="s"
        label={t('common.dismiss')}
        onClick={() => useNotices.getState().dismiss(notice.id)}
      />
    </div>
  );
}
