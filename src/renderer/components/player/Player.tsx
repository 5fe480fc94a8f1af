// Plays one clip with a quiet transport of its own. The keyboard: space, arrows, M and F.
import { Maximize, Pause, Play, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { IconButton } from '../button/Button';
import { Slider } from '../field/Slider';
import styles from './Player.module.css';

interface PlayerProps {
  readonly src: string;
  readonly poster: string | null;
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly hasSound: boolean;
  readonly volume: number;
  readonly muted: boolean;
  readonly onVolume: (volume: number, muted: boolean) => void;
  /** Where it stands, in seconds, as often as it moves. */
  readonly onTime?: (seconds: number) => void;
}

const STEP_SECONDS = 1;
/** One frame of every result. */
const FRAME_SECONDS = 1 / 24;

export function Player(props: PlayerProps) {
  const { src, poster, title, width, height, hasSound, volume, muted, onVolume, onTime } = props;
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const [playing, setPlaying] = useState(false);
  const [time, showTime] = useState(0);
  const [failed, setFailed] = useState(false);
  const [measured, setMeasured] = useState<number | null>(null);
  const seconds = measured ?? props.seconds;

  const setTime = (seconds: number): void => {
    showTime(seconds);
    onTime?.(seconds);
  };
  useFrames(playing, () => setTime(video.current?.currentTime ?? 0));
  useEffect(() => {
    if (video.current === null) return;
    video.current.volume = volume;
    video.current.muted = muted;
  }, [volume, muted]);

  const seek = (to: number): void => {
    if (video.current === null) return;
    const target = Math.max(0, Math.min(to, seconds));
    video.current.currentTime = target;
    setTime(target);
  };
  const fullscreen = (): void => {
    if (document.fullscreenElement === null) void stage.current?.requestFullscreen();
    else void document.exitFullscreen();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? FRAME_SECONDS : STEP_SECONDS;
    const onSlider = (event.target as HTMLElement).getAttribute('role') === 'slider';
    if (event.key === ' ' && (event.target as HTMLElement).tagName !== 'BUTTON') toggle(video.current);
    else if (event.key === 'ArrowLeft' && !onSlider) seek(time - step);
    else if (event.key === 'ArrowRight' && !onSlider) seek(time + step);
    else if (event.key === 'm') onVolume(volume, !muted);
    else if (event.key === 'f') fullscreen();
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={stage}
      className={styles.player}
      role="group"
      aria-label={t('player.label')}
      onKeyDown={onKeyDown}
    >
      <div className={styles.screen} style={{ aspectRatio: Math.max(width / height, 4 / 5) }}>
        <video
          ref={video}
          src={src}
          poster={poster ?? undefined}
          aria-label={title}
          tabIndex={0}
          playsInline
          preload="metadata"
          onClick={() => toggle(video.current)}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onSeeked={() => setTime(video.current?.currentTime ?? 0)}
          onLoadedMetadata={() => {
            const real = video.current?.duration ?? NaN;
            setMeasured(Number.isFinite(real) ? real : null);
          }}
          onError={() => setFailed(true)}
        />
        {failed ? <p className={styles.failed}>{t('player.failed')}</p> : null}
      </div>
      <div className={styles.transport}>
        <IconButton
          icon={playing ? Pause : Play}
          label={playing ? t('player.pause') : t('player.play')}
          onClick={() => toggle(video.current)}
        />
        <Position time={Math.min(time, seconds)} seconds={seconds} onSeek={seek} />
        {hasSound ? (
          <span className={styles.volume}>
            <IconButton
              icon={muted || volume === 0 ? VolumeX : Volume2}
              label={muted ? t('player.unmute') : t('player.mute')}
              onClick={() => onVolume(volume, !muted)}
            />
            <span className={styles.level}>
              <Slider
                label={t('player.volume')}
                value={muted ? 0 : volume}
                min={0}
                max={1}
                step={0.05}
                onChange={(next) => onVolume(next, next === 0)}
              />
            </span>
          </span>
        ) : null}
        <IconButton icon={Maximize} label={t('player.fullscreen')} onClick={fullscreen} />
      </div>
    </div>
  );
}

interface PositionProps {
  readonly time: number;
  readonly seconds: number;
  readonly onSeek: (to: number) => void;
}

function Position({ time, seconds, onSeek }: PositionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = (value: number): string => format.fixed(value, 1);
  return (
    <>
      <span className={styles.track}>
        <Slider
          label={t('player.seek')}
          tone="text"
          value={time}
          min={0}
          max={seconds}
          step={FRAME_SECONDS}
          valueText={t('units.seconds', { value: text(time) })}
          onChange={onSeek}
        />
      </span>
      <span className={`num ${styles.time}`}>
        {text(time)} <span className="muted">/ {t('units.seconds', { value: text(seconds) })}</span>
      </span>
    </>
  );
}

function toggle(video: HTMLVideoElement | null): void {
  if (video === null) return;
  if (video.paused) void video.play().catch(() => undefined);
  else video.pause();
}

/** While playing, the time line follows the picture frame by frame; `timeupdate` comes four times a second. */
function useFrames(active: boolean, draw: () => void): void {
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
  });
  useEffect(() => {
    if (!active) return undefined;
    let frame = requestAnimationFrame(function next() {
      latest.current();
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [active]);
}
