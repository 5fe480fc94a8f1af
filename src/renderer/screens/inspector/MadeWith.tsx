// Model, size, seed, file, money, times and ids of a clip.
import { useTranslation } from 'react-i18next';
import type { ClipDetail } from '@shared/domain/clip';
import { findModel } from '@shared/domain/models';
import { copyText } from '../../client/clipboard';
import { FactList, type Fact } from '../../components/details/FactList';
import { useFormat, type Format } from '../../i18n/useFormat';
import type { TFunction } from 'i18next';
import styles from './Inspector.module.css';

export function MadeWith({ detail }: { readonly detail: ClipDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={styles.section}>
      <h3>{t('inspector.madeWith')}</h3>
      <FactList facts={factsOf(detail, t, format)} />
    </section>
  );
}

function factsOf(detail: ClipDetail, t: TFunction, format: Format): Fact[] {
  const { recipe, task } = detail;
  const facts: (Fact | null)[] = [
    recipe === null
      ? null
      : { name: t('inspector.model'), value: findModel(recipe.model)?.label ?? recipe.model },
    { name: t('inspector.size'), value: sizeOf(detail, t, format) },
    seedFact(detail, t),
    lastFrameFact(detail, t),
    { name: t('inspector.file'), value: format.bytes(detail.bytes) },
    costFact(detail, t, format),
    estimateFact(detail, t, format),
    ...(task === null ? [] : taskFacts(task, detail.practice, t, format)),
  ];
  return facts.filter((fact) => fact !== null);
}

function sizeOf({ recipe, task, width, height, seconds }: ClipDetail, t: TFunction, format: Format): string {
  const ratio = task?.ratio ?? recipe?.parameters.ratio ?? null;
  const resolution = task?.resolution ?? recipe?.parameters.resolution ?? `${width}×${height}`;
  const length = t('units.seconds', { value: format.number(seconds, 1) });
  return [ratio === 'adaptive' ? null : ratio, resolution, length]
    .filter((part) => part !== null)
    .join(' · ');
}

/** Asked for is not had: it may have been given up while the clip was secured. */
function lastFrameFact({ recipe, hasLastFrame }: ClipDetail, t: TFunction): Fact | null {
  if (!hasLastFrame && recipe?.parameters.returnLastFrame !== true) return null;
  const value = hasLastFrame ? t('inspector.lastFrameKept') : t('inspector.lastFrameMissing');
  return { name: t('inspector.lastFrame'), value };
}

function seedFact({ recipe, task }: ClipDetail, t: TFunction): Fact | null {
  const seed = task?.seed ?? recipe?.parameters.seed ?? null;
  return seed === null ? null : { name: t('inspector.seed'), value: seed, copy: copying(String(seed), t) };
}

function costFact({ price, tokens, practice }: ClipDetail, t: TFunction, format: Format): Fact | null {
  const counted = tokens === null ? null : t('units.tokens', { value: format.number(tokens) });
  const money = practice
    ? t('common.free')
    : price === null
      ? null
      : format.money(price.amount, price.currency);
  const parts = [money, counted].filter((part) => part !== null);
  return parts.length === 0 ? null : { name: t('inspector.cost'), value: parts.join(' · '), strong: true };
}

function estimateFact({ task }: ClipDetail, t: TFunction, format: Format): Fact | null {
  const estimated = task?.estimatedTokens ?? null;
  if (estimated === null) return null;
  return {
    name: t('inspector.estimated'),
    value: t('units.about', { value: t('units.tokens', { value: format.range(estimated) }) }),
  };
}

function taskFacts(
  task: NonNullable<ClipDetail['task']>,
  practice: boolean,
  t: TFunction,
  format: Format,
): (Fact | null)[] {
  const time = (name: string, seconds: number | null): Fact | null =>
    seconds === null ? null : { name, value: format.clock(seconds) };
  return [
    time(t('inspector.waited'), task.waitedSeconds),
    time(t('inspector.rendered'), task.renderedSeconds),
    time(t('inspector.secured'), task.securedSeconds),
    { name: t('inspector.connection'), value: practice ? t('connect.presetPractice') : task.connectionLabel },
    { name: t('inspector.task'), value: task.id, mono: true, copy: copying(task.id, t) },
    task.requestId === null
      ? null
      : { name: t('inspector.request'), value: task.requestId, mono: true, copy: copying(task.requestId, t) },
  ];
}

function copying(text: string, t: TFunction): Fact['copy'] {
  return { label: t('common.copy'), onCopy: () => copyText(text) };
}
