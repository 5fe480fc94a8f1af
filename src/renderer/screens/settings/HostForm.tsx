// Enters or changes a file host: its kind, its facts, its secret. The secret goes from its field straight to main.
import { Cloud, Network, Server } from 'lucide-react';
import { useRef, useState, type FormEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorRecord } from '@shared/contract/errors';
import { DEFAULT_LIFE, HOST_KINDS, type Host, type HostFacts } from '@shared/domain/host';
import { Button } from '../../components/button/Button';
import { TextField } from '../../components/field/Field';
import { RadioCard } from '../../components/field/Radio';
import { errorText } from '../../i18n/errorText';
import { useFormat } from '../../i18n/useFormat';
import { useAppInfo } from '../../stores/appInfoStore';
import { useHosts } from '../../stores/hostsStore';
import { recordOf } from '../../stores/noticesStore';
import { KeyField, takeKey } from '../connect/KeyField';
import { ErrorButton } from '../errors/ErrorButton';
import { S3Fields } from './S3Fields';
import { TunnelFields } from './TunnelFields';
import { UploaderFields } from './UploaderFields';
import { kindWords } from './hostWords';
import { useHostForm, type HostForm as Form } from './useHostForm';
import styles from './HostForm.module.css';

interface HostFormProps {
  /** Null: a new one. */
  readonly saved: Host | null;
  readonly onClose: () => void;
}

const DRAWINGS = { s3: Cloud, uploader: Server, tunnel: Network } as const;

export function HostForm({ saved, onClose }: HostFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const cloudflared = useHosts((state) => state.hosts?.cloudflared ?? null);
  const form = useHostForm(saved, cloudflared !== null, t('hosting.tunnel'));
  const secret = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorRecord | null>(null);
  /** Made by an earlier try: the next one changes it instead of adding another. */
  const [madeId, setMadeId] = useState(saved?.id ?? null);
  const { facts, name } = form;
  const complete = facts !== null && name !== '';
  const words = error === null ? null : errorText(error, t, format);

  const save = async (known: HostFacts): Promise<void> => {
    setBusy(true);
    setError(null);
    const { save, setSecret } = useHosts.getState();
    try {
      const host = await save({ id: madeId, label: name, facts: sent(known), ...staying(form) });
      setMadeId(host.id);
      const typed = form.needsSecret ? takeKey(secret.current) : '';
      if (typed !== '') await setSecret(host.id, typed);
      const store = useHosts.getState();
      const only = store.hosts?.activeId === null && store.hosts.hosts.length === 1;
      if (saved === null && only) await store.use(host.id);
      onClose();
    } catch (failure) {
      setError(recordOf(failure));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (facts !== null && complete && !busy) void save(facts);
  };
  const secretField = <SecretField form={form} saved={saved} inputRef={secret} />;
  return (
    <form className={styles.form} onSubmit={submit}>
      {saved === null ? <Kinds form={form} /> : null}
      {form.fields.kind === 's3' ? <S3Fields form={form}>{secretField}</S3Fields> : null}
      {form.fields.kind === 'uploader' ? (
        <>
          <UploaderFields form={form} />
          {form.needsSecret ? secretField : null}
        </>
      ) : null}
      {form.fields.kind === 'tunnel' ? <TunnelFields cloudflared={cloudflared} /> : null}
      <TextField
        label={t('hosting.name')}
        value={form.fields.label}
        placeholder={name}
        maxLength={80}
        onChange={(event) => form.change({ label: event.target.value })}
      />
      {words === null ? null : (
        <p className={styles.error} role="alert">
          {words.sentence} {words.next}
        </p>
      )}
      <div className={styles.end}>
        {error === null ? null : <ErrorButton code={error.code} />}
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="primary" disabled={!complete || busy}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

function Kinds({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  return (
    <div className={styles.kinds} role="radiogroup" aria-label={t('hosting.kind')}>
      {HOST_KINDS.map((kind) => (
        <RadioCard
          key={kind}
          group="host-kind"
          icon={DRAWINGS[kind]}
          label={kindWords(kind, t).name}
          note={kindWords(kind, t).note}
          checked={form.fields.kind === kind}
          onChoose={() => form.change({ kind })}
        />
      ))}
    </div>
  );
}

interface SecretFieldProps {
  readonly form: Form;
  readonly saved: Host | null;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

function SecretField({ form, saved, inputRef }: SecretFieldProps) {
  const { t } = useTranslation();
  const keyStorage = useAppInfo((state) => state.tools?.keyStorage ?? 'keychain');
  const s3 = form.fields.kind === 's3';
  const kept = saved !== null && saved.secret !== 'none' && saved.secret !== 'not_needed';
  return (
    <>
      <KeyField
        label={s3 ? t('hosting.secretKey') : t('hosting.secret')}
        keyStorage={keyStorage}
        inputRef={inputRef}
        {...(kept && !form.moves ? { note: t('hosting.keepSecret') } : {})}
      />
      {form.moves ? (
        <p className={styles.caution} role="note">
          {s3 ? t('hosting.moves') : t('hosting.movesUploader')}
        </p>
      ) : null}
    </>
  );
}

/** Only a bucket can be told how long an address works, and only a bucket and a tunnel take a file away. */
function staying({ fields }: Form): { lifeSeconds: number; removeAfter: boolean } {
  const { kind, lifeSeconds, removeAfter } = fields;
  if (kind === 's3') return { lifeSeconds, removeAfter };
  return { lifeSeconds: DEFAULT_LIFE, removeAfter: kind === 'tunnel' };
}

/** As the contract takes it, whose lists are its own. */
function sent(facts: HostFacts) {
  return facts.kind === 'uploader'
    ? { ...facts, headers: facts.headers.map(({ name, value }) => ({ name, value })) }
    : facts;
}
