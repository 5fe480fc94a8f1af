// Two to four takes in step: watched side by side or under a wipe, and the better one kept.
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ClipDetail } from '@shared/domain/clip';
import { Segments } from '../../components/field/Field';
import { KeyLegend, type LegendKey } from '../../components/player/KeyLegend';
import { nextSpeed } from '../../components/player/shuttle';
import { timecode } from '../../components/player/timecode';
import { Pace, Steps } from '../../components/player/Transport';
import { isTaken, Stage } from '../../components/stage/Stage';
import { useAppInfo } from '../../stores/appInfoStore';
import { useClips } from '../../stores/clipsStore';
import { attempt, latestNoticeId } from '../../stores/noticesStore';
import { usePlayback } from '../../stores/playbackStore';
import { useKeys } from '../../stores/useKeys';
import { useView } from '../../stores/viewStore';
import { Notices } from '../notices/Notices';
import { focusTile } from '../viewer/focusTile';
import { useCull } from '../viewer/useCull';
import { compareCommand } from './compareKeys';
import { Differences } from './Differences';
import { Takes } from './Takes';
import { useGroup, type Group } from './useGroup';
import styles from './Compare.module.css';

export default function Compare() {
  const ids = useView((state) => state.compare);
  const takes = useTakes(ids ?? []);
  if (ids === null || takes === null) return null;
  return <Room key={ids.join()} takes={takes} />;
}

/** Null until all are known. */
function useTakes(ids: readonly string[]): readonly ClipDetail[] | null {
  const details = useClips((state) => state.details);
  const key = ids.join();
  useEffect(() => {
    if (key === '') return;
    void attempt(() => Promise.all(key.split(',').map((id) => useClips.getState().loadDetail(id)))).then(
      (known) => {
        if (!known) useView.getState().closeCompare();
      },
    );
  }, [key]);
  const takes = ids.flatMap((id) => details.get(id) ?? []);
  return takes.length < ids.length || takes.length === 0 ? null : takes;
}

function Room({ takes }: { readonly takes: readonly ClipDetail[] }) {
  const { t } = useTranslation();
  const mac = useAppInfo((state) => state.info?.platform === 'darwin');
  const [openedAfter] = useState(latestNoticeId);
  const [chosen, setChosen] = useState(0);
  const [wiping, setWiping] = useState(false);
  const [speed, setSpeed] = useState(1);
  const { volume, muted, loop, setVolume, setLoop } = usePlayback();
  const group = useGroup(takes, { chosen, speed, loop, volume, muted });
  const cull = useCull();
  const two = takes.length === 2;
  const wipe = wiping && two;

  const onKey = (event: KeyboardEvent): void => {
    if (isTaken(event)) return;
    const command = compareCommand({ ...pick(event), code: event.code }, takes.length, chosen);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    switch (command.do) {
      case 'keep':
      case 'reject': {
        const take = takes[command.take];
        if (take !== undefined) cull.flag(take, command.do === 'keep' ? 'kept' : 'rejected');
        return;
      }
      case 'choose':
        return setChosen((chosen + command.by + takes.length) % takes.length);
      case 'step':
        return group.step(command.by);
      case 'seek':
        return group.seekBy(command.by);
      case 'first':
        return group.seek(0);
      case 'last':
        return group.seek(group.seconds);
      case 'speed':
        return setSpeed(nextSpeed(speed, command.direction));
      case 'toggle':
        return group.toggle();
      case 'loop':
        return setLoop(!loop);
      case 'mute':
        return setVolume(volume, !muted);
      case 'wipe':
        return setWiping(two && !wiping);
      case 'undo':
        return cull.undo();
      case 'redo':
        return cull.redo();
    }
  };
  return (
    <Stage
      title={t('compare.title', { count: takes.length })}
      mac={mac}
      onKey={onKey}
      onClose={() => useView.getState().closeCompare()}
      onClosed={focusTile}
      bar={
        <>
          <h1 className={styles.title}>{t('compare.title', { count: takes.length })}</h1>
          <span className="truncate muted">{sharedName(takes)}</span>
          <span className={styles.gap} />
          {two ? (
            <Segments
              label={t('compare.layout')}
              value={wipe ? 'wipe' : 'side'}
              choices={[
                { value: 'side', label: t('compare.sideBySide') },
                { value: 'wipe', label: t('compare.wipe') },
              ]}
              onChange={(layout) => setWiping(layout === 'wipe')}
            />
          ) : null}
        </>
      }
    >
      <Takes takes={takes} group={group} chosen={chosen} wipe={wipe} cull={cull} onChoose={setChosen} />
      <div className={styles.line}>
        <Where group={group} />
        <Steps playing={group.playing} onToggle={group.toggle} onStep={group.step} />
        <span className={styles.pace}>
          <Pace loop={loop} speed={speed} onLoop={setLoop} onSpeed={setSpeed} />
        </span>
      </div>
      <Differences takes={takes} />
      <Keys takes={takes.length} two={two} />
      <Notices after={openedAfter} />
    </Stage>
  );
}

function Where({ group }: { readonly group: Group }) {
  const time = useStore(group.clock);
  return (
    <span className={styles.where}>
      <span className={`num ${styles.time}`}>{timecode(time)}</span>
      <span className="num muted">/ {timecode(group.seconds)}</span>
    </span>
  );
}

function Keys({ takes, two }: { readonly takes: number; readonly two: boolean }) {
  const { t } = useTranslation();
  const { text, caps } = useKeys();
  const [first = ''] = caps('compare.keep');
  const each = [first, '–', caps('compare.keep')[takes - 1] ?? ''];
  const wipe: readonly LegendKey[] = [[caps('compare.wipe'), t('compare.wipeKey')]];
  const keys: readonly LegendKey[] = [
    [each, t('compare.keepKey')],
    [[text('Shift'), ...each], t('compare.rejectKey')],
    [caps('compare.choose'), t('compare.chooseKey')],
    [caps('viewer.toggle'), t('compare.playKey')],
    [caps('viewer.step'), t('compare.stepKey')],
    [caps('viewer.loop'), t('viewer.loopKey')],
    ...(two ? wipe : []),
  ];
  return <KeyLegend keys={keys} className={styles.keys} />;
}

function pick({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent) {
  return { key, shiftKey, altKey, ctrlKey, metaKey };
}

/** What all of them are called; empty where they differ. */
function sharedName(takes: readonly ClipDetail[]): string {
  const [first] = takes;
  return first !== undefined && takes.every(({ title }) => title === first.title) ? first.title : '';
}
