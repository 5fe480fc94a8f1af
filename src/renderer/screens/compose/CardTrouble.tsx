// Below a card: the work on its file, or what holds it back with the button that helps, or a quiet note.
import {
  CircleAlert,
  Crop,
  FileVideo2,
  FolderOpen,
  Gauge,
  Info,
  Repeat,
  Scaling,
  Scissors,
  Shrink,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftReference, Problem } from '@shared/domain/draft';
import type { Generation } from '@shared/domain/generation';
import { frameFit, repairFor, type Repair } from '@shared/domain/repair';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { errorText } from '../../i18n/errorText';
import { problemText } from '../../i18n/problemText';
import { repairSteps, shortSteps, type RepairStepName } from '../../i18n/repairText';
import { useFormat } from '../../i18n/useFormat';
import { useIntake } from '../../stores/intakeStore';
import { useRepairs, type RepairWork } from '../../stores/repairsStore';
import { useView } from '../../stores/viewStore';
import { ErrorButton } from '../errors/ErrorButton';
import type { DraftFacts } from './useDraftFacts';
import styles from './Tray.module.css';

const STEP_ICONS: Record<RepairStepName, LucideIcon> = {
  cut: Scissors,
  repeat: Repeat,
  crop: Crop,
  pad: Scaling,
  scale: Scaling,
  fps: Gauge,
  format: FileVideo2,
  shrink: Shrink,
};

interface CardTroubleProps {
  readonly item: DraftReference;
  readonly facts: DraftFacts;
  readonly refusal: Generation | null;
  readonly onRemove: () => void;
}

export function CardTrouble({ item, facts, refusal, onRemove }: CardTroubleProps) {
  const work = useRepairs((state) => state.works.get(item.reference.id));
  const errors = facts.errorsOf.get(item.key) ?? [];
  if (work !== undefined) return <Working item={item} work={work} />;
  if (refusal === null && errors.length === 0) return <Advice item={item} facts={facts} />;
  return (
    <>
      {refusal === null ? null : <Refusal item={item} facts={facts} refusal={refusal} onRemove={onRemove} />}
      {errors.length === 0 ? null : <Errors item={item} facts={facts} errors={errors} />}
    </>
  );
}

function Working({ item, work }: { readonly item: DraftReference; readonly work: RepairWork }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { done } = work;
  const words = shortSteps(repairSteps(work.repair, item.reference, t, format), t);
  return (
    <div className={styles.trouble} data-quiet>
      <p className={styles.working}>
        <span className="truncate">{words}</span>
        {done === null ? null : <span className="num">{format.percent(done)}</span>}
      </p>
      <Button
        size="s"
        variant="ghost"
        aria-label={t('repair.cancelOf', { name: item.reference.name })}
        onClick={({ currentTarget }) => {
          currentTarget.closest('li')?.focus();
          useRepairs.getState().cancel(item.reference.id);
        }}
      >
        {t('common.cancel')}
      </Button>
      <span
        className={styles.progress}
        role="progressbar"
        aria-label={words}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={done === null ? undefined : Math.floor(done * 100)}
      >
        <i style={{ width: `${100 * (done ?? 0)}%` }} />
      </span>
    </div>
  );
}

interface ErrorsProps {
  readonly item: DraftReference;
  readonly facts: DraftFacts;
  readonly errors: readonly Problem[];
}

function Errors({ item, facts, errors }: ErrorsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { model } = facts;
  const ofFile = errors.filter(({ code }) => code !== 'video_needs_host');
  // What is only advice is put right on the way.
  const repair = model === undefined ? null : repairFor(item, facts.problems, model);
  const needsHost = ofFile.length < errors.length;
  return (
    <div className={styles.trouble}>
      <ul className={styles.problems}>
        {errors.map((problem) => (
          <li key={problem.code}>
            <Icon of={CircleAlert} size="s" />
            <span>{problemText(problem, t, format)}</span>
          </li>
        ))}
        {ofFile.length > 0 && repair === null ? <li className="muted">{t('repair.beyond')}</li> : null}
      </ul>
      <span className={styles.fixes}>
        {repair === null ? null : <RepairButton item={item} repair={repair} />}
        {ofFile.length > 0 && repair === null ? <ReplaceButton item={item} /> : null}
        {needsHost ? (
          <Button
            size="s"
            title={t('problems.video_needs_hostNote')}
            onClick={() => useView.getState().openSettings('hosting')}
          >
            {t('repair.chooseHost')}
          </Button>
        ) : null}
      </span>
    </div>
  );
}

function RepairButton({ item, repair }: { readonly item: DraftReference; readonly repair: Repair }) {
  const { t } = useTranslation();
  const format = useFormat();
  const steps = repairSteps(repair, item.reference, t, format);
  const all = steps.map(({ will }) => will).join(t('common.comma'));
  const [first] = steps;
  return (
    <Button
      size="s"
      className={styles.fix}
      data-testid="repair"
      title={steps.length > 1 ? all : undefined}
      aria-label={steps.length > 1 ? all : undefined}
      onClick={({ currentTarget }) => {
        // The button goes: its card keeps the focus.
        currentTarget.closest('li')?.focus();
        void useRepairs.getState().start(item.reference, repair);
      }}
    >
      {first === undefined ? null : <Icon of={STEP_ICONS[first.name]} size="xs" />}
      <span className="truncate">{shortSteps(steps, t)}</span>
    </Button>
  );
}

function ReplaceButton({ item }: { readonly item: DraftReference }) {
  const { t } = useTranslation();
  return (
    <Button size="s" onClick={() => void useIntake.getState().pickFor(item.key)}>
      <Icon of={FolderOpen} size="xs" />
      {t('composer.replaceFile')}
    </Button>
  );
}

/** The provider named this file when it refused: its words, and the way out. */
function Refusal({ item, facts, refusal, onRemove }: CardTroubleProps & { readonly refusal: Generation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { error } = refusal;
  if (error === null) return null;
  // Named as the draft counts now, not as it did when it was sent.
  const here = { ...error, detail: { ...error.detail, referenceId: item.reference.id } };
  const words = errorText(here, t, format, facts.draft);
  return (
    <div className={styles.trouble}>
      <ul className={styles.problems}>
        <li>
          <Icon of={CircleAlert} size="s" />
          <span>
            {words.sentence} <span className="muted">{words.next}</span>
          </span>
        </li>
      </ul>
      <span className={styles.fixes}>
        <ErrorButton code={error.code} />
        <ReplaceButton item={item} />
        <Button size="s" variant="ghost" onClick={onRemove}>
          {t('common.remove')}
        </Button>
      </span>
    </div>
  );
}

function Advice({ item, facts }: { readonly item: DraftReference; readonly facts: DraftFacts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { model, draft } = facts;
  const advice = facts.adviceOf.get(item.key) ?? [];
  const isFrame = item.role === 'first_frame' || item.role === 'last_frame';
  const local = item.reference.source !== 'url';
  const fit =
    isFrame && local && model !== undefined ? frameFit(item.reference, model, draft.parameters) : null;
  const repair = model === undefined ? null : repairFor(item, facts.problems, model);
  const notes: { key: string; words: ReactNode; button: ReactNode }[] = advice.map((problem) => ({
    key: problem.code,
    words: problemText(problem, t, format),
    button:
      problem.code === 'colour_unusual' && repair !== null ? (
        <RepairButton item={item} repair={repair} />
      ) : null,
  }));
  if (fit !== null)
    notes.push({
      key: 'fit',
      words: t('repair.frameNote'),
      button: <RepairButton item={item} repair={fit} />,
    });
  if (notes.length === 0) return null;
  return (
    <div className={styles.trouble} data-quiet>
      <ul className={styles.problems}>
        {notes.map(({ key, words }) => (
          <li key={key}>
            <Icon of={Info} size="s" />
            <span>{words}</span>
          </li>
        ))}
      </ul>
      {notes.map(({ key, button }) => (button === null ? null : <span key={key}>{button}</span>))}
    </div>
  );
}
