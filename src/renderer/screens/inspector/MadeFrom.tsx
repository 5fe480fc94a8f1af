// The clips that references were taken from, each one click away.
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Recipe } from '@shared/domain/draft';
import type { ClipOrigin, Reference } from '@shared/domain/reference';
import { mediaUrl } from '../../client/mediaUrl';
import { ReferenceThumb } from '../../components/reference/ReferenceThumb';
import { useFormat, type Format } from '../../i18n/useFormat';
import { useClips } from '../../stores/clipsStore';
import { useLineage } from '../../stores/lineageStore';
import { attempt } from '../../stores/noticesStore';
import styles from './Inspector.module.css';

interface Taken {
  readonly key: string;
  readonly reference: Reference;
  readonly clip: ClipOrigin;
}

export function MadeFrom({ recipe }: { readonly recipe: Recipe }) {
  const { t } = useTranslation();
  const taken = recipe.references.flatMap(({ key, reference }): Taken[] =>
    reference.clip === undefined ? [] : [{ key, reference, clip: reference.clip }],
  );
  if (taken.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3>{t('inspector.madeFrom')}</h3>
      <ul>
        {taken.map((item) => (
          <li key={item.key}>
            <Origin {...item} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Origin({ reference, clip }: Taken) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = useClips(
    ({ records, details }) => records.get(clip.id)?.title ?? details.get(clip.id)?.title ?? reference.name,
  );
  const open = async (): Promise<void> => {
    const { records, loadDetail } = useClips.getState();
    if (!records.has(clip.id)) await loadDetail(clip.id);
    useLineage.getState().walkTo(clip.id);
  };
  const name = title === '' ? t('common.untitled') : title;
  return (
    <button
      type="button"
      className={`${styles.reference} ${styles.origin}`}
      title={name}
      onClick={() => void attempt(open, name)}
    >
      <ReferenceThumb
        kind={reference.kind}
        src={reference.hasThumb ? mediaUrl('thumb', reference.id) : null}
      />
      <span className="truncate">{name}</span>
      <span className={`num muted ${styles.end}`}>{partOf(clip, t, format)}</span>
    </button>
  );
}

function partOf({ moment, span }: ClipOrigin, t: TFunction, format: Format): string {
  if (span !== undefined)
    return t('units.seconds', { value: `${format.fixed(span.from, 1)}–${format.fixed(span.to, 1)}` });
  if (moment === undefined) return t('inspector.wholeClip');
  return t('inspector.fromFrame', { time: t('units.seconds', { value: format.fixed(moment, 1) }) });
}
