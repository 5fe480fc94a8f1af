// The file itself: shown or played, with the frame on its picture and the range below it.
import { Pause, Play } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reference } from '@shared/domain/reference';
import type { Span } from '@shared/domain/repair';
import { mediaUrl } from '../../client/mediaUrl';
import { IconButton } from '../../components/button/Button';
import { CropPicker } from '../../components/crop/CropPicker';
import { SecondsField } from '../../components/field/SecondsField';
import { Filmstrip } from '../../components/range/Filmstrip';
import { moveRange, type RangePart } from '../../components/range/rangeGeometry';
import { RangePicker } from '../../components/range/RangePicker';
import { ReferenceThumb } from '../../components/reference/ReferenceThumb';
import { errorText } from '../../i18n/errorText';
import { useFormat } from '../../i18n/useFormat';
import { ErrorButton } from '../errors/ErrorButton';
import type { Adjustment, Shape } from './adjustment';
import { usePlayback, type Playback } from './usePlayback';
import { usePreview, type Preview } from './usePreview';
import styles from './Repair.module.css';

interface MediaStageProps {
  readonly reference: Reference;
  readonly adjustment: Adjustment;
  readonly shape: Shape | null;
  /** Seconds, least and most; null where the model says nothing. */
  readonly allowed: readonly [number, number] | null;
  readonly onChange: (change: Partial<Adjustment>) => void;
}

/** Where the rate is not known, and for a sound. */
const TENTH = 0.1;

export function MediaStage({ reference, adjustment, shape, allowed, onChange }: MediaStageProps) {
  const media = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const preview = usePreview(reference.id);
  const playback = usePlayback(media, adjustment.span);
  const { kind, seconds, fps } = reference;
  const step = kind === 'video' && fps !== undefined ? 1 / fps : TENTH;
  const onKeyDown = (event: KeyboardEvent): void => {
    const tag = (event.target as HTMLElement).tagName;
    if (event.key !== ' ' || tag === 'BUTTON' || tag === 'INPUT') return;
    event.preventDefault();
    playback.toggle();
  };
  const onSpan = (span: Span, part: RangePart): void => {
    onChange({ span });
    // Shows the frame that is taken hold of: the first one of the range, or the last one still in it.
    playback.seek(part === 'to' ? Math.max(span.from, span.to - step) : span.from);
  };
  return (
    <div className={styles.stage} onKeyDown={onKeyDown}>
      {kind === 'audio' ? (
        <audio ref={media} src={preview.address ?? undefined} />
      ) : (
        <Picture
          reference={reference}
          preview={preview}
          adjustment={adjustment}
          shape={shape}
          media={media}
          onChange={onChange}
        />
      )}
      <PreviewWords preview={preview} />
      {adjustment.span === null || seconds === undefined ? null : (
        <Range
          reference={reference}
          preview={preview}
          playback={playback}
          span={adjustment.span}
          seconds={seconds}
          step={step}
          allowed={allowed}
          onSpan={onSpan}
        />
      )}
    </div>
  );
}

/** What stands in for a picture that cannot be shown yet, or ever. */
function PreviewWords({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (preview.address !== null) return null;
  const words =
    preview.error !== null
      ? errorText(preview.error, t, format).sentence
      : preview.done === null
        ? t('repair.previewing')
        : t('repair.previewingPart', { part: format.percent(preview.done) });
  return (
    <>
      <p className="meta" role="status">
        {words}
      </p>
      {preview.error === null ? null : <ErrorButton code={preview.error.code} />}
    </>
  );
}

interface PictureProps {
  readonly reference: Reference;
  readonly preview: Preview;
  readonly adjustment: Adjustment;
  readonly shape: Shape | null;
  readonly media: RefObject<HTMLVideoElement | null>;
  readonly onChange: (change: Partial<Adjustment>) => void;
}

/** The most height that a picture gets, so that the range below it is in sight too. */
const MOST_HEIGHT = 'min(340px, 40vh)';

function Picture({ reference, preview, adjustment, shape, media, onChange }: PictureProps) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const { kind, width = 16, height = 9 } = reference;
  const padded = adjustment.pad && shape !== null;
  const ratio = padded ? shape.ratio : width / height;
  const { frame } = adjustment;
  const content: ReactNode = (
    <span className={styles.picture} data-padded={padded || undefined} style={{ aspectRatio: ratio }}>
      {preview.address === null || failed ? (
        <>
          <ReferenceThumb
            kind={kind}
            src={reference.hasThumb ? mediaUrl('thumb', reference.id) : null}
            size="fill"
          />
          {failed ? <span className={styles.failed}>{t('player.failed')}</span> : null}
        </>
      ) : kind === 'video' ? (
        <video
          ref={media}
          src={preview.address}
          aria-label={reference.name}
          playsInline
          preload="auto"
          onError={() => setFailed(true)}
        />
      ) : (
        <img src={preview.address} alt="" draggable={false} onError={() => setFailed(true)} />
      )}
    </span>
  );
  return (
    <div className={styles.screen} data-waiting={preview.address === null || undefined}>
      <div style={{ width: `min(100%, ${MOST_HEIGHT} * ${ratio})` }}>
        {frame === null || padded ? (
          content
        ) : (
          <CropPicker
            frame={frame}
            words={`${Math.round(frame.width * width)}×${Math.round(frame.height * height)}`}
            onChange={(next) => onChange({ frame: next })}
          >
            {content}
          </CropPicker>
        )}
      </div>
    </div>
  );
}

interface RangeProps {
  readonly reference: Reference;
  readonly preview: Preview;
  readonly playback: Playback;
  readonly span: Span;
  readonly seconds: number;
  readonly step: number;
  readonly allowed: readonly [number, number] | null;
  readonly onSpan: (span: Span, part: RangePart) => void;
}

function Range({ reference, preview, playback, span, seconds, step, allowed, onSpan }: RangeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const bounds = { seconds, least: allowed?.[0] ?? step, step };
  const type = (part: RangePart, at: number): void => onSpan(moveRange(span, part, at, bounds), part);
  const length = span.to - span.from;
  const wrong = allowed !== null && (length < allowed[0] - 0.005 || length > allowed[1] + 0.005);
  return (
    <>
      <RangePicker
        {...bounds}
        span={span}
        position={playback.position}
        picture={<Track reference={reference} address={preview.address} seconds={seconds} />}
        onChange={onSpan}
        onSeek={playback.seek}
      />
      <div className={styles.transport}>
        <IconButton
          icon={playback.playing ? Pause : Play}
          label={playback.playing ? t('player.pause') : t('repair.playRange')}
          disabled={preview.address === null}
          onClick={playback.toggle}
        />
        <SecondsField label={t('repair.from')} value={span.from} onCommit={(at) => type('from', at)} />
        <SecondsField label={t('repair.to')} value={span.to} onCommit={(at) => type('to', at)} />
        <p className={styles.length} data-wrong={wrong || undefined}>
          <b className="num">{t('units.seconds', { value: format.number(length, 2) })}</b>
          {allowed === null ? null : (
            <span className="num">
              {t('repair.allowed', {
                least: format.number(allowed[0], 2),
                most: format.number(allowed[1], 2),
              })}
            </span>
          )}
        </p>
      </div>
    </>
  );
}

interface TrackProps {
  readonly reference: Reference;
  readonly address: string | null;
  readonly seconds: number;
}

function Track({ reference, address, seconds }: TrackProps) {
  if (reference.kind === 'video')
    return address === null ? null : <Filmstrip src={address} seconds={seconds} />;
  return (
    <span className={styles.track}>
      <ReferenceThumb
        kind={reference.kind}
        src={reference.hasThumb ? mediaUrl('thumb', reference.id) : null}
        size="fill"
      />
    </span>
  );
}
