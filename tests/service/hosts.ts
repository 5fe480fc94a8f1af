// The person's hosts as the app has them, on a user-data folder of their own, with a log that is written down.
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hosts, S3Facts, Upload } from '@shared/domain/host';
import { onTestFinished } from 'vitest';
import { openDatabase, type Database } from '../../src/main/database/open';
import { HostService, type HostServiceOptions } from '../../src/main/hosting/HostService';
import { PracticeHost } from '../../src/main/hosting/practiceHost';
import { KeptSecrets } from '../../src/main/keychain/KeptSecrets';
import { Logger } from '../../src/main/log/logger';
import { fakeSecretStore, type FakeSecretStore } from '../fakes/secretStore';
import { ACCESS_KEY, BUCKET } from '../fakes/s3';
import { temporaryFolder } from '../fixtures/media';

export const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY=hosts';

export interface HostSetup {
  readonly folder: string;
  readonly keychain: FakeSecretStore;
  readonly database: Database;
  readonly log: Logger;
  readonly announced: { hosts: Hosts[]; uploads: Upload[][] };
  /** The service of this run; `restart` begins another on the same folder. */
  service: HostService;
  restart(): HostService;
  /** A kept file with this content; its id. */
  keep(content: Buffer, extension?: string): string;
  pathOf(id: string): string;
}

export function setupHosts(over: Partial<HostServiceOptions> = {}): HostSetup {
  const folder = temporaryFolder('hosts');
  const userData = join(folder, 'user-data');
  mkdirSync(userData);
  const settings = join(userData, 'settings.json');
  const files = new Map<string, string>();
  const keychain = fakeSecretStore();
  const database = openDatabase(join(userData, 'dailies.db'));
  const log = new Logger((level, line) => appendFileSync(join(userData, 'log'), `${level} ${line}\n`));
  const announced: HostSetup['announced'] = { hosts: [], uploads: [] };
  const registerSecret = (secret: string): void => log.registerSecret(secret);
  const start = (): HostService =>
    new HostService({
      store: {
        read: () =>
          existsSync(settings) ? (JSON.parse(readFileSync(settings, 'utf8')) as unknown) : undefined,
        write: (value) => writeFileSync(settings, JSON.stringify(value)),
      },
      database,
      secrets: new KeptSecrets({
        secrets: Promise.resolve({ kind: 'keychain', store: keychain }),
        registerSecret,
        log,
      }),
      registerSecret,
      mask: log.mask,
      fileOf: (id) => files.get(id) ?? null,
      practice: { connectionId: 'practice', label: 'Practice', host: new PracticeHost(() => null) },
      findCloudflared: () => Promise.resolve(null),
      log,
      announceHosts: (hosts) => void announced.hosts.push(hosts),
      announceUploads: (uploads) => void announced.uploads.push(uploads),
      ...over,
    });
  const setup: HostSetup = {
    folder: userData,
    keychain,
    database,
    log,
    announced,
    service: start(),
    restart: () => (setup.service = start()),
    keep: (content, extension = 'mp4') => {
      const id = createHash('sha256').update(content).digest('hex');
      const path = join(folder, `${id}.${extension}`);
      writeFileSync(path, content);
      files.set(id, path);
      return id;
    },
    pathOf: (id) => files.get(id) ?? '',
  };
  onTestFinished(async () => {
    await setup.service.stop();
    database.close();
  });
  return setup;
}

export const noise = (bytes: number): Buffer => randomBytes(bytes);

export function bucketAt(endpoint: string, change: Partial<S3Facts> = {}): S3Facts {
  return {
    kind: 's3',
    endpoint,
    region: 'us-east-1',
    bucket: BUCKET,
    prefix: 'dailies',
    pathStyle: true,
    accessKeyId: ACCESS_KEY,
    ...change,
  };
}

/** Adds, fills in and chooses a bucket. Its id. */
export async function chooseBucket(
  { service }: HostSetup,
  facts: S3Facts,
  { removeAfter = true, secret = SECRET, lifeSeconds = 3600 } = {},
): Promise<string> {
  const { id } = await service.save({ id: null, label: 'My bucket', facts, lifeSeconds, removeAfter });
  await service.setSecret(id, secret);
  await service.use(id);
  return id;
}

export interface PutWish {
  readonly generationId?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

/** As a generation asks for it. */
export function place(
  { service }: HostSetup,
  referenceId: string,
  { generationId = 'g1', signal, onProgress }: PutWish = {},
): ReturnType<HostService['place']> {
  return service.place({
    generationId,
    connectionId: 'c1',
    referenceId,
    signal: signal ?? new AbortController().signal,
    onProgress: onProgress ?? (() => undefined),
  });
}
