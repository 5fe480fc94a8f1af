// A generation that is not a clip yet: where it stands, what it was asked for, what went wrong.
import { useTranslation } from 'react-i18next';
import type { Generation } from '@shared/domain/generation';
import { findModel } from '@shared/domain/models';
import { copyText } from '../../client/clipboard';
import { Icon } from '../../components/button/Icon';
import { ErrorDetails } from '../../components/details/ErrorDetails';
import { FactList, type Fact } from '../../components/details/FactList';
import { Clock, RelativeTime } from '../../components/time/Clock';
import { useFormat } from '../../i18n/useFormat';
import { LiveAction } from '../library/LiveAction';
import { useIsPractice, useLiveWords } from '../library/useLiveWords';
import { RecipeSections } from './RecipeSections';
import styles from './Inspector.module.css';

export function GenerationInspector({ generation }: { readonly generation: Generation }) {
  const { t } = useTranslation();
  const words = useLiveWords(generation);
  const { error, taskId } = generation;
  return (
    <div className={styles.scroll}>
      <section className={styles.section}>
        <b className={styles.stateHead}>
          <span data-tone={words.tone} className={styles.tone}>
            <Icon of={words.icon} size="s" />
          </span>
          {words.heading}
          {words.figure === null ? null : (
            <span className={`num ${styles.stateFigure}`}>
              {'since' in words.figure ? <Clock since={words.figure.since} /> : words.figure.text}
            </span>
          )}
        </b>
        <p className="muted">{words.line}</p>
        {words.next === null ? null : <p>{words.next}</p>}
        {words.action === null && !words.leader ? null : (
          <div>
            <LiveAction generation={generation} action={words.leader ? 'reuse' : words.action} />
          </div>
        )}
      </section>
      {error === null ? null : (
        <section className={styles.section}>
          <h3>{t('details.title')}</h3>
          <ErrorDetails
            error={error}
            more={[
              ...(taskId === null ? [] : [[t('details.taskId'), taskId] as const]),
              [t('details.endpoint'), generation.connection.baseUrl],
            ]}
            onCopy={copyText}
          />
        </section>
      )}
      <RecipeSections recipe={generation.recipe} />
      <MadeWith generation={generation} />
    </div>
  );
}

function MadeWith({ generation }: { readonly generation: Generation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const practice = useIsPractice(generation.connection.id);
  const { recipe, estimate, taskId, connection, createdAt } = generation;
  const { ratio, resolution, duration, seed } = recipe.parameters;
  const length = duration === -1 ? t('composer.auto') : t('units.seconds', { value: duration });
  const price = estimate?.price ?? null;
  const facts: (Fact | null)[] = [
    { name: t('inspector.model'), value: findModel(recipe.model)?.label ?? recipe.model },
    {
      name: t('inspector.size'),
      value: [ratio === 'adaptive' ? t('composer.adaptive') : ratio, resolution, length].join(' · '),
    },
    seed === null ? null : { name: t('inspector.seed'), value: seed },
    estimate === null
      ? null
      : {
          name: t('inspector.estimated'),
          value: [
            practice ? t('common.free') : price === null ? null : format.moneyRange(price, price.currency),
            t('units.tokens', { value: format.range(estimate.tokens) }),
          ]
            .filter((part) => part !== null)
            .join(' · '),
        },
    { name: t('inspector.connection'), value: connection.label },
    { name: t('inspector.started'), value: <RelativeTime iso={createdAt} /> },
    taskId === null
      ? null
      : {
          name: t('inspector.task'),
          value: taskId,
          mono: true,
          copy: { label: t('common.copy'), onCopy: () => copyText(taskId) },
        },
  ];
  return (
    <section className={styles.section}>
      <h3>{t('inspector.madeWith')}</h3>
      <FactList facts={facts.filter((fact) => fact !== null)} />
    </section>
  );
}
