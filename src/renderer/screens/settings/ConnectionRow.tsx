// One connection: state, address, key, test, and its forms below when they are open.
import {
  Check,
  Ellipsis,
  Key,
  LockOpen,
  Pencil,
  Plug,
  ScanSearch,
  Trash2,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readBaseUrl, type Connection } from '@shared/domain/connection';
import { Button, IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu/Menu';
import { useFormat } from '../../i18n/useFormat';
import { useConnections } from '../../stores/connectionsStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { useStrangers } from '../../stores/strangersStore';
import { useView } from '../../stores/viewStore';
import { ConnectionEdit } from './ConnectionEdit';
import { KeyForm, RemoveForm } from './RowForms';
import { TestLine } from './TestLine';
import { useTest } from './useTest';
import styles from './Settings.module.css';

interface ConnectionRowProps {
  readonly connection: Connection;
  readonly active: boolean;
  readonly asksForKey: boolean;
}

type OpenForm = 'key' | 'edit' | 'remove' | null;

export function ConnectionRow({ connection, active, asksForKey }: ConnectionRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [form, setForm] = useState<OpenForm>(asksForKey ? 'key' : null);
  const [tested, test] = useTest(() => useConnections.getState().test(connection.id));
  const isPractice = connection.preset === 'practice';
  const name = isPractice ? t('connect.presetPractice') : connection.label;
  const close = (): void => setForm(null);
  return (
    <li className={styles.connection} aria-label={name}>
      <div className={styles.row}>
        <StatusMark connection={connection} active={active} />
        <div className={styles.name}>
          <span>
            <b>{name}</b> {active ? <span className="meta">{t('settings.inUse')}</span> : null}
          </span>
          <span className="mono muted truncate selectable">
            {connection.baseUrl === '' ? t('settings.starting') : connection.baseUrl}
          </span>
        </div>
        <KeyState connection={connection} />
        <div className={styles.act}>
          <MainAction
            connection={connection}
            active={active}
            testing={tested?.type === 'testing'}
            onTest={test}
            onKey={() => setForm('key')}
          />
        </div>
        <RowMenu connection={connection} name={name} active={active} onTest={test} onOpen={setForm} />
      </div>
      {tested === null ? null : (
        <TestLine
          state={tested}
          testing={t('connect.testing')}
          wordsOf={({ verdict, milliseconds }) => {
            const value = format.number(milliseconds);
            return verdict === 'ok'
              ? { ok: true, words: t('settings.testOk', { value }) }
              : { ok: false, words: t('settings.testUntested', { value }) };
          }}
        />
      )}
      {form === 'key' ? (
        <KeyForm
          label={t('settings.keyOf', { name })}
          saveLabel={t('settings.saveKey')}
          name={name}
          onSave={(key) => useConnections.getState().setKey(connection.id, key)}
          onClose={close}
        />
      ) : null}
      {form === 'edit' ? <ConnectionEdit connection={connection} onClose={close} /> : null}
      {form === 'remove' ? (
        <RemoveForm
          label={t('settings.removeOf', { name })}
          question={t('settings.removeSure')}
          onRemove={() => void attempt(() => useConnections.getState().remove(connection.id), name)}
          onClose={close}
        />
      ) : null}
    </li>
  );
}

function StatusMark({ connection, active }: { readonly connection: Connection; readonly active: boolean }) {
  if (needsConsent(connection))
    return (
      <span className={styles.warn}>
        <Icon of={TriangleAlert} size="s" />
      </span>
    );
  const ready = connection.key !== 'none';
  return <span className={styles.dot} data-ready={(ready && active) || undefined} aria-hidden />;
}

export function needsConsent({ baseUrl, plainHttpAccepted }: Connection): boolean {
  const verdict = readBaseUrl(baseUrl);
  return verdict.ok && verdict.plainHttp && !plainHttpAccepted;
}

function keyWords(connection: Connection, t: TFunction): { icon: LucideIcon; words: string; tone: string } {
  const verdict = readBaseUrl(connection.baseUrl);
  if (connection.key === 'not_needed')
    return { icon: Check, words: t('settings.keyNotNeeded'), tone: 'muted' };
  if (verdict.ok && verdict.plainHttp && !connection.plainHttpAccepted)
    return { icon: LockOpen, words: t('settings.notEncrypted'), tone: 'warning' };
  switch (connection.key) {
    case 'keychain':
      return { icon: Key, words: t('settings.keyKeychain'), tone: 'ok' };
    case 'memory':
      return { icon: Key, words: t('settings.keyMemory'), tone: 'ok' };
    case 'none':
      return { icon: Key, words: t('settings.keyNone'), tone: 'muted' };
  }
}

function KeyState({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const { icon, words, tone } = keyWords(connection, t);
  return (
    <span className={styles.key} data-tone={tone}>
      <Icon of={icon} size="s" />
      <span>{words}</span>
    </span>
  );
}

interface MainActionProps {
  readonly connection: Connection;
  readonly active: boolean;
  readonly testing: boolean;
  readonly onTest: () => void;
  readonly onKey: () => void;
}

function MainAction({ connection, active, testing, onTest, onKey }: MainActionProps) {
  const { t } = useTranslation();
  if (connection.key === 'none')
    return (
      <Button size="s" disabled={needsConsent(connection)} onClick={onKey}>
        {t('settings.enterKey')}
      </Button>
    );
  if (!active)
    return (
      <Button size="s" onClick={() => void attempt(() => useConnections.getState().choose(connection.id))}>
        {t('settings.use')}
      </Button>
    );
  return (
    <Button size="s" disabled={testing} title={t('settings.testNote')} onClick={onTest}>
      {t('settings.test')}
    </Button>
  );
}

/** Shows what was found; says so where nothing was. */
async function lookForStrangers(t: TFunction): Promise<void> {
  const count = await useStrangers.getState().find();
  if (count === 0) return void useNotices.getState().tell(t('strangers.none'));
  useView.getState().closeSettings();
  useView.getState().setStrangersOpen(true);
}

interface RowMenuProps {
  readonly connection: Connection;
  readonly name: string;
  readonly active: boolean;
  readonly onTest: () => void;
  readonly onOpen: (form: OpenForm) => void;
}

function RowMenu({ connection, name, active, onTest, onOpen }: RowMenuProps) {
  const { t } = useTranslation();
  const practice = connection.preset === 'practice';
  const { choose, clearKey } = useConnections.getState();
  return (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('settings.moreOf', { name })} />}>
      {active ? null : (
        <MenuItem
          icon={Check}
          label={t('settings.use')}
          onSelect={() => void attempt(() => choose(connection.id))}
        />
      )}
      <MenuItem icon={Plug} label={t('settings.test')} note={t('settings.testNote')} onSelect={onTest} />
      {connection.key === 'none' ? null : (
        <MenuItem
          icon={ScanSearch}
          label={t('strangers.look')}
          note={t('strangers.lookNote')}
          onSelect={() => void attempt(() => lookForStrangers(t))}
        />
      )}
      {practice ? null : (
        <>
          <MenuItem
            icon={Key}
            label={connection.key === 'none' ? t('settings.enterKey') : t('settings.replaceKey')}
            onSelect={() => onOpen('key')}
          />
          {connection.key === 'none' ? null : (
            <MenuItem
              icon={LockOpen}
              label={t('settings.clearKey')}
              onSelect={() => void attempt(() => clearKey(connection.id))}
            />
          )}
          <MenuItem icon={Pencil} label={t('settings.edit')} onSelect={() => onOpen('edit')} />
          <MenuSeparator />
          <MenuItem icon={Trash2} label={t('common.remove')} danger onSelect={() => onOpen('remove')} />
        </>
      )}
    </Menu>
  );
}
