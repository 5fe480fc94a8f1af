// One file host: the choice to use it, where it is, its secret, its test, and its forms below when they are open.
import { Check, Ellipsis, Key, LockOpen, Pencil, Plug, Trash2, type LucideIcon } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostTest } from '@shared/contract/requests';
import type { Host } from '@shared/domain/host';
import { Button, IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Radio } from '../../components/field/Radio';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu/Menu';
import { useFormat, type Format } from '../../i18n/useFormat';
import { useHosts } from '../../stores/hostsStore';
import { attempt } from '../../stores/noticesStore';
import { useUploads } from '../../stores/uploadsStore';
import { HostForm } from './HostForm';
import { placeWords, stayWords } from './hostWords';
import { KeyForm, RemoveForm } from './RowForms';
import { TestLine } from './TestLine';
import { useTest } from './useTest';
import styles from './Settings.module.css';

interface HostRowProps {
  readonly host: Host;
  readonly active: boolean;
  readonly group: string;
  readonly cloudflared: string | null;
}

type OpenForm = 'secret' | 'edit' | 'remove' | null;

export function HostRow({ host, active, group, cloudflared }: HostRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [form, setForm] = useState<OpenForm>(null);
  const [tested, test] = useTest(() => useHosts.getState().test(host.id));
  const lying = useUploads(({ uploads }) => uploads.filter(({ hostId }) => hostId === host.id).length);
  const { id, label } = host;
  const place = placeWords(host, cloudflared, t);
  const close = (): void => setForm(null);
  const { use, setSecret, remove } = useHosts.getState();
  return (
    <li className={styles.connection} aria-label={label}>
      <div className={styles.row}>
        <Radio
          group={group}
          label={t('hosting.use', { name: label })}
          checked={active}
          onChoose={() => void attempt(() => use(id), label)}
        />
        <div className={styles.name}>
          <span className={styles.title}>
            <b className="truncate">{label}</b>
            {active ? <span className="meta">{t('settings.inUse')}</span> : null}
          </span>
          <span className="mono muted truncate selectable" title={place}>
            {place}
          </span>
          <span className="meta">{stayWords(host, t)}</span>
        </div>
        <SecretState host={host} />
        <div className={styles.act}>
          {host.secret === 'none' ? (
            <Button size="s" onClick={() => setForm('secret')}>
              {t('hosting.enterSecret')}
            </Button>
          ) : (
            <Button
              size="s"
              title={t('hosting.testNote')}
              disabled={tested?.type === 'testing'}
              onClick={test}
            >
              {t('hosting.test')}
            </Button>
          )}
        </div>
        <RowMenu host={host} onTest={test} onOpen={setForm} />
      </div>
      {tested === null ? null : (
        <TestLine
          state={tested}
          testing={t('hosting.testing')}
          wordsOf={(result) => testWords(result, t, format)}
        />
      )}
      {form === 'secret' ? (
        <KeyForm
          label={t('hosting.secretOf', { name: label })}
          saveLabel={t('hosting.saveSecret')}
          name={label}
          onSave={(secret) => setSecret(id, secret)}
          onClose={close}
        />
      ) : null}
      {form === 'edit' ? (
        <div className={styles.form}>
          <HostForm saved={host} onClose={close} />
        </div>
      ) : null}
      {form === 'remove' ? (
        <RemoveForm
          label={t('settings.removeOf', { name: label })}
          question={lying === 0 ? t('hosting.removeSure') : t('hosting.removeLying', { count: lying })}
          onRemove={() => void attempt(() => remove(id), label)}
          onClose={close}
        />
      ) : null}
    </li>
  );
}

function testWords({ milliseconds, removed }: HostTest, t: TFunction, format: Format) {
  const value = format.number(milliseconds);
  if (removed === null) return { ok: true, words: t('hosting.testCannotRemove', { value }) };
  return removed
    ? { ok: true, words: t('hosting.testRemoved', { value }) }
    : { ok: false, words: t('hosting.testNotRemoved', { value }) };
}

function secretWords(host: Host, t: TFunction): { icon: LucideIcon; words: string; tone: string } {
  switch (host.secret) {
    case 'keychain':
      return { icon: Key, words: t('settings.keyKeychain'), tone: 'ok' };
    case 'memory':
      return { icon: Key, words: t('settings.keyMemory'), tone: 'ok' };
    case 'not_needed':
      return { icon: Check, words: t('hosting.secretNotNeeded'), tone: 'muted' };
    case 'none':
      return { icon: Key, words: t('hosting.secretNone'), tone: 'warning' };
  }
}

function SecretState({ host }: { readonly host: Host }) {
  const { t } = useTranslation();
  const { icon, words, tone } = secretWords(host, t);
  return (
    <span className={styles.key} data-tone={tone}>
      <Icon of={icon} size="s" />
      <span>{words}</span>
    </span>
  );
}

interface RowMenuProps {
  readonly host: Host;
  readonly onTest: () => void;
  readonly onOpen: (form: OpenForm) => void;
}

function RowMenu({ host, onTest, onOpen }: RowMenuProps) {
  const { t } = useTranslation();
  const { clearSecret } = useHosts.getState();
  const { id, label, secret } = host;
  return (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('settings.moreOf', { name: label })} />}>
      <MenuItem icon={Plug} label={t('hosting.test')} note={t('hosting.testNote')} onSelect={onTest} />
      {secret === 'not_needed' ? null : (
        <MenuItem
          icon={Key}
          label={secret === 'none' ? t('hosting.enterSecret') : t('hosting.replaceSecret')}
          onSelect={() => onOpen('secret')}
        />
      )}
      {secret === 'keychain' || secret === 'memory' ? (
        <MenuItem
          icon={LockOpen}
          label={t('hosting.clearSecret')}
          onSelect={() => void attempt(() => clearSecret(id), label)}
        />
      ) : null}
      <MenuItem icon={Pencil} label={t('settings.edit')} onSelect={() => onOpen('edit')} />
      <MenuSeparator />
      <MenuItem icon={Trash2} label={t('common.remove')} danger onSelect={() => onOpen('remove')} />
    </Menu>
  );
}
