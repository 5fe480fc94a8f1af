// What the chosen takes cost together, what that makes of the month, and the yes.
import { Send, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Generation } from '@shared/domain/generation';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { committed } from '../../i18n/budgetText';
import { costParts } from '../../i18n/costText';
import { useFormat } from '../../i18n/useFormat';
import { totalOf, type CostTotal } from '../../stores/costTotal';
import { useGenerations } from '../../stores/generationsStore';
import { useNetwork } from '../../stores/networkStore';
import { attempt } from '../../stores/noticesStore';
import { sendWithQuestions } from '../../stores/questionsStore';
import { monthOf, useSpend } from '../../stores/spendStore';
import { needsNetwork } from '../../stores/useOffline';
import { SettingsButton } from '../errors/ErrorButton';
import styles from './Outbox.module.css';

interface OutboxBarProps {
  readonly chosen: readonly Generation[];
  readonly free: ReadonlySet<string>;
  /** The composer's button is the next thing to do. */
  readonly quiet: boolean;
}

export function OutboxBar({ chosen, free, quiet }: OutboxBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const online = useNetwork((state) => state.online);
  const offline = !online && chosen.some(({ connection }) => needsNetwork(connection.baseUrl));
  const [sending, setSending] = useState(false);
  const total = totalOf(
    chosen.map(({ estimate, connection }) => ({ estimate, free: free.has(connection.id) })),
  );
  const { sum, missing } = costParts(total, t, format);
  const send = async (): Promise<void> => {
    setSending(true);
    const ids = chosen.map(({ id }) => id);
    await attempt(() =>
      sendWithQuestions({
        send: (confirmed) => useGenerations.getState().release(ids, confirmed),
        hold: null,
        cost: total,
      }),
    );
    setSending(false);
  };
  return (
    <section className={styles.bar} aria-label={t('outbox.total')}>
      <div className={styles.total}>
        <p>
          <b className="num">{sum}</b>
          {missing === null ? null : (
            <span className={`num ${styles.missing}`}>{t('outbox.and', { missing })}</span>
          )}
        </p>
        <p className="meta num">{countWords(total, t, format)}</p>
      </div>
      <div className={styles.after}>
        <AfterThis total={total} />
        <p className="muted">{offline ? t('outbox.offline') : t('outbox.oneByOne')}</p>
      </div>
      <Button
        variant={quiet ? 'outline' : 'primary'}
        size="l"
        disabled={chosen.length === 0 || sending}
        onClick={() => void send()}
      >
        <Icon of={Send} size="s" />
        {t('outbox.send', { count: chosen.length })}
      </Button>
    </section>
  );
}

function countWords(
  total: CostTotal,
  t: ReturnType<typeof useTranslation>['t'],
  format: ReturnType<typeof useFormat>,
): string {
  const takes = t('day.takes', { count: total.count });
  if (total.unknownTokens === total.count) return takes;
  const tokens = t('units.tokens', { value: format.range(total.tokens) });
  return `${takes} · ${total.unknownTokens === 0 ? tokens : t('outbox.atLeast', { value: tokens })}`;
}

/** `November after this: ¥317.92 of ¥400`, for each currency in question. */
function AfterThis({ total }: { readonly total: CostTotal }) {
  const { t } = useTranslation();
  const format = useFormat();
  const spend = useSpend((state) => state.spend);
  return total.sums.map(({ currency, min, max }) => {
    const month = monthOf(spend, currency);
    if (spend === null || month === null) return null;
    const known = committed(month);
    const open = total.unknown > 0 || month.unknown > 0 || month.inWork === null;
    const after = format.moneyRange({ min: known + min, max: known + max }, currency);
    const over = month.budget !== null && known + max > month.budget;
    const amount = open ? t('outbox.atLeast', { value: after }) : after;
    const name = format.month(spend.month);
    return (
      <p key={currency} className="num" data-over={over || undefined}>
        {over ? <Icon of={TriangleAlert} size="xs" /> : null}
        {month.budget === null
          ? t('outbox.afterThis', { month: name, amount })
          : t('outbox.afterThisOf', {
              month: name,
              amount,
              budget: format.moneyShort(month.budget, currency),
            })}
        {over ? <SettingsButton action="money" /> : null}
      </p>
    );
  });
}
