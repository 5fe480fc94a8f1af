// What the composer knows of its draft: model, names, problems, connection, price, and what holds it back.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { pricingOf } from '@shared/domain/connection';
import { estimateCost } from '@shared/domain/cost';
import { problemsOf, type Problem } from '@shared/domain/draft';
import { findModel } from '@shared/domain/models';
import { referenceNames } from '../../i18n/words';
import { useConnections } from '../../stores/connectionsStore';
import { useDraft } from '../../stores/draftStore';
import { useSettings } from '../../stores/settingsStore';

export function useActiveConnection() {
  const id = useSettings((state) => state.settings?.activeConnectionId ?? null);
  return useConnections((state) => state.connections.find((connection) => connection.id === id) ?? null);
}

export function useDraftFacts() {
  const { t } = useTranslation();
  const draft = useDraft((state) => state.draft);
  const connection = useActiveConnection();
  const canHostVideo = connection?.canHostVideo ?? false;
  return useMemo(() => {
    const problems = problemsOf(draft, { canHostVideo });
    return {
      draft,
      connection,
      model: findModel(draft.model),
      names: referenceNames(draft.references, t),
      problems,
      ofReference: groupByReference(problems),
      estimate: estimateCost(draft, connection === null ? null : pricingOf(connection)),
    };
  }, [draft, connection, canHostVideo, t]);
}

function groupByReference(problems: readonly Problem[]): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.place.type !== 'reference') continue;
    groups.set(problem.place.key, [...(groups.get(problem.place.key) ?? []), problem]);
  }
  return groups;
}

export type Obstacle =
  | { readonly type: 'noConnection' | 'write' | 'fixThis' }
  | { readonly type: 'noKey'; readonly connectionId: string; readonly name: string }
  | { readonly type: 'references'; readonly count: number };

/** The first thing that holds the draft back, or null. */
export function obstacleOf({
  connection,
  problems,
  ofReference,
}: ReturnType<typeof useDraftFacts>): Obstacle | null {
  if (connection === null) return { type: 'noConnection' };
  if (connection.key === 'none')
    return { type: 'noKey', connectionId: connection.id, name: connection.label };
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.some((problem) => problem.code === 'nothing_to_send')) return { type: 'write' };
  if (ofReference.size > 0) return { type: 'references', count: ofReference.size };
  return errors.length > 0 ? { type: 'fixThis' } : null;
}
