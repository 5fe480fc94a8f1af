// The price taken apart: seconds, frames, size, unit price.
import { useTranslation } from 'react-i18next';
import { LIST_PRICES_DATE } from '@shared/domain/cost';
import { FactList } from '../../components/details/FactList';
import { useFormat } from '../../i18n/useFormat';
import type { Facts } from './ParameterBar';
import styles from './ParameterBar.module.css';

export function PriceFormula({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { estimate, connection, draft } = facts;
  if (estimate === null) {
    const unknownLength = draft.references.some(({ reference }) => reference.kind === 'video');
    return <p>{unknownLength ? t('composer.priceVideoLength') : t('composer.priceUnknownNote')}</p>;
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
      <p className="meta">
        {connection?.currency === null
          ? t('price.practiceNote')
          : price === null
            ? t('composer.priceUnknownNote')
            : t('price.note', { date: format.date(LIST_PRICES_DATE) })}
      </p>
    </div>
  );
}
