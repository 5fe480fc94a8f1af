// The support bundle: put together, looked into, and saved by the person.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bundle } from '@shared/domain/diagnostics';
import { Button } from '../../components/button/Button';
import { Checkbox } from '../../components/field/Field';
import { useFormat } from '../../i18n/useFormat';
import { useDiagnostics } from '../../stores/diagnosticsStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import styles from './Diagnostics.module.css';
import settings from './Settings.module.css';

export function DiagnosticsBundle() {
  const { t } = useTranslation();
  const bundle = useDiagnostics((state) => state.bundle);
  const [withPrompts, setWithPrompts] = useState(false);
  const [preparing, setPreparing] = useState(false);
  const { prepare, forgetBundle } = useDiagnostics.getState();
  const choose = (next: boolean): void => {
    setWithPrompts(next);
    // What was put together is not what is asked for now.
    forgetBundle();
  };
  const putTogether = async (): Promise<void> => {
    setPreparing(true);
    await attempt(() => prepare(withPrompts));
    setPreparing(false);
  };
  return (
    <section className={settings.part}>
      <div className={settings.partHead}>
        <h3>{t('diagnostics.bundle')}</h3>
      </div>
      <p className={settings.why}>{t('diagnostics.bundleWhy')}</p>
      <div className={settings.box}>
        <div className={settings.row}>
          <div className={settings.name}>
            <Checkbox label={t('diagnostics.withPrompts')} checked={withPrompts} onChange={choose} />
          </div>
          <Button size="s" disabled={preparing} onClick={() => void putTogether()}>
            {preparing ? t('diagnostics.preparing') : t('diagnostics.prepare')}
          </Button>
        </div>
        {bundle === null ? null : <Contents key={bundle.id} bundle={bundle} />}
      </div>
    </section>
  );
}

function Contents({ bundle }: { readonly bundle: Bundle }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState<{ readonly name: string; readonly text: string } | null>(null);
  const { read, save } = useDiagnostics.getState();
  const show = (name: string): void =>
    void attempt(async () => setOpen(open?.name === name ? null : { name, text: await read(name) }));
  const keep = (): void =>
    void attempt(async () => {
      if (await save()) useNotices.getState().tell(t('diagnostics.saved'));
    });
  return (
    <div className={styles.contents}>
      <p className="muted">{t('diagnostics.holds')}</p>
      <ul>
        {bundle.files.map(({ name, bytes }) => (
          <li key={name}>
            <Button
              size="s"
              variant="ghost"
              aria-expanded={open?.name === name}
              aria-label={t('diagnostics.read', { name })}
              onClick={() => show(name)}
            >
              <span className="mono">{name}</span>
            </Button>
            <span className="meta num">{format.bytes(bytes)}</span>
          </li>
        ))}
      </ul>
      {open === null ? null : (
        <pre className={`mono selectable ${styles.text}`} tabIndex={0} aria-label={open.name}>
          {open.text}
        </pre>
      )}
      <div className={settings.buttons}>
        <Button variant="primary" onClick={keep}>
          {t('diagnostics.save')}
        </Button>
      </div>
    </div>
  );
}
