// The film itself; where it cannot be shown, why, and what can be done.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipDetail } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Button } from '../../components/button/Button';
import { useFrameWheel } from '../../components/player/useFrameWheel';
import { useFolders } from '../../stores/foldersStore';
import { attempt, useNotices } from '../../stores/noticesStore';
import styles from './Viewer.module.css';

interface ViewerPictureProps {
  readonly id: string;
  readonly clip: ClipDetail | undefined;
  readonly video: (element: HTMLVideoElement | null) => void;
  readonly onToggle: () => void;
  /** By frames. */
  readonly onStep: (by: number) => void;
}

export function ViewerPicture({ id, clip, video, onToggle, onStep }: ViewerPictureProps) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const picture = useRef<HTMLDivElement>(null);
  useFrameWheel(picture, onStep);
  if (clip === undefined) return <div ref={picture} className={styles.picture} />;
  const poster = clip.hasPoster ? mediaUrl('poster', id) : undefined;
  if (clip.missing) return <Missing clip={clip} poster={poster} />;
  return (
    <div ref={picture} className={styles.picture} data-failed={failed || undefined}>
      <video
        ref={video}
        src={mediaUrl(clip.hasProxy ? 'proxy' : 'clip', id)}
        poster={poster}
        aria-label={clip.title}
        playsInline
        preload="auto"
        onClick={onToggle}
        onError={() => setFailed(true)}
      />
      {failed ? (
        <div className={styles.words}>
          <p>{t('player.failed')}</p>
        </div>
      ) : null}
    </div>
  );
}

function Missing({ clip, poster }: { readonly clip: ClipDetail; readonly poster: string | undefined }) {
  const { t } = useTranslation();
  const find = (where: 'file' | 'folder'): void =>
    void attempt(async () => {
      if ((await useFolders.getState().find(clip.id, where)) === 0)
        useNotices.getState().tell(t('library.notFound'));
    }, clip.title);
  return (
    <div className={styles.picture}>
      {poster === undefined ? null : <img src={poster} alt="" className={styles.faded} />}
      <div className={styles.words}>
        <p>{t('viewer.missing')}</p>
        <p className="muted">{t('viewer.missingNext')}</p>
        <div className={styles.ways}>
          <Button variant="primary" onClick={() => find('file')}>
            {t('library.findFile')}
          </Button>
          <Button onClick={() => find('folder')}>{t('library.findFolder')}</Button>
        </div>
      </div>
    </div>
  );
}
