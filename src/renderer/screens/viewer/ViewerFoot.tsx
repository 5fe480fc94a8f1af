// The viewer's foot: the frames with in and out, the time, what runs the film, and what can be made of it.
import {
  Camera,
  Ellipsis,
  FilePlay,
  FolderOpen,
  GitBranch,
  ImagePlus,
  Plus,
  SkipForward,
  SquarePen,
  Volume2,
  VolumeX,
  X,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ClipDetail } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Button, IconButton } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu/Menu';
import { FilmFrames } from '../../components/player/FilmFrames';
import { FrameBar } from '../../components/player/FrameBar';
import { KeyLegend, type LegendKey } from '../../components/player/KeyLegend';
import { markedSpan } from '../../components/player/marks';
import { frameCovering, timecode } from '../../components/player/timecode';
import { KeyCap, Pace, Steps } from '../../components/player/Transport';
import { useFormat } from '../../i18n/useFormat';
import { useClips } from '../../stores/clipsStore';
import { attempt } from '../../stores/noticesStore';
import { usePlayback } from '../../stores/playbackStore';
import { useKeys } from '../../stores/useKeys';
import type { Film, ViewerActions } from './Viewer';
import styles from './Viewer.module.css';

interface ViewerFootProps {
  readonly clip: ClipDetail;
  readonly film: Film;
  readonly actions: ViewerActions;
}

/** Height of the frames in pixels. */
const STRIP = 56;

export function ViewerFoot({ clip, film, actions }: ViewerFootProps) {
  const { playhead, fps, seconds, count, marks } = film;
  const span = markedSpan(marks, fps, seconds);
  const frameOf = (at: number): number => Math.min(frameCovering(at, fps), count - 1);
  return (
    <div className={styles.foot}>
      <FrameBar
        seconds={seconds}
        time={(playhead.frame + 0.5) / fps}
        span={span}
        height={STRIP}
        picture={
          <FilmFrames
            sprite={clip.sprite === null ? null : { src: mediaUrl('sprite', clip.id), sheet: clip.sprite }}
            poster={clip.hasPoster ? mediaUrl('poster', clip.id) : null}
            ratio={clip.width / clip.height}
            height={STRIP}
          />
        }
        onSeek={(at) => playhead.seekFrame(frameOf(at))}
        onMark={(point, at) => {
          film.mark(point, frameOf(at));
          playhead.seekFrame(frameOf(at));
        }}
      />
      <div className={styles.line}>
        <Where film={film} span={span} />
        <Controls clip={clip} film={film} />
        <Actions clip={clip} marked={span !== null} actions={actions} />
      </div>
      <Keys />
    </div>
  );
}

/** What no button shows; where the window has the height for it. */
function Keys() {
  const { t } = useTranslation();
  const { caps, of } = useKeys();
  const keys: readonly LegendKey[] = [
    [caps('viewer.toggle'), t('compare.playKey')],
    [caps('viewer.seek'), t('viewer.secondKey')],
    [caps('viewer.step'), t('compare.stepKey')],
    [caps('viewer.shuttle'), t('viewer.shuttleKey')],
    [caps('viewer.speed'), t('viewer.speedKey')],
    [caps('viewer.loop'), t('viewer.loopKey')],
    [[of('clip.rate0'), '–', of('clip.rate5')], t('viewer.rateKey')],
  ];
  return <KeyLegend keys={keys} className={styles.keys} />;
}

function Where({ film, span }: { readonly film: Film; readonly span: ReturnType<typeof markedSpan> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { frame } = film.playhead;
  return (
    <div className={styles.where}>
      <span className={`num ${styles.time}`} data-testid="timecode">
        {timecode(frame / film.fps)}
      </span>
      <span className={`num ${styles.small}`}>
        {t('viewer.frame', { frame: format.number(frame + 1), count: format.number(film.count) })}
      </span>
      {span === null ? null : (
        <span className={`num ${styles.small} ${styles.range}`}>
          {t('viewer.range', {
            from: timecode(span.from),
            to: timecode(span.to),
            length: t('units.seconds', { value: format.fixed(span.to - span.from, 1) }),
          })}
          <IconButton icon={X} size="s" label={t('viewer.clearRange')} onClick={film.clearMarks} />
        </span>
      )}
    </div>
  );
}

function Controls({ clip, film }: { readonly clip: ClipDetail; readonly film: Film }) {
  const { t } = useTranslation();
  const { volume, muted, loop, setVolume, setLoop } = usePlayback();
  const keys = useKeys();
  const [markIn = '', markOut = ''] = keys.caps('viewer.marks');
  const { playhead } = film;
  return (
    <div className={styles.controls}>
      <button type="button" className={styles.point} onClick={() => film.mark('in', playhead.frame)}>
        {t('viewer.in')} <KeyCap>{markIn}</KeyCap>
      </button>
      <Steps playing={playhead.rate !== 0} onToggle={playhead.toggle} onStep={playhead.step} />
      <button type="button" className={styles.point} onClick={() => film.mark('out', playhead.frame)}>
        {t('viewer.out')} <KeyCap>{markOut}</KeyCap>
      </button>
      <Pace loop={loop} speed={film.speed} onLoop={setLoop} onSpeed={film.setSpeed} />
      {clip.hasSound ? (
        <IconButton
          icon={muted ? VolumeX : Volume2}
          label={muted ? t('player.unmute') : t('player.mute')}
          {...keys.hint('viewer.mute')}
          onClick={() => setVolume(volume, !muted)}
        />
      ) : null}
      {playhead.rate === 0 || playhead.rate === film.speed ? null : (
        <span className={`num ${styles.small}`}>{t('viewer.shuttle', { rate: playhead.rate })}</span>
      )}
    </div>
  );
}

interface ActionsProps {
  readonly clip: ClipDetail;
  readonly marked: boolean;
  readonly actions: ViewerActions;
}

function Actions({ clip, marked, actions }: ActionsProps) {
  const { t } = useTranslation();
  const keys = useKeys();
  const { reuse, vary, continueLast, takeFrame, takeRange, takeWhole, saveFrame } = actions;
  return (
    <div className={styles.actions}>
      <Menu
        align="end"
        side="top"
        trigger={<IconButton icon={Ellipsis} label={t('actions.more')} className={styles.more} />}
      >
        {clip.missing ? null : (
          <MenuItem icon={SkipForward} label={t('actions.continueLast')} onSelect={continueLast} />
        )}
        {vary === null ? null : <MenuItem icon={GitBranch} label={t('actions.variation')} onSelect={vary} />}
        {reuse === null ? null : <MenuItem icon={SquarePen} label={t('actions.reuse')} onSelect={reuse} />}
        {clip.missing ? null : (
          <>
            <MenuSeparator />
            {marked ? <MenuItem icon={ImagePlus} label={t('actions.useFrame')} onSelect={takeFrame} /> : null}
            <MenuItem icon={FilePlay} label={t('actions.useAsReference')} onSelect={takeWhole} />
            <MenuSeparator />
            <MenuItem
              icon={FolderOpen}
              label={t('actions.showInFolder')}
              onSelect={() => void attempt(() => useClips.getState().showInFolder(clip.id), clip.title)}
            />
          </>
        )}
      </Menu>
      <Button disabled={clip.missing} onClick={saveFrame}>
        <Icon of={Camera} size="s" />
        {t('viewer.saveFrame')} <KeyCap>{keys.of('viewer.saveFrame')}</KeyCap>
      </Button>
      <Button variant="primary" disabled={clip.missing} onClick={marked ? takeRange : takeFrame}>
        <Icon of={Plus} size="s" />
        {marked ? t('viewer.useRange') : t('actions.useFrame')}
      </Button>
    </div>
  );
}
