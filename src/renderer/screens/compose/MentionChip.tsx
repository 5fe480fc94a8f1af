// The chip of a reference as the draft knows it now: after a reorder it says its new number.
import { useTranslation } from 'react-i18next';
import { mediaUrl } from '../../client/mediaUrl';
import { Chip } from '../../components/prompt/Chip';
import { useDraftFacts } from './useDraftFacts';
import { useRefusals } from './useRefusals';

export function MentionChip({ referenceKey }: { readonly referenceKey: string }) {
  const { t } = useTranslation();
  const { draft, names, errorsOf } = useDraftFacts();
  const refusals = useRefusals(draft);
  const item = draft.references.find((candidate) => candidate.key === referenceKey);
  if (item === undefined) return <Chip kind="image" name={t('composer.dangling')} src={null} bad />;
  const { reference } = item;
  return (
    <Chip
      kind={reference.kind}
      name={names.get(referenceKey) ?? ''}
      src={reference.hasThumb ? mediaUrl('thumb', reference.id) : null}
      bad={errorsOf.has(referenceKey) || refusals.has(reference.id)}
      title={reference.name}
    />
  );
}
