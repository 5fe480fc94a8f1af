// Name, address, and the consent that a plain http address asks for.
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Checkbox, TextField } from '../../components/field/Field';
import type { ConnectionForm } from './useConnectionForm';
import styles from './Connect.module.css';

export function ConnectionFields({ form }: { readonly form: ConnectionForm }) {
  const { t } = useTranslation();
  const { fields, verdict, needsConsent } = form;
  return (
    <>
      <TextField
        label={t('connect.baseUrl')}
        mono
        placeholder="https://…/api/v3"
        value={fields.baseUrl}
        error={fields.baseUrl.trim() === '' || verdict.ok ? null : t('connect.baseUrlInvalid')}
        onChange={(event) => form.change({ baseUrl: event.target.value })}
      />
      {needsConsent ? (
        <PlainHttpNote
          accepted={fields.plainHttpAccepted}
          onAccept={(plainHttpAccepted) => form.change({ plainHttpAccepted })}
          onTryHttps={form.tryHttps}
        />
      ) : null}
      <TextField
        label={t('connect.label')}
        value={fields.label}
        placeholder={form.name}
        maxLength={80}
        onChange={(event) => form.change({ label: event.target.value })}
      />
    </>
  );
}

interface PlainHttpNoteProps {
  readonly accepted: boolean;
  readonly onAccept: (accepted: boolean) => void;
  readonly onTryHttps: () => void;
}

export function PlainHttpNote({ accepted, onAccept, onTryHttps }: PlainHttpNoteProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.note} role="note">
      <span className={styles.warning}>
        <Icon of={TriangleAlert} />
      </span>
      <div className={styles.noteWords}>
        <p>{t('connect.plainHttp')}</p>
        <div className={styles.noteLine}>
          <Checkbox label={t('connect.plainHttpAccept')} checked={accepted} onChange={onAccept} />
          <Button size="s" onClick={onTryHttps}>
            {t('connect.tryHttps')}
          </Button>
        </div>
      </div>
    </div>
  );
}
