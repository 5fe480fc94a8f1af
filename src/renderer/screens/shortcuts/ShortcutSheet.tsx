// All shortcuts in groups, as this computer writes its keys; printed from the list of commands.
import { useTranslation } from 'react-i18next';
import type { Language } from '@shared/domain/settings';
import { commandWords } from '@shared/words/commandWords';
import { Dialog } from '../../components/dialog/Dialog';
import { useAppInfo } from '../../stores/appInfoStore';
import { useCommands } from '../../stores/commandsStore';
import { useKeys } from '../../stores/useKeys';
import { shortcutGroups } from './shortcutGroups';
import styles from './ShortcutSheet.module.css';

export default function ShortcutSheet() {
  const { t, i18n } = useTranslation();
  const mac = useAppInfo((state) => state.info?.platform === 'darwin');
  const words = commandWords(i18n.language as Language);
  const keys = useKeys();
  return (
    <Dialog
      title={words.commands['help.shortcuts']}
      size="broad"
      reading
      onClose={() => useCommands.getState().open(null)}
    >
      <div className={styles.groups}>
        {shortcutGroups(words, mac).map(({ group, rows }) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.head}>{words.groups[group]}</h3>
            <dl>
              {rows.map((row) => (
                <div key={row.id} className={styles.row}>
                  <dt>{row.label}</dt>
                  <dd className={styles.keys}>
                    {row.keys.map((each) => (
                      <kbd key={each} className={styles.key}>
                        {keys.text(each)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="meta">{t('shortcuts.note')}</p>
    </Dialog>
  );
}
