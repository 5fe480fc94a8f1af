// Budget, unit prices and what was spent.
import { useTranslation } from 'react-i18next';
import type { Currency } from '@shared/domain/cost';
import type { Settings } from '@shared/domain/settings';
import { Segments, Switch } from '../../components/field/Field';
import { useConnections } from '../../stores/connectionsStore';
import { attempt } from '../../stores/noticesStore';
import { useSettings } from '../../stores/settingsStore';
import { useSpend } from '../../stores/spendStore';
import { BudgetRow } from './BudgetRow';
import { PriceTable } from './PriceTable';
import { SpendTable } from './SpendTable';
import styles from './Settings.module.css';

const CURRENCIES: readonly Currency[] = ['CNY', 'USD'];

export function MoneyPane() {
  const { t } = useTranslation();
  const settings = useSettings((state) => state.settings);
  const connections = useConnections((state) => state.connections);
  const rows = useSpend((state) => state.spend?.rows ?? null);
  const { update } = useSettings.getState();
  if (settings === null) return null;
  const charging = connections.filter(({ currency }) => currency !== null);
  const shown = CURRENCIES.filter(
    (currency) =>
      settings.budget[currency] !== null ||
      charging.some((connection) => connection.currency === currency) ||
      (charging.length === 0 && currency === 'CNY'),
  );
  return (
    <>
      <header className={styles.head}>
        <h2>{t('settings.money')}</h2>
      </header>
      <div className={styles.box}>
        {shown.map((currency) => (
          <BudgetRow key={currency} currency={currency} budget={settings.budget} naming={shown.length > 1} />
        ))}
        <div className={styles.row}>
          <span className={styles.name}>
            <span>{t('budget.atLimit')}</span>
            <span className="meta">
              {settings.atBudget === 'stop' ? t('budget.stopNote') : t('budget.warnNote')}
            </span>
          </span>
          <Segments<Settings['atBudget']>
            label={t('budget.atLimit')}
            value={settings.atBudget}
            choices={[
              { value: 'warn', label: t('budget.warn') },
              { value: 'stop', label: t('budget.stop') },
            ]}
            onChange={(atBudget) => void attempt(() => update({ atBudget }))}
          />
        </div>
        <div className={`${styles.row} ${styles.switchRow}`}>
          <Switch
            label={t('settings.sendsByItself')}
            hint={t('settings.sendsByItselfNote')}
            checked={settings.outboxSendsByItself}
            onChange={(outboxSendsByItself) => void attempt(() => update({ outboxSendsByItself }))}
          />
        </div>
      </div>
      {charging.length === 0 ? (
        <p className={`meta ${styles.after}`}>{t('price.none')}</p>
      ) : (
        charging.map((connection) => <PriceTable key={connection.id} connection={connection} />)
      )}
      {rows === null || rows.length === 0 ? null : <SpendTable rows={rows} />}
    </>
  );
}
