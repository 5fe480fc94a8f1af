// What opens below a connection: its key, its name and address, or the question before it is removed.
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readBaseUrl, type Connection } from '@shared/domain/connection';
import { Button } from '../../components/button/Button';
import { useAppInfo } from '../../stores/appInfoStore';
import { useConnections } from '../../stores/connectionsStore';
import { attempt } from '../../stores/noticesStore';
import { ConnectionFields } from '../connect/ConnectionFields';
import { KeyField, takeKey } from '../connect/KeyField';
import { fieldsOf, useConnectionForm } from '../connect/useConnectionForm';
import styles from './Settings.module.css';

interface FormProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

export function KeyForm({ connection, name, onClose }: FormProps & { readonly name: string }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [filled, setFilled] = useState(false);
  const keyStorage = useAppInfo((state) => state.info?.keyStorage ?? 'keychain');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const key = takeKey(input.current);
    setFilled(false);
    if (key === '') return;
    void attempt(() => useConnections.getState().setKey(connection.id, key), name).then(
      (ok) => ok && onClose(),
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <KeyField
        label={t('settings.keyOf', { name })}
        keyStorage={keyStorage}
        inputRef={input}
        autoFocus
        onFilled={setFilled}
      />
      <Buttons>
        <Button size="s" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button size="s" type="submit" disabled={!filled}>
          {t('settings.saveKey')}
        </Button>
      </Buttons>
    </form>
  );
}

export function EditForm({ connection, onClose }: FormProps) {
  const { t } = useTranslation();
  const form = useConnectionForm(fieldsOf(connection));
  const { baseUrl, plainHttpAccepted } = form.fields;
  const verdict = readBaseUrl(baseUrl);
  const moves = connection.key !== 'none' && (!verdict.ok || verdict.url !== connection.baseUrl);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!form.complete) return;
    void attempt(() =>
      useConnections.getState().update({ id: connection.id, label: form.name, baseUrl, plainHttpAccepted }),
    ).then((ok) => ok && onClose());
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <ConnectionFields form={form} />
      {moves ? (
        <p className={styles.caution} role="note">
          {t('connect.urlChange')}
        </p>
      ) : null}
      <Buttons>
        <Button size="s" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button size="s" type="submit" disabled={!form.complete}>
          {t('common.save')}
        </Button>
      </Buttons>
    </form>
  );
}

export function RemoveForm({ connection, name, onClose }: FormProps & { readonly name: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.form} role="alertdialog" aria-label={t('settings.removeOf', { name })}>
      <p>{t('settings.removeSure')}</p>
      <Buttons>
        <Button size="s" onClick={onClose} autoFocus>
          {t('common.cancel')}
        </Button>
        <Button
          size="s"
          className={styles.danger}
          onClick={() => void attempt(() => useConnections.getState().remove(connection.id), name)}
        >
          {t('common.remove')}
        </Button>
      </Buttons>
    </div>
  );
}

function Buttons({ children }: { readonly children: ReactNode }) {
  return <div className={styles.buttons}>{children}</div>;
}
