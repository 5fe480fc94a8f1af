// A generation that is not a clip yet: where it stands, what it was asked for, what went wrong.
import { Timer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isEnded, type Generation } from '@shared/domain/generation';
import { findModel } from '@shared/domain/models';
import { copyText } from '../../client/clipboard';
import { Icon } from '../../components/button/Icon';
import { FactList, type Fact } from '../../components/details/FactList';
import { Clock, RelativeTime } from '../../components/time/Clock';
import { useFormat } from '../../i18n/useFormat';
import { useMinute } from '../../components/time/useNow';
import { linkClock, recordClock } from '../library/lifeClocks';
import { LiveAction } from '../library/LiveAction';
import { LiveDetails } from '../library/LiveDetails';
import { useIsPractice, useLiveWords } from '../library/useLiveWords';
import type { LiveActionName } from '../library/wordsShape';
import { MadeFrom } from './MadeFrom';
import { RecipeSections } from './RecipeSections';
import styles from './Inspector.module.css';

export function GenerationInspector({ generation }: { readonly generation: Generation }) {
  const { t } = useTranslation();
  const words = useLiveWords(generation);
  const { error, origin } = generation;
  const actions: readonly LiveActionName[] = words.actions.length > 0 ? words.actions : ['reuse'];
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
        {origin === 'found' ? <p className="muted">{t('states.foundLine')}</p> : null}
        <LifeClocks generation={generation} />
        <div className={styles.ways}>
          {actions.map((action) => (
            <LiveAction key={action} generation={generation} action={action} />
          ))}
          {actions.includes('journal') || error !== null ? null : (
            <LiveAction generation={generation} action="journal" />
          )}
        </div>
      </section>
      {error === null ? null : (
        <section className={styles.section}>
          <h3>{t('details.title')}</h3>
          <LiveDetails generation={generation} />
        </section>
      )}
      <RecipeSections recipe={generation.recipe} />
      <MadeFrom recipe={generation.recipe} />
      <MadeWith generation={generation} />
    </div>
  );
}

/** Until when it can still be fetched, as long as it is not safe. */
function LifeClocks({ generation }: { readonly generation: Generation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const { state, linkExpiresAt, recordExpiresAt } = generation;
  if (isEnded(state) || state === 'held') return null;
  const fetching = state === 'downloading' || state === 'finishing';
  const clocks = [
    { text: fetching ? linkClock(generation, now, t) : null, until: linkExpiresAt },
    { text: recordClock(generation, now, t), until: recordExpiresAt },
  ];
  return (
    <ul className={styles.clocks}>
      {clocks.map(({ text, until }) =>
        text === null || until === null ? null : (
          <li key={text} className="num" title={format.exact(until)}>
            <Icon of={Timer} size="xs" />
            {text}
          </li>
        ),
      )}
    </ul>
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
    { name: t('inspector.connection'), value: practice ? t('connect.presetPractice') : connection.label },
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
