// A clip among its relatives: what came of it, and its siblings with what differs. Alt and left goes back.
import { Undo2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip, ClipDetail } from '@shared/domain/clip';
import { mediaUrl } from '../../client/mediaUrl';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { isSheetOpen, isText } from '../../components/windowKeys';
import { comparedWith, trailTo, useLineage } from '../../stores/lineageStore';
import { useClips } from '../../stores/clipsStore';
import { attempt } from '../../stores/noticesStore';
import { useView } from '../../stores/viewStore';
import { rowsOf } from '../compare/differences';
import { rowName } from '../compare/factWords';
import { promptRuns } from '../compare/promptDifference';
import sections from './Inspector.module.css';
import styles from './Lineage.module.css';

/** Thumbs in sight before the rest is asked for. */
const FEW = 8;
/** Names of facts before the rest is only counted. */
const MOST_NAMED = 3;

export function Lineage({ clip }: { readonly clip: ClipDetail }) {
  const { t } = useTranslation();
  const lineage = useLineage((state) => state.lineages.get(clip.id));
  const back = useLineage((state) => trailTo(state, clip.id).length > 0);
  useEffect(() => {
    void attempt(() => useLineage.getState().load(clip.id), clip.title);
    // A revision of another clip may have made it a relative; its own is enough to look again.
  }, [clip.id, clip.title, clip.revision]);
  useWayBack();
  if (lineage === undefined) return null;
  const { madeFrom, usedIn, siblings } = lineage;
  // What its recipe names stands in a list of its own, with the parts that were taken.
  const named = new Set(clip.recipe?.references.map(({ reference }) => reference.clip?.id));
  const others = madeFrom.filter(({ id }) => !named.has(id));
  return (
    <>
      {back ? (
        <div className={`${sections.section} ${styles.back}`}>
          <Button size="s" variant="ghost" onClick={() => useLineage.getState().walkBack()}>
            <Icon of={Undo2} size="s" />
            {t('lineage.back')}
          </Button>
        </div>
      ) : null}
      <Relatives title={t('inspector.madeFrom')} clips={others} />
      <Relatives title={t('lineage.usedIn')} clips={usedIn} />
      {siblings.length === 0 ? null : <Siblings clip={clip} siblings={siblings} />}
    </>
  );
}

function Relatives({ title, clips }: { readonly title: string; readonly clips: readonly Clip[] }) {
  if (clips.length === 0) return null;
  return (
    <section className={sections.section}>
      <h3>{title}</h3>
      <Thumbs clips={clips} />
    </section>
  );
}

function Siblings({ clip, siblings }: { readonly clip: ClipDetail; readonly siblings: readonly Clip[] }) {
  const { t } = useTranslation();
  const family = useMemo(
    () => [clip, ...siblings].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)),
    [clip, siblings],
  );
  const [pointed, setPointed] = useState<string | null>(null);
  const place = family.findIndex(({ id }) => id === clip.id);
  const against = siblings.find(({ id }) => id === pointed) ?? family[place - 1] ?? family[place + 1];
  return (
    <section className={sections.section}>
      <div className={styles.head}>
        <h3>{t('lineage.siblings')}</h3>
        {against === undefined ? null : (
          <Difference clip={clip} other={against} place={family.indexOf(against) + 1} />
        )}
      </div>
      <Thumbs clips={family} current={clip.id} onPoint={setPointed} />
      <Button
        size="s"
        className={styles.compare}
        onClick={() => useView.getState().openCompare(comparedWith(clip.id, siblings))}
      >
        {t('lineage.compare')}
      </Button>
    </section>
  );
}

interface DifferenceProps {
  readonly clip: ClipDetail;
  readonly other: Clip;
  /** Of the other in the family, from 1. */
  readonly place: number;
}

function Difference({ clip, other, place }: DifferenceProps) {
  const { t } = useTranslation();
  const detail = useClips((state) => state.details.get(other.id));
  useEffect(() => {
    if (!useClips.getState().details.has(other.id))
      void attempt(() => useClips.getState().loadDetail(other.id), other.title);
  }, [other.id, other.title]);
  if (detail === undefined) return null;
  const names = rowsOf([clip, detail])
    .filter((row) => row.differs && !(row.type === 'fact' && OUTCOMES.has(row.name)))
    .map((row) => rowName(row, t).toLocaleLowerCase());
  const prompts = promptRuns([clip, detail].map(({ recipe }) => recipe ?? { prompt: '', references: [] }));
  if (prompts.some((runs) => runs.some(({ differs }) => differs)))
    names.unshift(t('inspector.prompt').toLocaleLowerCase());
  const shown = names.slice(0, MOST_NAMED).join(t('common.comma'));
  const what =
    names.length > MOST_NAMED
      ? t('lineage.andMore', { names: shown, count: names.length - MOST_NAMED })
      : shown;
  return (
    <span className={`truncate num ${styles.differs}`} title={what}>
      {names.length === 0 ? t('lineage.sameAs', { place }) : t('lineage.differsFrom', { place, what })}
    </span>
  );
}

/** What came out, not what was asked for. */
const OUTCOMES = new Set<string>(['price', 'tokens', 'rendered', 'connection']);

interface ThumbsProps {
  readonly clips: readonly Clip[];
  /** The one that is shown already. */
  readonly current?: string;
  readonly onPoint?: (id: string | null) => void;
}

function Thumbs({ clips, current, onPoint }: ThumbsProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const here = clips.findIndex(({ id }) => id === current);
  const from = all ? 0 : Math.max(0, Math.min(here - FEW / 2, clips.length - FEW));
  const shown = all ? clips : clips.slice(from, from + FEW);
  return (
    <ul className={styles.thumbs} onPointerLeave={() => onPoint?.(null)}>
      {shown.map((clip) => {
        const name = clip.title === '' ? t('common.untitled') : clip.title;
        return (
          <li key={clip.id}>
            <button
              type="button"
              className={styles.thumb}
              title={name}
              aria-label={name}
              aria-current={clip.id === current || undefined}
              onPointerEnter={() => onPoint?.(clip.id)}
              onFocus={() => onPoint?.(clip.id)}
              onClick={() => useLineage.getState().walkTo(clip.id)}
            >
              {clip.hasPoster ? <img src={mediaUrl('poster', clip.id)} alt="" draggable={false} /> : null}
            </button>
          </li>
        );
      })}
      {shown.length === clips.length ? null : (
        <li>
          <button type="button" className={`num ${styles.rest}`} onClick={() => setAll(true)}>
            {t('lineage.more', { count: clips.length - shown.length })}
          </button>
        </li>
      )}
    </ul>
  );
}

function useWayBack(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!event.altKey || event.key !== 'ArrowLeft' || event.defaultPrevented) return;
      if (isSheetOpen() || isText(event.target)) return;
      event.preventDefault();
      useLineage.getState().walkBack();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
