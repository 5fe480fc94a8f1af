// Where the first take comes from: three ways in, no wall.
import {
  Check,
  ChevronDown,
  Clapperboard,
  FolderOpen,
  Key,
  Languages,
  Plug,
  type LucideIcon,
} from 'lucide-react';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuChoices } from '../../components/menu/Menu';
import { useAppInfo } from '../../stores/appInfoStore';
import { useConnections } from '../../stores/connectionsStore';
import { useFolders } from '../../stores/foldersStore';
import { useLibrary } from '../../stores/libraryStore';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { useView } from '../../stores/viewStore';
import { FfmpegBar } from '../ffmpeg/FfmpegBar';
import styles from './FirstRun.module.css';

const ConnectDialog = lazy(() => import('../connect/ConnectDialog'));

export default function FirstRun() {
  const { t } = useTranslation();
  const [connecting, setConnecting] = useState(false);
  const [starting, setStarting] = useState(false);
  const practice = useConnections((state) => state.connections.find(({ preset }) => preset === 'practice'));
  const keyStorage = useAppInfo((state) => state.tools?.keyStorage ?? 'keychain');
  useEffect(() => focusPromptWhenConnected, []);
  const practise = async (): Promise<void> => {
    if (practice === undefined) return;
    setStarting(true);
    await attempt(() => useConnections.getState().choose(practice.id));
    setStarting(false);
  };
  return (
    <>
      <header className={styles.bar}>
        <h1>{t('sidebar.allClips')}</h1>
        <LanguageMenu />
      </header>
      <FfmpegBar />
      <div className={styles.first}>
        <div className={styles.body}>
          <div>
            <h2 className={styles.title}>{t('firstRun.title')}</h2>
            <p className="muted">{t('firstRun.note')}</p>
          </div>
          <div className={styles.options}>
            <Option
              icon={Clapperboard}
              title={t('firstRun.tryTitle')}
              text={t('firstRun.tryText')}
              points={[
                [Check, t('firstRun.tryNoKey')],
                [Check, t('firstRun.tryFree')],
                [Check, t('firstRun.tryLocal')],
              ]}
            >
              <Button
                variant="primary"
                size="l"
                disabled={practice === undefined || starting}
                onClick={() => void practise()}
              >
                {t('firstRun.tryAction')}
              </Button>
            </Option>
            <Option
              icon={Plug}
              title={t('firstRun.connectTitle')}
              text={t('firstRun.connectText')}
              points={[
                [
                  Key,
                  keyStorage === 'keychain' ? t('firstRun.connectKeychain') : t('firstRun.connectMemory'),
                ],
                [Check, t('firstRun.connectTest')],
              ]}
            >
              <Button size="l" onClick={() => setConnecting(true)}>
                {t('firstRun.connectAction')}
              </Button>
            </Option>
            <Option
              icon={FolderOpen}
              title={t('firstRun.folderTitle')}
              text={t('firstRun.folderText')}
              points={[
                [Check, t('firstRun.folderFormats')],
                [Check, t('firstRun.folderOffline')],
              ]}
            >
              <Button
                size="l"
                onClick={() => void attempt(() => useFolders.getState().importFolder('inPlace', true))}
              >
                {t('firstRun.folderAction')}
              </Button>
            </Option>
          </div>
          <LibraryLine />
        </div>
      </div>
      {connecting ? (
        <Suspense fallback={null}>
          <ConnectDialog onClose={() => setConnecting(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

/** What had the focus goes with this screen; a sentence is the next thing to write. */
function focusPromptWhenConnected(): void {
  if (useSettings.getState().settings?.activeConnectionId != null) useView.getState().focusPrompt();
}

interface OptionProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly points: readonly (readonly [LucideIcon, string])[];
  readonly children: ReactNode;
}

function Option({ icon, title, text, points, children }: OptionProps) {
  return (
    <section className={styles.option}>
      <Icon of={icon} size="l" />
      <h3>{title}</h3>
      <p>{text}</p>
      <ul>
        {points.map(([mark, words]) => (
          <li key={words}>
            <Icon of={mark} size="s" />
            {words}
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}

function LibraryLine() {
  const { t } = useTranslation();
  const location = useLibrary((state) => state.location);
  const { load, choose } = useLibrary.getState();
  useEffect(() => {
    void attempt(load);
  }, [load]);
  return (
    <p className={`meta ${styles.library}`}>
      {t('firstRun.folder')} <span className="selectable">{location?.path ?? '…'}</span> ·{' '}
      <button type="button" className={styles.change} onClick={() => void attempt(choose)}>
        {t('firstRun.change')}
      </button>
    </p>
  );
}

function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const names = { en: t('bar.languageEnglish'), 'zh-CN': t('bar.languageChinese') };
  return (
    <Menu
      align="end"
      label={t('bar.language')}
      trigger={
        <button
          type="button"
          className={styles.language}
          aria-label={`${t('bar.language')}: ${names[language]}`}
        >
          <Icon of={Languages} size="s" />
          {names[language]}
          <Icon of={ChevronDown} size="s" />
        </button>
      }
    >
      <MenuChoices
        value={language}
        choices={[
          { value: 'en', label: names.en },
          { value: 'zh-CN', label: names['zh-CN'] },
        ]}
        onChoose={(next) => void attempt(() => useSettings.getState().update({ language: next }))}
      />
    </Menu>
  );
}
