// Adds a reference by its address on the internet.
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorRecord } from '@shared/contract/errors';
import type { ReferenceKind } from '@shared/domain/models';
import { Button } from '../../components/button/Button';
import { Dialog } from '../../components/dialog/Dialog';
import { Segments, TextField } from '../../components/field/Field';
import { errorText } from '../../i18n/errorText';
import { useFormat } from '../../i18n/useFormat';
import { useIntake } from '../../stores/intakeStore';
import { recordOf } from '../../stores/noticesStore';
import { ErrorButton } from '../errors/ErrorButton';
import styles from './Composer.module.css';

export function AddressDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [url, setUrl] = useState('');
  const [kind, setKind] = useState<ReferenceKind | 'guess'>('guess');
  const [error, setError] = useState<ErrorRecord | null>(null);
  const [busy, setBusy] = useState(false);
  const words = error === null ? null : errorText(error, t, format);

  const add = async (): Promise<void> => {
    setBusy(true);
    try {
      await useIntake.getState().addUrl(url.trim(), kind === 'guess' ? undefined : kind);
      onClose();
    } catch (failure) {
      setError(recordOf(failure));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (url.trim() !== '' && !busy) void add();
  };
  return (
    <Dialog title={t('composer.addAddress')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label={t('composer.address')}
          type="url"
          placeholder="https://"
          value={url}
          note={t('composer.addressNote')}
          error={words === null ? null : `${words.sentence} ${words.next}`}
          onChange={(event) => setUrl(event.target.value)}
          autoFocus
        />
        <Segments
          label={t('composer.addressKind')}
          value={kind}
          choices={[
            { value: 'guess', label: t('composer.addressGuess') },
            { value: 'image', label: t('kinds.image') },
            { value: 'video', label: t('kinds.video') },
            { value: 'audio', label: t('kinds.audio') },
          ]}
          onChange={setKind}
        />
        <div className={styles.formEnd}>
          {error === null ? null : <ErrorButton code={error.code} />}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={url.trim() === '' || busy}>
            {t('composer.addressAdd')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
