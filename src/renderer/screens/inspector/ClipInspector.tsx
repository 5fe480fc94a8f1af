// A finished clip: it plays, and shows everything that made it.
import { CodeXml, Copy, FolderOpen, ScrollText, SquarePen } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip, ClipDetail } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Button, IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu } from '../../components/menu/Menu';
import { Player } from '../../components/player/Player';
import { RelativeTime } from '../../components/time/Clock';
import { useFormat } from '../../i18n/useFormat';
import { useClips } from '../../stores/clipsStore';
import { attempt } from '../../stores/noticesStore';
import { usePlayback } from '../../stores/playbackStore';
import { useView } from '../../stores/viewStore';
import { useReuse } from '../library/useReuse';
import { CopyRequestItems } from './CopyRequestItems';
import { MadeWith } from './MadeWith';
import { RecipeSections } from './RecipeSections';
import styles from './Inspector.module.css';

export function ClipInspector({ clip }: { readonly clip: Clip }) {
  const { t } = useTranslation();
  const detail = useClips((state) => state.details.get(clip.id));
  const playRequests = useView((state) => state.playRequests);
  const { volume, muted, setVolume } = usePlayback();
  useEffect(() => {
    void attempt(() => useClips.getState().loadDetail(clip.id));
  }, [clip.id]);
  return (
    <div className={styles.scroll}>
      {clip.missing ? (
        <p className={styles.missing}>{t('inspector.missing')}</p>
      ) : (
        <Player
          src={mediaUrl('clip', clip.id)}
          poster={clip.hasPoster ? mediaUrl('poster', clip.id) : null}
          title={clip.title}
          width={clip.width}
          height={clip.height}
          seconds={clip.seconds}
          hasSound={clip.hasSound}
          volume={volume}
          muted={muted}
          toggleSignal={playRequests}
          onVolume={setVolume}
        />
      )}
      <Facts clip={clip} />
      <Actions clip={clip} detail={detail} />
      {detail === undefined ? null : (
        <>
          {detail.task?.found === true ? (
            <p className={`${styles.section} muted`}>{t('states.foundLine')}</p>
          ) : detail.recipe === null ? (
            <p className={`${styles.section} muted`}>{t('inspector.noRecipe')}</p>
          ) : (
            <RecipeSections recipe={detail.recipe} />
          )}
          <MadeWith detail={detail} />
        </>
      )}
    </div>
  );
}

function Facts({ clip }: { readonly clip: Clip }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <p className={`num ${styles.facts}`}>
      {clip.width}×{clip.height} · {t('units.fps', { value: format.number(clip.fps, 2) })} ·{' '}
      {clip.hasSound ? t('inspector.sound') : t('inspector.silent')} · <RelativeTime iso={clip.createdAt} />
    </p>
  );
}

function Actions({ clip, detail }: { readonly clip: Clip; readonly detail: ClipDetail | undefined }) {
  const { t } = useTranslation();
  const reuse = useReuse();
  const recipe = detail?.recipe ?? null;
  return (
    <div className={styles.actions}>
      <Button disabled={recipe === null} onClick={() => recipe !== null && reuse(recipe)}>
        <Icon of={SquarePen} size="s" />
        {t('actions.reuse')}
      </Button>
      <IconButton
        icon={FolderOpen}
        label={t('actions.showInFolder')}
        disabled={clip.missing}
        onClick={() => void attempt(() => useClips.getState().showInFolder(clip.id), clip.title)}
      />
      {clip.generationId === null ? null : (
        <IconButton
          icon={ScrollText}
          label={t('journal.title')}
          onClick={() => useView.getState().openJournal(clip.generationId)}
        />
      )}
      {detail === undefined || recipe === null ? (
        <IconButton icon={CodeXml} label={t('actions.copyRequest')} disabled />
      ) : (
        <Menu align="end" trigger={<IconButton icon={CodeXml} label={t('actions.copyRequest')} />}>
          <CopyRequestItems icon={Copy} recipe={recipe} task={detail.task} />
        </Menu>
      )}
    </div>
  );
}
