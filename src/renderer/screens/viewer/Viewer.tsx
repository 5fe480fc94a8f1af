// One clip in the whole window: looked at frame by frame, culled, and taken further.
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipDetail } from '@shared/domain/clip';
import { ask } from '../../client/client';
import {
  markedFrames,
  markedSpan,
  markFirst,
  markLast,
  NO_MARKS,
  type Marks,
} from '../../components/player/marks';
import { nextSpeed } from '../../components/player/shuttle';
import { fpsOf, frameCount } from '../../components/player/timecode';
import { usePlayhead, type Playhead } from '../../components/player/usePlayhead';
import { setSound } from '../../components/player/videoFrames';
import { isTaken, Stage } from '../../components/stage/Stage';
import { useAppInfo } from '../../stores/appInfoStore';
import { comparedWith, useLineage } from '../../stores/lineageStore';
import { attempt, latestNoticeId, useNotices } from '../../stores/noticesStore';
import { usePlayback } from '../../stores/playbackStore';
import { useView } from '../../stores/viewStore';
import { useClipActions } from '../inspector/useClipActions';
import { useReuse } from '../library/useReuse';
import { Notices } from '../notices/Notices';
import { focusTile } from './focusTile';
import { useClipDetail } from './useClipDetail';
import { useCull } from './useCull';
import { viewerCommand } from './viewerKeys';
import { ViewerBar } from './ViewerBar';
import { ViewerFoot } from './ViewerFoot';
import { ViewerPicture } from './ViewerPicture';
import styles from './Viewer.module.css';

export default function Viewer() {
  const viewer = useView((state) => state.viewer);
  const id = viewer?.ids[viewer.at];
  if (viewer === null || id === undefined) return null;
  return <Room ids={viewer.ids} at={viewer.at} id={id} />;
}

interface RoomProps {
  readonly ids: readonly string[];
  readonly at: number;
  readonly id: string;
}

function Room({ ids, at, id }: RoomProps) {
  const { t } = useTranslation();
  const mac = useAppInfo((state) => state.info?.platform === 'darwin');
  const detail = useClipDetail(id);
  const [openedAfter] = useState(latestNoticeId);
  const film = useFilm(detail);
  const { close, leave, onClosed } = useLeaving();
  const onClip = (by: 1 | -1): void => goTo(ids, at + by);
  const compared = useCompared(id);
  const cull = useCull();
  const actions = useViewerActions(detail, film, leave);

  const onKey = (event: KeyboardEvent): void => {
    if (isTaken(event) || detail === undefined) return;
    const { frame, rate } = film.playhead;
    const command = viewerCommand(event, {
      playing: rate !== 0,
      atStart: frame === 0,
      atEnd: frame >= film.count - 1 || detail.missing,
    });
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    switch (command.do) {
      case 'clip':
        return onClip(command.by);
      case 'rate':
        return cull.rate(detail, command.rating);
      case 'keep':
        return cull.flag(detail, 'kept');
      case 'reject':
        return cull.flag(detail, 'rejected');
      case 'trash':
        cull.trash(detail);
        if (detail.trashedAt === null) goTo(ids, at + 1 < ids.length ? at + 1 : at);
        return;
      case 'undo':
        return cull.undo();
      case 'redo':
        return cull.redo();
      case 'saveFrame':
        return actions.saveFrame();
      case 'reuse':
        return actions.reuse?.();
      case 'compare':
        return compared === null ? undefined : compare(compared);
      default:
        film.obey(command);
    }
  };
  const title = detail === undefined || detail.title === '' ? t('common.untitled') : detail.title;
  return (
    <Stage
      title={t('viewer.label', { name: title })}
      mac={mac}
      onKey={onKey}
      onClose={close}
      onClosed={onClosed}
      bar={
        <ViewerBar
          clip={detail}
          title={title}
          at={at}
          count={ids.length}
          cull={cull}
          onClip={onClip}
          onCompare={compared === null ? null : () => compare(compared)}
        />
      }
    >
      <ViewerPicture
        key={`${id} ${String(detail?.hasProxy === true)}`}
        id={id}
        clip={detail}
        video={film.setVideo}
        onToggle={film.playhead.toggle}
        onStep={film.playhead.step}
      />
      {detail === undefined ? (
        <div className={styles.footSpace} />
      ) : (
        <ViewerFoot clip={detail} film={film} actions={actions} />
      )}
      <Notices after={openedAfter} />
    </Stage>
  );
}

export interface Film {
  readonly playhead: Playhead;
  readonly fps: number;
  readonly seconds: number;
  /** Frames. */
  readonly count: number;
  readonly marks: Marks;
  readonly speed: number;
  setVideo(video: HTMLVideoElement | null): void;
  setSpeed(speed: number): void;
  mark(point: 'in' | 'out', frame: number): void;
  clearMarks(): void;
  obey(command: NonNullable<ReturnType<typeof viewerCommand>>): void;
}

/** The clip that plays, begun anew with each. */
function useFilm(clip: ClipDetail | undefined): Film {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [marked, setMarked] = useState<{ readonly id: string; readonly marks: Marks } | null>(null);
  const [speed, setSpeed] = useState(1);
  const { volume, muted, loop, setVolume, setLoop } = usePlayback();
  const fps = fpsOf(clip ?? { fps: 0 });
  const seconds = clip?.seconds ?? 0;
  const count = frameCount(seconds, fps);
  const marks = marked !== null && marked.id === clip?.id ? marked.marks : NO_MARKS;
  const playhead = usePlayhead(video, { fps, seconds, range: markedFrames(marks, count), loop, speed });
  useEffect(() => {
    if (video !== null) setSound(video, volume, muted);
  }, [video, volume, muted]);
  const { toggle } = playhead;
  const known = clip !== undefined;
  useBegin(video, known, toggle);
  const setMarks = (next: Marks): void => {
    if (clip !== undefined) setMarked({ id: clip.id, marks: next });
  };
  const mark = (point: 'in' | 'out', frame: number): void =>
    setMarks(point === 'in' ? markFirst(marks, frame) : markLast(marks, frame));
  const { frame } = playhead;
  return {
    playhead,
    fps,
    seconds,
    count,
    marks,
    speed,
    setVideo,
    setSpeed,
    mark,
    clearMarks: () => setMarks(NO_MARKS),
    obey: (command) => {
      switch (command.do) {
        case 'toggle':
          return playhead.toggle();
        case 'step':
          return playhead.step(command.by);
        case 'seek':
          return playhead.seekFrame(frame + Math.round(command.by * fps));
        case 'shuttle':
          return playhead.shuttle(command.direction);
        case 'speed':
          return setSpeed(nextSpeed(speed, command.direction));
        case 'first':
          return playhead.seekFrame(0);
        case 'last':
          return playhead.seekFrame(count - 1);
        case 'markIn':
          return mark('in', frame);
        case 'markOut':
          return mark('out', frame);
        case 'clearMarks':
          return setMarks(NO_MARKS);
        case 'loop':
          return setLoop(!loop);
        case 'mute':
          return setVolume(volume, !muted);
        default:
      }
    },
  };
}

/** A clip that is opened plays. */
function useBegin(video: HTMLVideoElement | null, known: boolean, toggle: () => void): void {
  const begun = useRef<HTMLVideoElement | null>(null);
  useEffect(() => {
    if (video === null || !known || begun.current === video) return;
    begun.current = video;
    toggle();
  }, [video, known, toggle]);
}

export interface ViewerActions {
  /** Null: it is not known how the clip was made. */
  readonly reuse: (() => void) | null;
  readonly vary: (() => void) | null;
  continueLast(): void;
  takeFrame(): void;
  takeRange(): void;
  takeWhole(): void;
  saveFrame(): void;
}

/** @param leave closes the viewer because the work goes on in the composer. */
function useViewerActions(clip: ClipDetail | undefined, film: Film, leave: () => void): ViewerActions {
  const { t } = useTranslation();
  const reuse = useReuse();
  const clipActions = useClipActions(clip ?? NO_CLIP, clip);
  const moment = film.playhead.frame / film.fps;
  const recipe = clip?.recipe ?? null;
  const { vary } = clipActions;
  const leaving = (act: () => void) => () => {
    leave();
    act();
  };
  return {
    reuse: recipe === null ? null : leaving(() => reuse(recipe)),
    vary: vary === null ? null : leaving(vary),
    continueLast: leaving(clipActions.continueLast),
    takeFrame: () => {
      film.playhead.pause();
      clipActions.takeFrame(moment);
    },
    takeRange: () => {
      const span = markedSpan(film.marks, film.fps, film.seconds);
      if (span !== null) void clipActions.takeRange(span);
    },
    takeWhole: clipActions.takeWhole,
    saveFrame: () => {
      if (clip === undefined || clip.missing) return;
      film.playhead.pause();
      void attempt(async () => {
        const saved = await ask('library.saveFrame', { id: clip.id, moment });
        if (saved !== null) useNotices.getState().tell(t('viewer.frameSaved', { file: nameIn(saved.path) }));
      }, clip.title);
    },
  };
}

const NO_CLIP = { id: '', title: '' };

function nameIn(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function goTo(ids: readonly string[], at: number): void {
  const id = ids[at];
  if (id === undefined) return;
  const { openViewer, select } = useView.getState();
  openViewer(ids, at);
  // The grid under it follows, so that it is left where it was entered.
  select({ type: 'clip', id });
}

function compare(ids: readonly string[]): void {
  const { openCompare, closeViewer } = useView.getState();
  closeViewer();
  openCompare(ids);
}

/** This clip and its newest siblings; null: it has none. */
function useCompared(id: string): readonly string[] | null {
  const siblings = useLineage((state) => state.lineages.get(id)?.siblings);
  useEffect(() => {
    void attempt(() => useLineage.getState().load(id));
  }, [id]);
  const ids = comparedWith(id, siblings ?? []);
  return ids.length < 2 ? null : ids;
}

function useLeaving(): { close: () => void; leave: () => void; onClosed: () => void } {
  const [toComposer, setToComposer] = useState(false);
  const close = useCallback(() => useView.getState().closeViewer(), []);
  const leave = useCallback(() => {
    setToComposer(true);
    useView.getState().closeViewer();
  }, []);
  const onClosed = (): void => {
    const { compare: next, viewer } = useView.getState();
    if (!toComposer && next === null && viewer === null) focusTile();
  };
  return { close, leave, onClosed };
}
