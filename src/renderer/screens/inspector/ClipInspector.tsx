// A finished clip: it plays, and shows everything that made it.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Player } from '../../components/player/Player';
import { RelativeTime } from '../../components/time/Clock';
import { useFormat } from '../../i18n/useFormat';
import { useClips } from '../../stores/clipsStore';
import { attempt } from '../../stores/noticesStore';
import { usePlayback } from '../../stores/playbackStore';
import { ClipActions } from './ClipActions';
import { Lineage } from './Lineage';
import { MadeFrom } from './MadeFrom';
import { MadeWith } from './MadeWith';
import { Marks, PersonFacts } from './PersonFacts';
import { RecipeSections } from './RecipeSections';
import styles from './Inspector.module.css';

export function ClipInspector({ clip }: { readonly clip: Clip }) {
  const { t } = useTranslation();
  const detail = useClips((state) => state.details.get(clip.id));
  const { volume, muted, setVolume } = usePlayback();
  const time = useRef(0);
  useEffect(() => {
    void attempt(() => useClips.getState().loadDetail(clip.id));
  }, [clip.id]);
  return (
    <div className={styles.scroll}>
      {clip.missing ? (
        <p className={styles.missing}>{t('inspector.missing')}</p>
      ) : (
        <Player
          src={mediaUrl(clip.hasProxy ? 'proxy' : 'clip', clip.id)}
          poster={clip.hasPoster ? mediaUrl('poster', clip.id) : null}
          title={clip.title}
          width={clip.width}
          height={clip.height}
          seconds={clip.seconds}
          hasSound={clip.hasSound}
          volume={volume}
          muted={muted}
          onVolume={setVolume}
          onTime={(seconds) => (time.current = seconds)}
        />
      )}
      <Marks clip={clip} />
      <Facts clip={clip} />
      <ClipActions clip={clip} detail={detail} timeOf={() => time.current} />
      <PersonFacts clip={clip} note={detail?.note ?? null} />
      {detail === undefined ? null : (
        <>
          {detail.task?.found === true ? (
            <p className={`${styles.section} muted`}>{t('states.foundLine')}</p>
          ) : detail.recipe === null ? (
            <p className={`${styles.section} muted`}>{t('inspector.noRecipe')}</p>
          ) : (
            <>
              <RecipeSections recipe={detail.recipe} />
              <MadeFrom recipe={detail.recipe} />
            </>
          )}
          <Lineage clip={detail} />
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
