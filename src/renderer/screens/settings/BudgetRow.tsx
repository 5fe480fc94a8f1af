// The most to spend in a month in one currency, beside what is spent, in work and waiting.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Currency } from '@shared/domain/cost';
import type { Settings } from '@shared/domain/settings';
import type { MonthSpend } from '@shared/domain/spend';
import { MoneyField } from '../../components/field/MoneyField';
import { useFormat, type Format } from '../../i18n/useFormat';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { monthOf, useSpend } from '../../stores/spendStore';
import styles from './Settings.module.css';

interface BudgetRowProps {
  readonly currency: Currency;
  readonly budget: Settings['budget'];
  /** There is another row: each says its currency. */
  readonly naming: boolean;
}

export function BudgetRow({ currency, budget, naming }: BudgetRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const month = useSpend((state) => monthOf(state.spend, currency));
  const label = naming ? t('budget.monthlyIn', { currency }) : t('budget.monthly');
  return (
    <div className={styles.row}>
      <span className={styles.name}>
        <span>{label}</span>
        {month === null ? null : (
          <span className="meta num">{monthFacts(month, t, format).join(t('common.comma'))}</span>
        )}
      </span>
      <MoneyField
        label={label}
        sign={format.sign(currency)}
        value={budget[currency]}
        placeholder={t('budget.none')}
        optional
        onCommit={(amount) =>
          void attempt(() => useSettings.getState().update({ budget: { ...budget, [currency]: amount } }))
        }
      />
    </div>
  );
}

function monthFacts({ currency, spent, unknown, inWork, waiting }: MonthSpend, t: TFunction, format: Format) {
  const facts = [t('budget.spent', { amount: format.money(spent, currency) })];
  if (unknown > 0) facts.push(t('budget.plusUnknown', { count: unknown }));
  if (inWork === null) facts.push(t('budget.inWorkUnknown'));
  else if (inWork > 0) facts.push(t('budget.inWork', { amount: format.money(inWork, currency) }));
  if (waiting === null) facts.push(t('budget.waitingUnknown'));
  else if (waiting > 0) facts.push(t('budget.waiting', { amount: format.money(waiting, currency) }));
  return facts;
}
