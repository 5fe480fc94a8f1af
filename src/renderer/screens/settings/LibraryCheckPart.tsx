// Check library: looks through every file, lists what is wrong, and offers what can be done. Nothing is deleted.
import { CircleCheck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip, LibraryCheck } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { useFormat } from '../../i18n/useFormat';
import { useClips } from '../../stores/clipsStore';
import { useFolders } from '../../stores/foldersStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import { isUnderWay, useWork } from '../../stores/workStore';
import styles from './LibraryPane.module.css';
import settings from './Settings.module.css';

/** Lines in sight before the rest is asked for. */
const FEW = 5;

export function LibraryCheckPart() {
  const { t } = useTranslation();
  const format = useFormat();
  const checking = useFolders((state) => state.checking);
  const check = useFolders((state) => state.check);
  const { lookThrough } = useFolders.getState();
  const work = useWork((state) => state.works.find((each) => each.kind === 'check' && isUnderWay(each)));
  const progress = !checking
    ? t('library.checkNote')
    : work === undefined || work.total === 0
      ? t('library.checking')
      : t('library.checkingOf', { done: format.number(work.done), total: format.number(work.total) });
  return (
    <section className={settings.part}>
      <div className={settings.partHead}>
        <h3>{t('library.check')}</h3>
      </div>
      <div className={settings.box}>
        <div className={settings.row}>
          <div className={settings.name} aria-live="polite">
            <span className="num">{progress}</span>
            {!checking ? <span className="meta">{t('library.checkSafe')}</span> : null}
          </div>
          <Button size="s" disabled={checking} onClick={() => void attempt(lookThrough)}>
            {check === null ? t('library.checkNow') : t('library.checkAgain')}
          </Button>
        </div>
        {check === null || checking ? null : <Report check={check} />}
      </div>
    </section>
  );
}

function Report({ check }: { readonly check: LibraryCheck }) {
  const { t } = useTranslation();
  const { repair, find, lookThrough } = useFolders.getState();
  const { missing, duplicates, unknown, damaged, withoutSidecar } = check;
  const tell = (words: string): void => void useNotices.getState().tell(words);
  const look = (id: string | null, where: 'file' | 'folder'): void =>
    void attempt(async () => {
      const found = await find(id, where);
      if (found === null) return;
      tell(found === 0 ? t('library.notFound') : t('library.found', { count: found }));
      if (found > 0) await lookThrough();
    });
  const fix = (what: 'unknown' | 'withoutSidecar'): void =>
    void attempt(async () => {
      const count = await repair(what);
      tell(what === 'unknown' ? t('library.adopted', { count }) : t('library.sidecarsWritten', { count }));
    });
  if ([missing, duplicates, unknown, damaged, withoutSidecar].every((list) => list.length === 0))
    return (
      <p className={`${settings.row} ${styles.well}`}>
        <Icon of={CircleCheck} />
        {t('library.allWell')}
      </p>
    );
  return (
    <>
      <Finding
        title={t('library.missing', { count: missing.length })}
        note={t('library.missingNote')}
        lines={missing.map((clip) => (
          <ClipLine key={clip.id} clip={clip}>
            <Button size="s" variant="ghost" onClick={() => look(clip.id, 'file')}>
              {t('library.findFile')}
            </Button>
          </ClipLine>
        ))}
        action={{ label: t('library.findFolder'), run: () => look(null, 'folder') }}
      />
      <Finding
        title={t('library.unknown', { count: unknown.length })}
        note={t('library.unknownNote')}
        lines={unknown.map((name) => (
          <li key={name} className={`mono selectable truncate ${styles.path}`} title={name}>
            {name}
          </li>
        ))}
        action={{ label: t('library.adopt'), run: () => fix('unknown') }}
      />
      <Finding
        title={t('library.withoutSidecar', { count: withoutSidecar.length })}
        note={t('library.withoutSidecarNote')}
        lines={withoutSidecar.map((clip) => (
          <ClipLine key={clip.id} clip={clip} />
        ))}
        action={{ label: t('library.writeSidecars'), run: () => fix('withoutSidecar') }}
      />
      <Finding
        title={t('library.duplicates', { count: duplicates.length })}
        note={t('library.duplicatesNote')}
        lines={duplicates.map((clips) => (
          <li key={clips[0]?.id} className={styles.group}>
            <ul>
              {clips.map((clip) => (
                <ClipLine key={clip.id} clip={clip}>
                  <ShowButton clip={clip} />
                </ClipLine>
              ))}
            </ul>
          </li>
        ))}
      />
      <Finding
        title={t('library.damaged', { count: damaged.length })}
        note={t('library.damagedNote')}
        lines={damaged.map((clip) => (
          <ClipLine key={clip.id} clip={clip}>
            <ShowButton clip={clip} />
          </ClipLine>
        ))}
      />
    </>
  );
}

interface FindingProps {
  readonly title: string;
  readonly note: string;
  readonly lines: readonly ReactNode[];
  /** For all of them. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

function Finding({ title, note, lines, action }: FindingProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (lines.length === 0) return null;
  const rest = lines.length - FEW;
  return (
    <div className={styles.finding}>
      <div className={styles.findingHead}>
        <div className={settings.name}>
          <span>
            <b className="num">{title}</b>
          </span>
          <span className="meta">{note}</span>
        </div>
        {action === undefined ? null : (
          <Button size="s" onClick={action.run}>
            {action.label}
          </Button>
        )}
      </div>
      <ul className={styles.lines}>{all ? lines : lines.slice(0, FEW)}</ul>
      {all || rest <= 0 ? null : (
        <Button size="s" variant="ghost" className={styles.rest} onClick={() => setAll(true)}>
          {t('library.showRest', { count: rest })}
        </Button>
      )}
    </div>
  );
}

function ClipLine({ clip, children }: { readonly clip: Clip; readonly children?: ReactNode }) {
  return (
    <li className={styles.clip}>
      <span className={styles.thumb}>
        {clip.hasPoster ? <img src={mediaUrl('poster', clip.id)} alt="" loading="lazy" /> : null}
      </span>
      <span className="selectable truncate" title={clip.fileName}>
        {clip.fileName}
      </span>
      {children}
    </li>
  );
}

function ShowButton({ clip }: { readonly clip: Clip }) {
  const { t } = useTranslation();
  return (
    <Button
      size="s"
      variant="ghost"
      onClick={() => void attempt(() => useClips.getState().showInFolder(clip.id), clip.title)}
    >
      {t('actions.showInFolder')}
    </Button>
  );
}
