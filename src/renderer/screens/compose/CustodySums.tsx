// The files of a draft by where their bytes go, summed up.
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { base64Bytes } from '@shared/domain/custody';
import { Icon } from '../../components/button/Icon';
import { useFormat, type Format } from '../../i18n/useFormat';
import { custodyWords, type CustodyWords } from './custodyWords';
import type { DraftFacts } from './useDraftFacts';
import styles from './SentDialog.module.css';

interface Sum {
  readonly words: CustodyWords;
  count: number;
  bytes: number;
}

export function CustodySums({ facts }: { readonly facts: DraftFacts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sums = custodySums(facts, t, format);
  if (sums.length === 0) return null;
  return (
    <section>
      <h3 className={styles.head}>{t('custody.title')}</h3>
      <ul className={styles.custody}>
        {sums.map(({ words, count, bytes }) => (
          <li key={words.full}>
            <Icon of={words.icon} size="s" />
            <span>
              <b className="num">{t('custody.files', { count })}</b> {words.full}
            </span>
            <span className="num muted">{bytes === 0 ? '–' : format.bytes(bytes)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function custodySums({ draft, custody, custodySetting }: DraftFacts, t: TFunction, format: Format): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { key, reference } of draft.references) {
    const where = custody.get(key) ?? 'nowhere';
    const words = custodyWords(where, reference, custodySetting, t, format);
    const sum = sums.get(words.full) ?? { words, count: 0, bytes: 0 };
    sum.count += 1;
    // Inside the request bytes travel as base64, a third longer.
    sum.bytes += where === 'inside' ? base64Bytes(reference.bytes) : reference.bytes;
    sums.set(words.full, sum);
  }
  return [...sums.values()];
}
