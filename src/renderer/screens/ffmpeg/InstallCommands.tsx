// The commands that install what is missing on this system, each with a button that copies it.
import { useTranslation } from 'react-i18next';
import { installCommands } from '@shared/domain/diagnostics';
import { copyText } from '../../client/clipboard';
import { CopyButton } from '../../components/button/CopyButton';
import { useAppInfo } from '../../stores/appInfoStore';
import styles from './InstallCommands.module.css';

/** Nothing where no command is known. */
export function InstallCommands({ what }: { readonly what: 'keychain' | 'ffmpeg' }) {
  const { t } = useTranslation();
  const platform = useAppInfo((state) => state.info?.platform ?? 'other');
  const commands = installCommands(what, platform);
  if (commands.length === 0) return null;
  return (
    <dl className={styles.install}>
      {commands.map(({ system, command }) => (
        <div key={system}>
          <dt>{system}</dt>
          <dd>
            <code className="mono selectable">{command}</code>
            <CopyButton label={t('diagnostics.copyCommand', { system })} onCopy={() => copyText(command)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
