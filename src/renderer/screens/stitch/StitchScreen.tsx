// Takes in a row become one film: order, trim, look at it, and make it.
import { Clapperboard, ListPlus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { Dialog } from '../../components/dialog/Dialog';
import { useFormat } from '../../i18n/useFormat';
import { attempt, latestNoticeId, useNotices } from '../../stores/noticesStore';
import { useStitch } from '../../stores/stitchStore';
import { useView } from '../../stores/viewStore';
import { Notices } from '../notices/Notices';
import { FilmFacts } from './FilmFacts';
import { Strip } from './Strip';
import { stripParts } from './stripPlace';
import { StripPlayer } from './StripPlayer';
import { TrimRow } from './TrimRow';
import { useStripPlay } from './useStripPlay';
import styles from './Stitch.module.css';

/** The strip rests this long before main is asked how it would be made. */
const PLAN_AFTER_MS = 250;

export default function StitchScreen() {
  const { t } = useTranslation();
  const { closeStitch } = useView.getState();
  return (
    <Dialog title={t('stitch.title')} size="large" onClose={closeStitch}>
      <Stitch onClose={closeStitch} />
    </Dialog>
  );
}

function Stitch({ onClose }: { readonly onClose: () => void }) {
  const wanted = useView((state) => state.stitchIds);
  const items = useStitch((state) => state.items);
  const [since] = useState(latestNoticeId);
  useEffect(() => {
    if (wanted.length > 0) void attempt(() => useStitch.getState().add(wanted));
  }, [wanted]);
  return (
    <div className={styles.stitch}>
      {items.length === 0 ? <Empty /> : <Table onClose={onClose} />}
      <Notices after={since} />
    </div>
  );
}

function Empty() {
  const { t } = useTranslation();
  return (
    <div className={styles.empty}>
      <Icon of={Clapperboard} size="l" />
      <p>{t('stitch.empty')}</p>
      <AddKept />
    </div>
  );
}

function AddKept() {
  const { t } = useTranslation();
  const add = (): void =>
    void attempt(async () => {
      const added = await useStitch.getState().addKept();
      if (added === 0) useNotices.getState().tell(t('stitch.noMoreKept'));
    });
  return (
    <Button onClick={add}>
      <Icon of={ListPlus} size="s" />
      {t('stitch.addKept')}
    </Button>
  );
}

function Table({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { items, clips, chosen, choice, plan, problem } = useStitch();
  const { choose, clear, make } = useStitch.getState();
  const video = useRef<HTMLVideoElement>(null);
  const [asking, setAsking] = useState(false);
  const parts = stripParts(items, clips);
  const shown = parts.find(({ key }) => key === chosen) ?? parts[0] ?? null;
  const play = useStripPlay(video, parts, shown, choose);

  useEffect(() => {
    const timer = setTimeout(() => void useStitch.getState().loadPlan(), PLAN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [items, choice]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const { tagName } = event.target as HTMLElement;
    if (event.key !== ' ' || tagName === 'BUTTON' || tagName === 'INPUT') return;
    play.toggle();
    event.preventDefault();
  };
  const begin = async (): Promise<void> => {
    setAsking(true);
    await attempt(async () => {
      if (await make()) onClose();
    });
    setAsking(false);
  };
  return (
    <div className={styles.table} onKeyDown={onKeyDown}>
      <div className={styles.upper}>
        <StripPlayer video={video} parts={parts} shown={shown} play={play} />
        <FilmFacts parts={parts} />
      </div>
      <Strip parts={parts} shown={shown} plan={plan} moment={play.moment} />
      {shown === null ? null : <TrimRow part={shown} play={play} />}
      <div className={styles.foot}>
        <AddKept />
        <Button variant="ghost" onClick={clear}>
          <Icon of={Trash2} size="s" />
          {t('stitch.clear')}
        </Button>
        <span className={`meta num ${styles.count}`}>
          {t('stitch.takes', { count: parts.length, value: format.number(parts.length) })}
        </span>
        <Button
          variant="primary"
          size="l"
          disabled={parts.length === 0 || problem !== null || asking}
          onClick={() => void begin()}
        >
          {t('stitch.make')}
        </Button>
      </div>
    </div>
  );
}
