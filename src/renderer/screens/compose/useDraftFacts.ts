// What the composer knows of its draft: model, names, problems, custody, price, refusals, and what holds it back.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { pricingOf } from '@shared/domain/connection';
import { estimateCost } from '@shared/domain/cost';
import { custodyOf } from '@shared/domain/custody';
import { problemsOf, type Problem } from '@shared/domain/draft';
import type { Hosts, HostSummary, Upload } from '@shared/domain/host';
import { findModel, MODELS } from '@shared/domain/models';
import { repairsFor } from '@shared/domain/repair';
import { useMinute } from '../../components/time/useNow';
import { referenceNames } from '../../i18n/words';
import { useConnections } from '../../stores/connectionsStore';
import { useDraft } from '../../stores/draftStore';
import { useHosts } from '../../stores/hostsStore';
import { useSettings } from '../../stores/settingsStore';
import { useUploads } from '../../stores/uploadsStore';

/** The smallest body that any known model takes: what counts for an endpoint whose model is unknown. */
const LEAST_BODY_BYTES = Math.min(...MODELS.map(({ referenceLimits }) => referenceLimits.maxBodyBytes));

export function useActiveConnection() {
  const id = useSettings((state) => state.settings?.activeConnectionId ?? null);
  return useConnections((state) => state.connections.find((connection) => connection.id === id) ?? null);
}

export function useDraftFacts() {
  const { t } = useTranslation();
  const draft = useDraft((state) => state.draft);
  const connection = useActiveConnection();
  const hosts = useHosts((state) => state.hosts);
  const uploads = useUploads((state) => state.uploads);
  const now = useMinute();
  return useMemo(() => {
    const model = findModel(draft.model);
    const canHost = connection?.canHostVideo ?? false;
    const baseUrl = connection?.baseUrl ?? '';
    const problems = problemsOf(draft, { canHostVideo: canHost, baseUrl, now });
    const host = activeHost(hosts);
    return {
      draft,
      connection,
      model,
      names: referenceNames(draft.references, t),
      problems,
      /** What holds it back. */
      errorsOf: groupByReference(problems, 'error'),
      /** What is worth knowing. */
      adviceOf: groupByReference(problems, 'advice'),
      /** What would make the files fit, by key. */
      repairs: repairsFor(draft, problems),
      custody: custodyOf(draft.references, {
        canHost,
        baseUrl,
        now,
        maxBodyBytes: model?.referenceLimits.maxBodyBytes ?? LEAST_BODY_BYTES,
      }),
      custodySetting: {
        practice: connection?.preset === 'practice',
        host,
        uploads: livingUploads(uploads, host, now),
      },
      estimate: estimateCost(draft, connection === null ? null : pricingOf(connection)),
    };
  }, [draft, connection, hosts, uploads, now, t]);
}

export type DraftFacts = ReturnType<typeof useDraftFacts>;

function activeHost(hosts: Hosts | null): HostSummary | null {
  const host = hosts?.hosts.find(({ id }) => id === hosts.activeId);
  if (host === undefined) return null;
  return { id: host.id, kind: host.facts.kind, label: host.label, lifeSeconds: host.lifeSeconds };
}

/** Those at the chosen host whose address still works. */
function livingUploads(
  uploads: readonly Upload[],
  host: HostSummary | null,
  now: number,
): Map<string, Upload> {
  const living = uploads.filter(
    ({ hostId, until }) => hostId === host?.id && (until === null || Date.parse(until) > now),
  );
  return new Map(living.map((upload) => [upload.referenceId, upload]));
}

function groupByReference(
  problems: readonly Problem[],
  severity: Problem['severity'],
): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.place.type !== 'reference' || problem.severity !== severity) continue;
    groups.set(problem.place.key, [...(groups.get(problem.place.key) ?? []), problem]);
  }
  return groups;
}

export type Obstacle =
  | { readonly type: 'noConnection' | 'write' | 'fixThis' }
  | { readonly type: 'noKey'; readonly connectionId: string; readonly name: string }
  | { readonly type: 'references'; readonly count: number };

/** The first thing that holds the draft back, or null. */
export function obstacleOf({ connection, problems, errorsOf }: DraftFacts): Obstacle | null {
  if (connection === null) return { type: 'noConnection' };
  if (connection.key === 'none')
    return { type: 'noKey', connectionId: connection.id, name: connection.label };
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.some((problem) => problem.code === 'nothing_to_send')) return { type: 'write' };
  if (errorsOf.size > 0) return { type: 'references', count: errorsOf.size };
  return errors.length > 0 ? { type: 'fixThis' } : null;
}
