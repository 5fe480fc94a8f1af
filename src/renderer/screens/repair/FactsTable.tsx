// What a file is and what will come out, side by side; what changes stands out.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ReferenceKind } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import type { FactsAfter } from '@shared/domain/repair';
import { formatFact } from '../../i18n/repairText';
import { useFormat, type Format } from '../../i18n/useFormat';
import styles from './Repair.module.css';

interface FactsTableProps {
  readonly kind: ReferenceKind;
  /** Null while it is being asked for. */
  readonly before: Reference | null;
  readonly after: FactsAfter;
  /** Null: nobody knows before it is made. */
  readonly bytesAfter: number | null;
}

interface Row {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export function FactsTable({ kind, before, after, bytesAfter }: FactsTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className={styles.facts}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('repair.before')}</th>
          <th scope="col">{t('repair.after')}</th>
        </tr>
      </thead>
      <tbody>
        {rowsOf({ kind, before, after, bytesAfter }, t, format).map((row) => (
          <tr key={row.name} data-same={row.before === row.after || undefined}>
            <th scope="row">{row.name}</th>
            <td className="num">{row.before}</td>
            <td className="num">{row.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function rowsOf({ kind, before, after, bytesAfter }: FactsTableProps, t: TFunction, format: Format): Row[] {
  const none = '–';
  const row = (name: string, text: (facts: FactsAfter) => string): Row => ({
    name,
    before: before === null ? none : text(before),
    after: text(after),
  });
  const size = row(t('repair.size'), ({ width, height }) =>
    width === undefined || height === undefined ? none : `${width}×${height}`,
  );
  const length = row(t('repair.length'), ({ seconds }) =>
    seconds === undefined ? none : t('units.seconds', { value: format.number(seconds, 2) }),
  );
  const fps = row(t('repair.rate'), (facts) =>
    facts.fps === undefined ? none : t('units.fps', { value: format.number(facts.fps, 2) }),
  );
  const kindOf = row(t('repair.format'), (facts) => formatFact(facts));
  const bytes: Row = {
    name: t('repair.bytes'),
    before: before === null ? none : format.bytes(before.bytes),
    after: bytesAfter === null ? none : format.bytes(bytesAfter),
  };
  switch (kind) {
    case 'image':
      return [size, kindOf, bytes];
    case 'video':
      return [size, length, fps, kindOf, bytes];
    case 'audio':
      return [length, kindOf, bytes];
  }
}
