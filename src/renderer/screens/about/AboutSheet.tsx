// What this copy of Dailies is made of: versions to copy for support, and the licences of everything in it.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AboutFacts } from '@shared/contract/requests';
import { ask } from '../../client/client';
import { copyText } from '../../client/clipboard';
import { CopyButton } from '../../components/button/CopyButton';
import { FactList } from '../../components/details/FactList';
import { Dialog } from '../../components/dialog/Dialog';
import { useAppInfo } from '../../stores/appInfoStore';
import { useCommands } from '../../stores/commandsStore';
import { attempt } from '../../stores/noticesStore';
import { licenceGroups, type Licence, type LicenceGroup } from './licenceGroups';
import styles from './AboutSheet.module.css';

export default function AboutSheet() {
  const { t } = useTranslation();
  const about = useAbout();
  const versions = useVersions(about);
  const text = versions.map(({ name, value }) => `${name} ${value}`).join('\n');
  return (
    <Dialog title={t('about.title')} size="medium" onClose={() => useCommands.getState().open(null)}>
      <div className={styles.head}>
        <p className="muted">{t('about.what')}</p>
        <CopyButton words size="m" label={t('about.copy')} onCopy={() => copyText(text)} />
      </div>
      <div className={styles.versions}>
        <FactList facts={versions} />
      </div>
      <h3 className={styles.title}>{t('about.licences')}</h3>
      {about === null ? null : about.licences.length === 0 ? (
        <p className="muted">{t('about.noLicences')}</p>
      ) : (
        <Licences licences={about.licences} />
      )}
    </Dialog>
  );
}

function useVersions(about: AboutFacts | null) {
  const { t } = useTranslation();
  const info = useAppInfo((state) => state.info);
  const ffmpeg = useAppInfo((state) => state.tools?.ffmpegVersion ?? null);
  return [
    { name: 'Dailies', value: info?.version ?? '' },
    { name: 'Electron', value: info?.electron ?? '' },
    { name: 'Chromium', value: about?.chromium ?? '' },
    { name: 'Node.js', value: about?.node ?? '' },
    { name: 'SQLite', value: about?.sqlite ?? '' },
    { name: 'ffmpeg', value: ffmpeg ?? t('about.noFfmpeg') },
  ];
}

function useAbout(): AboutFacts | null {
  const [about, setAbout] = useState<AboutFacts | null>(null);
  useEffect(() => void attempt(async () => setAbout(await ask('app.about', {}))), []);
  return about;
}

function Licences({ licences }: { readonly licences: AboutFacts['licences'] }) {
  return (
    <ul>
      {licenceGroups(licences).map((group) => (
        <li key={`${group.name} ${group.packages[0]?.version ?? ''}`}>
          <Group group={group} />
        </li>
      ))}
    </ul>
  );
}

function Group({ group: { name, packages, kinds } }: { readonly group: LicenceGroup }) {
  const { t } = useTranslation();
  const [only] = packages;
  if (packages.length === 1 && only !== undefined) return <Text licence={only} />;
  return (
    <details className={styles.licence}>
      <summary>
        <span>{name}</span>{' '}
        <span className="num muted">{t('about.packages', { count: packages.length })}</span>
        <span className={`muted ${styles.kind}`}>{kinds.join(', ')}</span>
      </summary>
      <ul className={styles.group}>
        {packages.map((each) => (
          <li key={`${each.name} ${each.version}`}>
            <Text licence={each} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Text({ licence: { name, version, licence, text } }: { readonly licence: Licence }) {
  return (
    <details className={styles.licence}>
      <summary>
        <span>{name}</span> <span className="num muted">{version}</span>
        <span className={`muted ${styles.kind}`}>{licence}</span>
      </summary>
      <pre className={`selectable ${styles.text}`} tabIndex={0} aria-label={name}>
        {text}
      </pre>
    </details>
  );
}
