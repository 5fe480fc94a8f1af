// The facts of an upload to the person's own server: request, headers, and where the address stands in the answer.
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Segments, TextField } from '../../components/field/Field';
import { isAddress, isExposed } from './hostPlace';
import type { HostForm } from './useHostForm';
import styles from './HostForm.module.css';

export function UploaderFields({ form }: { readonly form: HostForm }) {
  const { t } = useTranslation();
  const { url, method, field, answerPath } = form.fields.uploader;
  const exposed = isExposed(url);
  const wrong =
    url.trim() === ''
      ? null
      : !isAddress(url)
        ? t('hosting.urlInvalid')
        : exposed && form.needsSecret
          ? t('hosting.plainHttpSecret')
          : null;
  return (
    <>
      <TextField
        label={t('hosting.url')}
        mono
        placeholder="https://…"
        value={url}
        error={wrong}
        onChange={(event) => form.changeUploader({ url: event.target.value })}
      />
      {exposed && !form.needsSecret ? (
        <p className={styles.caution} role="note">
          {t('hosting.plainHttp')}
        </p>
      ) : null}
      <div className={styles.choice}>
        <span className={styles.label}>{t('hosting.method')}</span>
        <Segments
          label={t('hosting.method')}
          value={method}
          choices={[
            { value: 'POST', label: 'POST' },
            { value: 'PUT', label: 'PUT' },
          ]}
          onChange={(next) => form.changeUploader({ method: next })}
        />
      </div>
      <Headers form={form} />
      <div className={styles.pair}>
        <TextField
          label={t('hosting.field')}
          mono
          note={t('hosting.fieldNote')}
          value={field}
          onChange={(event) => form.changeUploader({ field: event.target.value })}
        />
        <TextField
          label={t('hosting.answerPath')}
          mono
          note={t('hosting.answerPathNote')}
          value={answerPath}
          onChange={(event) => form.changeUploader({ answerPath: event.target.value })}
        />
      </div>
    </>
  );
}

function Headers({ form }: { readonly form: HostForm }) {
  const { t } = useTranslation();
  const { headers } = form.fields.uploader;
  const put = (index: number, change: { name?: string; value?: string }): void =>
    form.changeUploader({
      headers: headers.map((header, at) => (at === index ? { ...header, ...change } : header)),
    });
  return (
    <div className={styles.headers} role="group" aria-label={t('hosting.headers')}>
      <span className={styles.label}>{t('hosting.headers')}</span>
      {headers.map(({ name, value }, index) => (
        <div key={index} className={styles.header}>
          <TextField
            quiet
            mono
            label={t('hosting.headerName', { number: index + 1 })}
            placeholder="Authorization"
            value={name}
            autoFocus={name === '' && value === ''}
            onChange={(event) => put(index, { name: event.target.value })}
          />
          <TextField
            quiet
            mono
            label={t('hosting.headerValue', { number: index + 1 })}
            placeholder="Bearer {secret}"
            value={value}
            onChange={(event) => put(index, { value: event.target.value })}
          />
          <IconButton
            icon={X}
            label={t('hosting.headerRemove', { number: index + 1 })}
            onClick={() => form.changeUploader({ headers: headers.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <p className="meta">{t('hosting.headersNote')}</p>
      <Button
        size="s"
        disabled={headers.length >= 20}
        onClick={() => form.changeUploader({ headers: [...headers, { name: '', value: '' }] })}
      >
        <Icon of={Plus} size="s" />
        {t('hosting.headerAdd')}
      </Button>
    </div>
  );
}
