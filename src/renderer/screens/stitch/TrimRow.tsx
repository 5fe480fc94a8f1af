// The chosen take, cut to the part that the film shows.
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { SecondsField } from '../../components/field/SecondsField';
import { moveRange, type RangePart } from '../../components/range/rangeGeometry';
import { RangePicker } from '../../components/range/RangePicker';
import { fpsOf } from '../../components/player/timecode';
import { useStitch } from '../../stores/stitchStore';
import { FrameStrip } from '../inspector/FrameStrip';
import type { StripPart } from './stripPlace';
import type { StripPlay } from './useStripPlay';
import styles from './Stitch.module.css';

interface TrimRowProps {
  readonly part: StripPart;
  readonly play: StripPlay;
}

export function TrimRow({ part, play }: TrimRowProps) {
  const { t } = useTranslation();
  const { key, clip, from, to } = part;
  const { trim } = useStitch.getState();
  const frame = 1 / fpsOf(clip);
  const bounds = { seconds: clip.seconds, least: frame, step: frame };
  const span = { from, to };
  const change = (next: typeof span, moved: RangePart): void => {
    trim(key, next);
    // The picture shows the frame that the moved end leaves in sight.
    play.seek(moved === 'to' ? Math.max(next.from, next.to - frame) : next.from);
  };
  const move = (end: RangePart, at: number): void => change(moveRange(span, end, at, bounds), end);
  return (
    <div className={styles.trim}>
      <RangePicker
        {...bounds}
        span={span}
        picture={<FrameStrip clip={clip} />}
        position={play.moment}
        onSeek={play.seek}
        onChange={change}
      />
      <div className={styles.ends}>
        <SecondsField label={t('range.from')} value={from} onCommit={(at) => move('from', at)} />
        <SecondsField label={t('range.to')} value={to} onCommit={(at) => move('to', at)} />
        <Button
          size="s"
          variant="ghost"
          disabled={from === 0 && to === clip.seconds}
          onClick={() => change({ from: 0, to: clip.seconds }, 'from')}
        >
          {t('stitch.whole')}
        </Button>
      </div>
    </div>
  );
}
