// The facts of an S3-compatible bucket, the life of its addresses, and whether files are taken away again.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LIFE_RANGE, S3_PRESETS } from '@shared/domain/host';
import { Checkbox, Segments, Switch, TextField } from '../../components/field/Field';
import { lifeWords } from './hostWords';
import { isAddress, isExposed, type StoreName } from './hostPlace';
import type { HostForm } from './useHostForm';
import styles from './HostForm.module.css';

const LIVES = [LIFE_RANGE[0], 6 * 3600, 86_400, 3 * 86_400, LIFE_RANGE[1]] as const;

interface S3FieldsProps {
  readonly form: HostForm;
  /** The field of its secret. */
  readonly children: ReactNode;
}

export function S3Fields({ form, children }: S3FieldsProps) {
  const { t } = useTranslation();
  const { store, account, s3, removeAfter } = form.fields;
  const asksAccount = S3_PRESETS.some(
    ({ name, endpoint }) => name === store && endpoint.includes('{account}'),
  );
  const unfilled = s3.endpoint === '' || /\{\w+\}/.test(s3.endpoint);
  const wrong = unfilled
    ? null
    : !isAddress(s3.endpoint)
      ? t('hosting.urlInvalid')
      : isExposed(s3.endpoint)
        ? t('hosting.plainHttpSecret')
        : null;
  return (
    <>
      <div className={styles.choice}>
        <span className={styles.label}>{t('hosting.store')}</span>
        <Segments<StoreName>
          label={t('hosting.store')}
          value={store}
          choices={S3_PRESETS.map(({ name, label }) => ({
            value: name,
            label: name === 'other' ? t('hosting.otherStore') : label,
          }))}
          onChange={form.chooseStore}
        />
      </div>
      <div className={styles.pair}>
        <TextField
          label={t('hosting.bucket')}
          mono
          value={s3.bucket}
          onChange={(event) => form.changeS3({ bucket: event.target.value })}
        />
        <TextField
          label={t('hosting.folder')}
          mono
          placeholder={t('hosting.folderNote')}
          value={s3.prefix}
          onChange={(event) => form.changeS3({ prefix: event.target.value })}
        />
      </div>
      <div className={styles.place} data-account={asksAccount || undefined}>
        {asksAccount ? (
          <TextField
            label={t('hosting.account')}
            mono
            value={account}
            onChange={(event) => form.changeS3({ account: event.target.value })}
          />
        ) : null}
        <TextField
          label={t('hosting.region')}
          mono
          value={s3.region}
          onChange={(event) => form.changeS3({ region: event.target.value })}
        />
        <TextField
          label={t('hosting.endpoint')}
          mono
          placeholder="https://…"
          value={s3.endpoint}
          error={wrong}
          onChange={(event) => form.changeS3({ endpoint: event.target.value })}
        />
      </div>
      <Checkbox
        label={t('hosting.pathStyle')}
        checked={s3.pathStyle}
        onChange={(pathStyle) => form.changeS3({ pathStyle })}
      />
      <div className={styles.pair}>
        <TextField
          label={t('hosting.accessKeyId')}
          mono
          value={s3.accessKeyId}
          onChange={(event) => form.changeS3({ accessKeyId: event.target.value })}
        />
        {children}
      </div>
      <Life form={form} />
      <Switch
        label={t('hosting.removeAfter')}
        hint={t('hosting.removeAfterNote')}
        checked={removeAfter}
        onChange={(next) => form.change({ removeAfter: next })}
      />
    </>
  );
}

function Life({ form }: { readonly form: HostForm }) {
  const { t } = useTranslation();
  const { lifeSeconds } = form.fields;
  const lives = [...new Set([...LIVES, lifeSeconds])].sort((a, b) => a - b);
  return (
    <div className={styles.choice}>
      <span className={styles.label}>{t('hosting.life')}</span>
      <Segments
        label={t('hosting.life')}
        value={String(lifeSeconds)}
        choices={lives.map((seconds) => ({ value: String(seconds), label: lifeWords(seconds, t) }))}
        onChange={(seconds) => form.change({ lifeSeconds: Number(seconds) })}
      />
    </div>
  );
}
