// What opens below a connection that is edited: its name and its address.
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { readBaseUrl, type Connection } from '@shared/domain/connection';
import { Button } from '../../components/button/Button';
import { Checkbox } from '../../components/field/Field';
import { useOpenedFocus } from '../../components/focus/useOpenedFocus';
import { useConnections } from '../../stores/connectionsStore';
import { attempt } from '../../stores/noticesStore';
import { ConnectionFields } from '../connect/ConnectionFields';
import { fieldsOf, useConnectionForm } from '../connect/useConnectionForm';
import { FormButtons } from './RowForms';
import styles from './Settings.module.css';

interface ConnectionEditProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

export function ConnectionEdit({ connection, onClose }: ConnectionEditProps) {
  const { t } = useTranslation();
  const area = useOpenedFocus<HTMLFormElement>();
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
    <form ref={area} className={styles.form} onSubmit={submit}>
      <ConnectionFields form={form} />
      {verdict.ok && verdict.url.startsWith('https:') ? (
        <Checkbox
          label={t('connect.plainResults')}
          checked={plainHttpAccepted}
          onChange={(accepted) => form.change({ plainHttpAccepted: accepted })}
        />
      ) : null}
      {moves ? (
        <p className={styles.caution} role="note">
          {t('connect.urlChange')}
        </p>
      ) : null}
      <FormButtons onCancel={onClose}>
        <Button size="s" type="submit" disabled={!form.complete}>
          {t('common.save')}
        </Button>
      </FormButtons>
    </form>
  );
}
