// What of the person's files lies at a host now, and for how long its address works.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '@shared/domain/host';
import type { Reference } from '@shared/domain/reference';
import { mediaUrl } from '../../client/mediaUrl';
import { ReferenceThumb } from '../../components/reference/ReferenceThumb';
import { useMinute } from '../../components/time/useNow';
import { useFormat } from '../../i18n/useFormat';
import { attempt } from '../../stores/noticesStore';
import { useUploads } from '../../stores/uploadsStore';
import styles from './Settings.module.css';

export function LyingThere() {
  const { t } = useTranslation();
  const { uploads, references } = useUploads();
  useEffect(() => {
    void attempt(() => useUploads.getState().loadReferences());
  }, [uploads]);
  return (
    <section className={styles.part}>
      <div className={styles.partHead}>
        <h3>{t('hosting.lying')}</h3>
      </div>
      {uploads.length === 0 ? (
        <p className="muted">{t('hosting.lyingNone')}</p>
      ) : (
        <ul className={styles.box}>
          {uploads.map((upload) => (
            <Row
              key={`${upload.hostId}/${upload.referenceId}`}
              upload={upload}
              reference={references.get(upload.referenceId)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface RowProps {
  readonly upload: Upload;
  readonly reference: Reference | undefined;
}

function Row({ upload, reference }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const { until } = upload;
  const shown = reference === undefined || reference.hasThumb;
  return (
    <li className={styles.row}>
      <ReferenceThumb
        kind={reference?.kind ?? 'video'}
        src={shown ? mediaUrl('thumb', upload.referenceId) : null}
      />
      <div className={styles.name}>
        <span className="truncate">{reference?.name ?? t('hosting.lyingSome')}</span>
        <span className="meta truncate">{upload.hostLabel}</span>
      </div>
      <span className="meta num" title={until === null ? undefined : format.exact(until)}>
        {until === null
          ? t('hosting.untilServer')
          : t('hosting.until', { time: format.relative(until, now) })}
      </span>
    </li>
  );
}
