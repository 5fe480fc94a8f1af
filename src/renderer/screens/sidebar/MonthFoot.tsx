// The month's money at the foot: spent of the budget, per currency, and what is not in the sum.
import { useTranslation } from 'react-i18next';
import type { MonthSpend } from '@shared/domain/spend';
import { Progress } from '../../components/progress/Progress';
import { useFormat } from '../../i18n/useFormat';
import { useConnections } from '../../stores/connectionsStore';
import { useSpend } from '../../stores/spendStore';
import { useView } from '../../stores/viewStore';
import styles from './Sidebar.module.css';

export function MonthFoot() {
  const { t } = useTranslation();
  const format = useFormat();
  const spend = useSpend((state) => state.spend);
  const months = useShownMonths();
  if (spend === null || months.length === 0) return null;
  return (
    <button
      type="button"
      className={styles.month}
      title={t('settings.money')}
      onClick={() => useView.getState().openSettings('money')}
    >
      {months.map((month, index) => (
        <Sum key={month.currency} month={month} name={index === 0 ? format.month(spend.month) : null} />
      ))}
    </button>
  );
}

/** Currencies that a usable connection charges in, or that money was spent in. */
export function useShownMonths(): readonly MonthSpend[] {
  const months = useSpend((state) => state.spend?.months ?? NONE);
  const connections = useConnections((state) => state.connections);
  return months.filter(
    ({ currency, spent, unknown, budget }) =>
      spent > 0 ||
      unknown > 0 ||
      budget !== null ||
      connections.some((connection) => connection.currency === currency && connection.key !== 'none'),
  );
}

const NONE: readonly MonthSpend[] = [];

function Sum({ month, name }: { readonly month: MonthSpend; readonly name: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, spent, unknown, inWork, budget } = month;
  const over = budget !== null && spent > budget;
  const part = (amount: number): number => amount / Math.max(budget ?? 0, 0.01);
  return (
    <span data-over={over || undefined}>
      <span className={styles.sum}>
        <span className="muted truncate">{name}</span>
        <span className="num">
          <b>{format.money(spent, currency)}</b>
          {budget === null ? null : ` / ${format.moneyShort(budget, currency)}`}
        </span>
      </span>
      {budget === null ? null : (
        // What is being made now will be billed.
        <Progress
          className={styles.track}
          parts={[part(spent), part(inWork ?? 0)]}
          tone={over ? 'warning' : undefined}
        />
      )}
      {unknown === 0 ? null : (
        <span className={`meta num ${styles.unknown}`}>{t('budget.plusUnknown', { count: unknown })}</span>
      )}
    </span>
  );
}
