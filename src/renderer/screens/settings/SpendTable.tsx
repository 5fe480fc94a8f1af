// What was spent, by day and connection, with a bar to compare by eye.
import { useTranslation } from 'react-i18next';
import type { Currency } from '@shared/domain/cost';
import type { SpendRow } from '@shared/domain/spend';
import { copyText } from '../../client/clipboard';
import { CopyButton } from '../../components/button/CopyButton';
import { Table } from '../../components/table/Table';
import { useFormat } from '../../i18n/useFormat';
import { spendCsv } from './spendCsv';
import styles from './Settings.module.css';

export function SpendTable({ rows }: { readonly rows: readonly SpendRow[] }) {
  const { t } = useTranslation();
  const most = new Map<Currency, number>();
  for (const { currency, amount } of rows) most.set(currency, Math.max(amount, most.get(currency) ?? 0));
  return (
    <section className={styles.part} aria-label={t('spend.title')}>
      <div className={styles.partHead}>
        <h3>{t('spend.title')}</h3>
        <CopyButton words label={t('spend.copy')} onCopy={() => copyText(spendCsv(rows))} />
      </div>
      <div className={styles.tableBox} tabIndex={0} role="group" aria-label={t('spend.title')}>
        <Table stickyHead>
          <thead>
            <tr>
              <th scope="col">{t('spend.day')}</th>
              <th scope="col">{t('spend.connection')}</th>
              <th scope="col" data-number>
                {t('spend.takes')}
              </th>
              <th scope="col" data-number>
                {t('spend.tokens')}
              </th>
              <th scope="col" data-number>
                {t('spend.amount')}
              </th>
              <td aria-hidden />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <Row
                key={`${row.day} ${row.connectionId} ${row.currency}`}
                row={row}
                newDay={rows[index - 1]?.day !== row.day}
                part={row.amount / Math.max(most.get(row.currency) ?? 0, 0.01)}
              />
            ))}
          </tbody>
        </Table>
      </div>
    </section>
  );
}

interface RowProps {
  readonly row: SpendRow;
  readonly newDay: boolean;
  /** Of the dearest day in the same currency, 0 to 1. */
  readonly part: number;
}

function Row({ row, newDay, part }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <tr>
      <td className="num">{newDay ? format.shortDay(row.day) : null}</td>
      <td className={styles.label} title={row.connectionLabel}>
        {row.connectionLabel}
      </td>
      <td className="num" data-number>
        {format.number(row.generations)}
      </td>
      <td className="num" data-number>
        {format.number(row.tokens)}
      </td>
      <td className="num" data-number>
        {format.money(row.amount, row.currency)}
        {row.unknown === 0 ? null : (
          <span className="meta">{t('budget.plusUnknown', { count: row.unknown })}</span>
        )}
      </td>
      <td className={styles.barCell} aria-hidden>
        <i style={{ width: `${part * 100}%` }} />
      </td>
    </tr>
  );
}
