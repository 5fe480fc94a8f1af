// What is wrong with the draft as a whole, its prompt or its parameters, with the fix where there is one.
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DraftReference, Problem } from '@shared/domain/draft';
import { Button } from '../../components/button/Button';
import { Icon } from '../../components/button/Icon';
import { problemText } from '../../i18n/problemText';
import { useFormat } from '../../i18n/useFormat';
import { useDraft } from '../../stores/draftStore';
import { useRepairs } from '../../stores/repairsStore';
import { FixAll } from './FixAll';
import { rolesForMode } from './roleChoices';
import type { DraftFacts } from './useDraftFacts';
import styles from './Composer.module.css';

export function DraftProblems({ facts }: { readonly facts: DraftFacts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const working = useRepairs((state) => state.works.size > 0);
  const unsupported = facts.problems.some((problem) => problem.code === 'mode_unsupported');
  const shown = facts.problems.filter(
    (problem) =>
      problem.place.type !== 'reference' &&
      problem.code !== 'nothing_to_send' &&
      // Where references are not taken at all, their number says nothing more.
      !(unsupported && problem.code === 'too_many_references'),
  );
  if (shown.length === 0 && facts.repairs.size === 0 && !working) return null;
  return (
    <div role="status" className={styles.problems}>
      <ul>
        {shown.map((problem) => (
          <li key={`${problem.code}-${JSON.stringify(problem.values)}`} data-severity={problem.severity}>
            <Icon of={problem.severity === 'error' ? CircleAlert : TriangleAlert} size="s" />
            <span>{problemText(problem, t, format)}</span>
            <Fix problem={problem} />
          </li>
        ))}
        <FixAll facts={facts} />
      </ul>
    </div>
  );
}

function Fix({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation();
  const { draft, dropDanglingChips, setRoles } = useDraft.getState();
  if (problem.code === 'mention_dangling')
    return (
      <Button size="s" onClick={dropDanglingChips}>
        {t('composer.dropChips')}
      </Button>
    );
  if (problem.code === 'frames_with_references')
    return (
      <Button size="s" onClick={() => setRoles(rolesForMode('r2v', draft.references))}>
        {t('composer.allReferences')}
      </Button>
    );
  if (problem.code === 'mode_unsupported' && onlyFrames(draft.references))
    return (
      <Button size="s" onClick={() => setRoles(rolesForMode('flf2v', draft.references))}>
        {t('composer.asFrames')}
      </Button>
    );
  return null;
}

/** One or two images can be frames instead. */
function onlyFrames(references: readonly DraftReference[]): boolean {
  return references.length <= 2 && references.every(({ reference }) => reference.kind === 'image');
}
