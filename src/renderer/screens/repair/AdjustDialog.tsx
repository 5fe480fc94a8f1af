// Changes a file by hand: its range, its frame, its shape. Makes a new file; the original stays as it is.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorRecord } from '@shared/contract/errors';
import type { Draft, DraftReference } from '@shared/domain/draft';
import { findModel } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import { Button } from '../../components/button/Button';
import { Dialog } from '../../components/dialog/Dialog';
import { errorText } from '../../i18n/errorText';
import { problemText } from '../../i18n/problemText';
import { useFormat } from '../../i18n/useFormat';
import { referenceNames } from '../../i18n/words';
import { attempt, recordOf } from '../../stores/noticesStore';
import { useRepairs } from '../../stores/repairsStore';
import { ErrorButton } from '../errors/ErrorButton';
import {
  allowedLength,
  isEmpty,
  offeredRepair,
  referenceAfter,
  repairOf,
  shapesFor,
  startingAdjustment,
  type Adjustment,
} from './adjustment';
import { FactsTable } from './FactsTable';
import { MediaStage } from './MediaStage';
import { ShapeChoice } from './ShapeChoice';
import styles from './Repair.module.css';

interface AdjustDialogProps {
  /** As it is in the draft now, perhaps repaired already. */
  readonly item: DraftReference;
  readonly draft: Draft;
  readonly onClose: () => void;
}

export default function AdjustDialog({ item, draft, onClose }: AdjustDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { original, error } = useOriginal(item.reference);
  const words = error === null ? null : errorText(error, t, format);
  const name = referenceNames(draft.references, t).get(item.key) ?? '';
  return (
    <Dialog title={t('repair.adjustName', { name })} onClose={onClose} size="medium">
      {words === null ? null : (
        <p role="alert">
          {words.sentence} <span className="muted">{words.next}</span>
        </p>
      )}
      {error === null ? null : <ErrorButton code={error.code} />}
      {original === null ? null : (
        <AdjustForm
          item={{ ...item, reference: original }}
          inPlace={item.reference}
          draft={draft}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

/** A repaired file is made anew from what it was made from: nothing is lost twice. */
function useOriginal(reference: Reference): {
  readonly original: Reference | null;
  readonly error: ErrorRecord | null;
} {
  const parentId = reference.derived?.parentId;
  const parent = useRepairs((state) =>
    parentId === undefined ? null : (state.originals.get(parentId) ?? null),
  );
  const [error, setError] = useState<ErrorRecord | null>(null);
  useEffect(() => {
    if (parentId === undefined) return;
    useRepairs
      .getState()
      .loadOriginal(parentId)
      .catch((failure: unknown) => setError(recordOf(failure)));
  }, [parentId]);
  return { original: parentId === undefined ? reference : parent, error };
}

interface AdjustFormProps extends AdjustDialogProps {
  readonly inPlace: Reference;
}

function AdjustForm({ item, inPlace, draft, onClose }: AdjustFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reference } = item;
  const model = findModel(draft.model);
  const [offered] = useState(() => offeredRepair(item, draft));
  const shapes = shapesFor(reference, item.role, offered, model, draft.parameters);
  const [adjustment, setAdjustment] = useState(() =>
    startingAdjustment(reference, inPlace.derived?.repair ?? offered, shapes),
  );
  const { repair, problems } = repairOf(item, adjustment, shapes, draft);
  const change = (part: Partial<Adjustment>): void => setAdjustment({ ...adjustment, ...part });
  const unchanged = isEmpty(repair) && inPlace.derived === undefined;
  const apply = (): void => {
    onClose();
    const { start, useOriginal: takeOriginal } = useRepairs.getState();
    if (isEmpty(repair)) void attempt(() => takeOriginal(item.key, inPlace), inPlace.name);
    else void start(inPlace, repair, reference);
  };
  return (
    <>
      <div className={styles.form} data-kind={reference.kind}>
        <MediaStage
          reference={reference}
          adjustment={adjustment}
          shape={shapes.find(({ name }) => name === adjustment.shape) ?? null}
          allowed={allowedLength(item, draft)}
          onChange={change}
        />
        <div className={styles.side}>
          {shapes.length < 2 ? null : (
            <ShapeChoice reference={reference} shapes={shapes} adjustment={adjustment} onChange={change} />
          )}
          <FactsTable
            kind={reference.kind}
            before={reference}
            after={referenceAfter(reference, repair)}
            bytesAfter={isEmpty(repair) ? reference.bytes : null}
          />
          {problems.length === 0 ? null : (
            <div role="status">
              <ul className={styles.left}>
                {problems.map((problem) => (
                  <li key={problem.code}>{problemText(problem, t, format)}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </div>
      <footer className={styles.foot}>
        <span className="meta">{t('repair.originalStays')}</span>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="primary" disabled={unchanged} onClick={apply}>
          {t('repair.apply')}
        </Button>
      </footer>
    </>
  );
}
