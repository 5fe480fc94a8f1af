// What a million tokens cost at one connection, each price to be changed and set back.
import { Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '@shared/domain/connection';
import type { UnitPrice } from '@shared/domain/cost';
import { IconButton } from '../../components/button/Button';
import { MoneyField } from '../../components/field/MoneyField';
import { useFormat } from '../../i18n/useFormat';
import { useConnections } from '../../stores/connectionsStore';
import { attempt } from '../../stores/noticesStore';
import { priceRows, type PriceRow } from './priceRows';
import styles from './Settings.module.css';

export function PriceTable({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const listed = connection.prices.find(({ source }) => source === 'list');
  const title = t('price.of', { name: connection.label });
  return (
    <section className={styles.part} aria-label={title}>
      <div className={styles.partHead}>
        <h3>{title}</h3>
        {listed === undefined ? null : (
          <span className="meta num">{t('price.listOf', { date: format.date(listed.date) })}</span>
        )}
      </div>
      <div className={styles.box}>
        <div className={`meta ${styles.columns}`} aria-hidden>
          <span>{t('price.perMillion')}</span>
          <span>{t('price.noVideo')}</span>
          <span>{t('price.video')}</span>
        </div>
        {priceRows(connection.prices).map((row) => (
          <Row key={`${row.model} ${row.resolutions.join()}`} connection={connection} row={row} />
        ))}
      </div>
    </section>
  );
}

function Row({ connection, row }: { readonly connection: Connection; readonly row: PriceRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { label, resolutions, price, own, date, takesVideo } = row;
  const sign = format.sign(connection.currency ?? 'CNY');
  const name = `${label} · ${resolutions.join(', ')}`;
  const set = (change: Partial<Pick<UnitPrice, 'withoutVideo' | 'withVideo'>>): void => {
    const value = change.withoutVideo ?? change.withVideo ?? 0;
    // Where there was no price yet, both begin with what is entered first.
    const next = { ...(price ?? { withoutVideo: value, withVideo: value }), ...change };
    void save(connection.id, row, takesVideo ? next : { ...next, withVideo: next.withoutVideo });
  };
  return (
    <div className={styles.row} role="group" aria-label={name}>
      <span className={styles.name}>
        <span className="num">{name}</span>
        {own && date !== null ? (
          <span className="meta num">{t('price.own', { date: format.date(date) })}</span>
        ) : price === null ? (
          <span className="meta">{t('price.unknown')}</span>
        ) : null}
      </span>
      {own ? (
        <IconButton
          icon={Undo2}
          label={t('price.reset', { name })}
          onClick={() => void save(connection.id, row, null)}
        />
      ) : null}
      <MoneyField
        label={t('price.noVideoOf', { name })}
        sign={sign}
        value={price?.withoutVideo ?? null}
        onCommit={(amount) => amount !== null && set({ withoutVideo: amount })}
      />
      {takesVideo ? (
        <MoneyField
          label={t('price.videoOf', { name })}
          sign={sign}
          value={price?.withVideo ?? null}
          onCommit={(amount) => amount !== null && set({ withVideo: amount })}
        />
      ) : (
        <span className={styles.noField} />
      )}
    </div>
  );
}

/** One row may stand for several of the connection's: each is set, the same way. */
async function save(
  id: string,
  { model, label, resolutions }: PriceRow,
  price: Pick<UnitPrice, 'withoutVideo' | 'withVideo'> | null,
): Promise<void> {
  await attempt(async () => {
    for (const resolution of resolutions)
      await useConnections.getState().setPrice({ id, model, resolution, price });
  }, label);
}
