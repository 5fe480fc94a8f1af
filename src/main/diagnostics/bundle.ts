// The files of a support bundle. Each field is chosen: what is not named here does not get in. Pure.
import type { Connection } from '@shared/domain/connection';
import type { CheckResult } from '@shared/domain/diagnostics';
import type { Generation, JournalEntry } from '@shared/domain/generation';
import type { Host, HostFacts, Hosts } from '@shared/domain/host';
import type { Settings } from '@shared/domain/settings';

export interface BundleFacts {
  /** Versions, platform and the like. */
  readonly system: Readonly<Record<string, string | number | null>>;
  readonly settings: Settings;
  readonly libraryFolder: string;
  readonly connections: readonly Connection[];
  readonly hosts: Hosts;
  readonly results: readonly CheckResult[];
  /** The newest last. */
  readonly generations: readonly {
    readonly generation: Generation;
    readonly journal: readonly JournalEntry[];
  }[];
  /** By file name. */
  readonly logs: Readonly<Record<string, string>>;
  readonly withPrompts: boolean;
}

/** Texts by file name, each through `clean`. */
export function bundleFiles(facts: BundleFacts, clean: (text: string) => string): Map<string, string> {
  const { system, results, generations, logs, withPrompts } = facts;
  const json = (value: unknown): string => `${cleanLines(JSON.stringify(value, null, 2), clean)}\n`;
  const files = new Map<string, string>();
  files.set('about.txt', about(withPrompts));
  files.set('versions.json', json(system));
  files.set('settings.json', json(settingsOf(facts)));
  files.set('diagnostics.json', json(results));
  files.set('generations.json', json(generations.map((each) => generationOf(each, withPrompts))));
  for (const [name, text] of Object.entries(logs)) files.set(name, cleanLines(text, clean));
  return files;
}

/** Line by line: what looks like a secret in one swallows nothing of the next. */
function cleanLines(text: string, clean: (text: string) => string): string {
  return text.split('\n').map(clean).join('\n');
}

function about(withPrompts: boolean): string {
  return [
    'Support bundle of Dailies.',
    'Versions, settings, test results, the last log lines and what happened to the last generations.',
    'Keys, secrets, signed addresses and the name of the home folder are masked.',
    withPrompts ? 'Prompts and file names are included.' : 'Prompts and file names are left out.',
    '',
  ].join('\n');
}

function settingsOf({ settings, libraryFolder, connections, hosts }: BundleFacts): unknown {
  return {
    ...settings,
    libraryFolder,
    connections: connections.map(({ id, preset, baseUrl, currency, key, plainHttpAccepted }) => ({
      ...{ id, preset, address: placeOf(baseUrl), currency, keyState: key, plainHttpAccepted },
    })),
    hosts: hosts.hosts.map(hostOf),
    activeHostId: hosts.activeId,
    cloudflared: hosts.cloudflared,
  };
}

function hostOf({ id, facts, lifeSeconds, removeAfter, secret }: Host): unknown {
  return { id, ...hostFacts(facts), lifeSeconds, removeAfter, secretState: secret };
}

function hostFacts(facts: HostFacts): object {
  switch (facts.kind) {
    case 's3':
      return {
        ...{ kind: facts.kind, endpoint: placeOf(facts.endpoint), region: facts.region },
        pathStyle: facts.pathStyle,
      };
    case 'uploader':
      return {
        ...{ kind: facts.kind, address: placeOf(facts.url, false), method: facts.method },
        // A value may be a token: only the names.
        ...{ headerNames: facts.headers.map(({ name }) => name), field: facts.field },
        answerPath: facts.answerPath,
      };
    case 'tunnel':
      return { kind: facts.kind };
  }
}

/** Without sign-in and query, which may be passes; `path` too may be one where the person typed it. */
function placeOf(address: string, path = true): string {
  try {
    const { origin, pathname } = new URL(address);
    return path ? `${origin}${pathname}` : origin;
  } catch {
    return '';
  }
}

function generationOf(
  { generation, journal }: BundleFacts['generations'][number],
  withPrompts: boolean,
): unknown {
  const { recipe, connection } = generation;
  const { id, state, origin, createdAt, submittedAt, runningAt, succeededAt, endedAt } = generation;
  const { taskId, unknownStatus, heldReason, hold, heldSince, downloadAttempts, tokens, clipId } = generation;
  return {
    ...{ id, state, origin, createdAt, submittedAt, runningAt, succeededAt, endedAt },
    ...{ taskId, unknownStatus, heldReason, hold, heldSince, downloadAttempts, tokens, clipId },
    connection: { id: connection.id, address: placeOf(connection.baseUrl) },
    model: recipe.model,
    parameters: recipe.parameters,
    references: recipe.references.map(({ role, reference }) => ({
      ...{ role, kind: reference.kind, source: reference.source, format: reference.format },
      ...{ bytes: reference.bytes, width: reference.width, height: reference.height },
      ...{ seconds: reference.seconds, fps: reference.fps, codec: reference.codec },
      ...(withPrompts ? { name: reference.name } : {}),
    })),
    ...(withPrompts ? { prompt: recipe.prompt } : { promptLength: recipe.prompt.length }),
    error: generation.error,
    journal,
  };
}
