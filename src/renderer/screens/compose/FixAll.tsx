// Repairs everything that can be repaired, at once, with one progress.
import { Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DraftReference } from '@shared/domain/draft';
import { repairFor } from '@shared/domain/repair';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { useFormat } from '../../i18n/useFormat';
import { batchPart, useRepairs } from '../../stores/repairsStore';
import type { DraftFacts } from './useDraftFacts';
import styles from './Composer.module.css';

export function FixAll({ facts }: { readonly facts: DraftFacts }) {
  const { t } = useTranslation();
  const works = useRepairs((state) => state.works);
  const waiting = facts.draft.references.filter(
    ({ key, reference }) => facts.repairs.has(key) && !works.has(reference.id),
  );
  // A single file with a problem of its own has its button on the card.
  const [only] = waiting;
  const onCard = waiting.length === 1 && only !== undefined && hasOwnRepair(only, facts);
  if (works.size > 1) return <AtWork />;
  if (waiting.length === 0 || onCard) return null;
  const fix = (): void => {
    for (const { key, reference } of waiting) {
      const repair = facts.repairs.get(key);
      if (repair !== undefined) void useRepairs.getState().start(reference, repair);
    }
  };
  return (
    <li data-severity="offer">
      <Icon of={Wrench} size="s" />
      <span>{t('repair.canFix', { count: waiting.length })}</span>
      <Button size="s" data-testid="repair" onClick={fix}>
        {t('repair.fixAll', { count: waiting.length })}
      </Button>
    </li>
  );
}

function hasOwnRepair(item: DraftReference, { model, problems }: DraftFacts): boolean {
  return model !== undefined && repairFor(item, problems, model) !== null;
}

function AtWork() {
  const { t } = useTranslation();
  const format = useFormat();
  const works = useRepairs((state) => state.works);
  const batch = useRepairs((state) => state.batch);
  const part = batchPart({ works, batch });
  const { cancel } = useRepairs.getState();
  return (
    <li data-severity="offer">
      <Icon of={Wrench} size="s" />
      <span>{t('repair.fixing', { count: works.size })}</span>
      <span
        className={styles.progress}
        role="progressbar"
        aria-label={t('repair.fixing', { count: works.size })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(part * 100)}
      >
        <i style={{ width: `${100 * part}%` }} />
      </span>
      <span className="num">{format.percent(part)}</span>
      <Button size="s" variant="ghost" onClick={() => [...works.keys()].forEach(cancel)}>
        {t('repair.cancelAll')}
      </Button>
    </li>
  );
}
