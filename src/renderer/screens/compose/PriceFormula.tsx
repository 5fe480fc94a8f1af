// The price taken apart: seconds, frames, size, unit price.
import { useTranslation } from 'react-i18next';
import { unitPriceFor } from '@shared/domain/cost';
import { Button } from '../../components/button/Button';
import { FactList } from '../../components/details/FactList';
import { useFormat } from '../../i18n/useFormat';
import { useView } from '../../stores/viewStore';
import type { Facts } from './ParameterBar';
import styles from './ParameterBar.module.css';

export function PriceFormula({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { estimate, draft } = facts;
  if (estimate === null) {
    const unknownLength = draft.references.some(({ reference }) => reference.kind === 'video');
    return (
      <p>
        {unknownLength && facts.model !== undefined
          ? t('composer.priceVideoLength')
          : t('composer.priceNoModel')}
      </p>
    );
  }
  const { parts, price, tokens } = estimate;
  const withVideo = parts.inputSeconds > 0;
  const output = format.range(parts.outputSeconds);
  const rows = [
    {
      name: withVideo ? t('price.inOut') : t('price.seconds'),
      value: t('units.seconds', {
        value: withVideo ? `${format.fixed(parts.inputSeconds, 1)} + ${output}` : output,
      }),
    },
    { name: t('price.frames'), value: format.range(parts.frames) },
    {
      name:
        parts.pixels === null
          ? t('price.sizeOpen')
          : t('price.size', { size: `${parts.pixels.width}×${parts.pixels.height}` }),
      value: t('units.tokens', { value: format.range(tokens) }),
    },
    ...(price === null
      ? []
      : [
          {
            name: withVideo ? t('price.withVideo') : t('price.withoutVideo'),
            value: t('units.perMillion', { value: format.money(price.perMillion, price.currency) }),
          },
        ]),
  ];
  return (
    <div className={styles.formula}>
      <FactList facts={rows} />
      {price === null ? null : (
        <div className={styles.sum}>
          <FactList
            facts={[
              { name: t('price.estimate'), value: format.moneyRange(price, price.currency), strong: true },
            ]}
          />
        </div>
      )}
      <Note facts={facts} />
    </div>
  );
}

/** Where the unit price comes from, and the way to change it. */
function Note({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { connection, model, draft } = facts;
  if (connection === null || connection.currency === null)
    return <p className="meta">{t('price.practiceNote')}</p>;
  const row =
    model === undefined ? null : unitPriceFor(connection.prices, model.id, draft.parameters.resolution);
  const date = row === null ? '' : format.date(row.date);
  const words =
    row === null
      ? t('composer.priceUnknownNote')
      : row.source === 'own'
        ? t('price.noteOwn', { date })
        : t('price.note', { date });
  return (
    <div className={styles.editPrice}>
      <p className="meta">{words}</p>
      <Button size="s" onClick={() => useView.getState().openSettings('money')}>
        {row === null ? t('price.enter') : t('price.edit')}
      </Button>
    </div>
  );
}
