// Enters a connection from nothing: service, address, key; tests it free of charge, then uses it.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorRecord } from '@shared/contract/errors';
import type { PresetName } from '@shared/domain/connection';
import { Button } from '../../components/button/Button';
import { Segments } from '../../components/field/Field';
import { errorText } from '../../i18n/errorText';
import { useFormat } from '../../i18n/useFormat';
import { useAppInfo } from '../../stores/appInfoStore';
import { useConnections } from '../../stores/connectionsStore';
import { openLink, type LinkName } from '../../stores/links';
import { attempt, recordOf, useNotices } from '../../stores/noticesStore';
import { ErrorButton } from '../errors/ErrorButton';
import { ConnectionFields } from './ConnectionFields';
import { KeyField, takeKey } from './KeyField';
import { startFields, useConnectionForm } from './useConnectionForm';
import styles from './Connect.module.css';

interface ConnectFormProps {
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const KEY_PAGES: Partial<Record<PresetName, LinkName>> = {
  volcengine: 'volcengineKeys',
  byteplus: 'byteplusKeys',
};

export function ConnectForm({ onDone, onCancel }: ConnectFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const form = useConnectionForm(startFields('volcengine', t('connect.presetVolcengine')));
  const keyStorage = useAppInfo((state) => state.tools?.keyStorage ?? 'keychain');
  const key = useRef<HTMLInputElement>(null);
  /** Made by an earlier try: the next one changes it instead of adding another. */
  const [madeId, setMadeId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorRecord | null>(null);
  const words = error === null ? null : errorText(error, t, format);
  const presets: { value: PresetName; label: string }[] = [
    { value: 'volcengine', label: t('connect.presetVolcengine') },
    { value: 'byteplus', label: t('connect.presetByteplus') },
    { value: 'seed_gateway', label: t('connect.presetSeed') },
    { value: 'custom', label: t('connect.presetCustom') },
  ];
  const page = KEY_PAGES[form.fields.preset];

  const connect = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const { add, update, setKey, test, choose } = useConnections.getState();
    const { preset, baseUrl, plainHttpAccepted } = form.fields;
    try {
      const facts = { label: form.name, baseUrl, plainHttpAccepted };
      const { id } =
        madeId === null ? await add({ preset, ...facts }) : await update({ id: madeId, ...facts });
      setMadeId(id);
      const typed = takeKey(key.current);
      if (typed !== '') await setKey(id, typed);
      const { verdict, milliseconds } = await test(id);
      await choose(id);
      if (verdict === 'key_untested')
        useNotices.getState().tell(t('settings.testUntested', { value: format.number(milliseconds) }));
      onDone();
    } catch (failure) {
      setError(recordOf(failure));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (form.complete && !busy) void connect();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Segments
        label={t('connect.preset')}
        value={form.fields.preset}
        choices={presets}
        onChange={(preset) =>
          form.choosePreset(preset, presets.find(({ value }) => value === preset)?.label ?? '')
        }
      />
      <ConnectionFields form={form} />
      <KeyField label={t('connect.key')} keyStorage={keyStorage} inputRef={key} />
      {page === undefined ? null : (
        <button type="button" className={styles.link} onClick={() => void attempt(() => openLink(page))}>
          {t('connect.keyWhere')}
        </button>
      )}
      {words === null ? null : (
        <p className={styles.error} role="alert">
          {words.sentence} {words.next}
        </p>
      )}
      <div className={styles.end}>
        <span className="meta" role="status">
          {busy ? t('connect.testing') : ''}
        </span>
        {error === null ? null : <ErrorButton code={error.code} here="connections" />}
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        {error !== null && madeId !== null ? (
          <Button
            onClick={() =>
              void attempt(async () => {
                await useConnections.getState().choose(madeId);
                onDone();
              })
            }
          >
            {t('connect.useAnyway')}
          </Button>
        ) : null}
        <Button type="submit" variant="primary" disabled={!form.complete || busy}>
          {t('connect.connect')}
        </Button>
      </div>
    </form>
  );
}
