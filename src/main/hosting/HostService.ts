// The person's file hosts, their secrets, and what lies at them. Without a choice nothing leaves this computer.
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '@shared/contract/errors';
import type { HostTest } from '@shared/contract/requests';
import type { KeyState } from '@shared/domain/connection';
import type { Host, HostFacts, Hosts, Upload } from '@shared/domain/host';
import type { Database } from '../database/open';
import { abortable } from './abortable';
import type { Cloudflared } from './cloudflared';
import type { FileHost, HostedFile } from './FileHost';
import {
  checkedFacts,
  needsSecret,
  placeOf,
  readHostRecords,
  secretAccount,
  writeHostRecords,
  type HostRecord,
  type HostRecords,
} from './hostRecord';
import type { PracticeHost } from './practiceHost';
import { TunnelHost } from './tunnelHost';
import { UploaderHost } from './uploaderHost';
import { UploadStore, type UploadUse } from './uploadStore';

/** `inKeychain`: what the record says. */
interface Secrets {
  onMissing(told: () => void): void;
  state(account: string, inKeychain: boolean): Exclude<KeyState, 'not_needed'>;
  get(account: string, inKeychain: boolean, lost: () => void): Promise<string | null>;
  /** True when the keychain has it now; else it is in memory. */
  set(account: string, secret: string, inKeychain: boolean): Promise<boolean>;
  delete(account: string, inKeychain: boolean): Promise<void>;
}

export interface HostServiceOptions {
  readonly store: { read(): unknown; write(value: unknown): void };
  readonly database: Database;
  readonly secrets: Secrets;
  /** Told of every secret that is entered, so that no log shows it. */
  readonly registerSecret: (secret: string) => void;
  /** Takes secrets and signatures out of what servers say. */
  readonly mask: (text: string) => string;
  /** The kept file of a reference, `<sha256>.<extension>`; null when there is none. */
  readonly fileOf: (referenceId: string) => string | null;
  /** The practice gateway's connection, which brings a host of its own. */
  readonly practice: { readonly connectionId: string; readonly label: string; readonly host: PracticeHost };
  readonly findCloudflared: () => Promise<Cloudflared | null>;
  readonly log: { info(text: string): void; warn(text: string, ...details: unknown[]): void };
  readonly announceHosts: (hosts: Hosts) => void;
  readonly announceUploads: (uploads: Upload[]) => void;
  /** The tunnel with other limits; only for tests. */
  readonly tunnel?: TunnelHost;
  readonly now?: () => number;
}

export interface HostInput {
  readonly id: string | null;
  readonly label: string;
  readonly facts: HostFacts;
  readonly lifeSeconds: number;
  readonly removeAfter: boolean;
}

export interface PlaceRequest {
  readonly generationId: string;
  readonly connectionId: string;
  readonly referenceId: string;
  readonly signal: AbortSignal;
  /** Bytes sent so far. */
  readonly onProgress: (done: number) => void;
}

export interface PlacedReference {
  /** May be signed: never kept, logged or shown. */
  readonly url: string;
  readonly hostLabel: string;
  /** It was there already. */
  readonly reused: boolean;
}

export class HostService {
  private current: HostRecords;
  private readonly uploadStore: UploadStore;
  private readonly tunnel: TunnelHost;
  private readonly now: () => number;
  /** As of the last look. */
  private cloudflared: Cloudflared | null = null;
  private wasUsable = false;
  private readonly listeners = new Set<(usableChanged: boolean) => void>();
  /** Changes of the records one after the other: a late delete must not hit a newer secret. */
  private queue: Promise<unknown> = Promise.resolve();
  /** What happens to one content at one host happens one after the other. */
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly options: HostServiceOptions) {
    this.current = readHostRecords(options.store.read());
    this.uploadStore = new UploadStore(options.database);
    this.tunnel = options.tunnel ?? new TunnelHost({ find: () => this.findCloudflared(), log: options.log });
    this.now = options.now ?? Date.now;
    // A tunnel's addresses died with the last run; a host that is gone cannot be asked for anything.
    for (const id of this.uploadStore.hostIds())
      if ((this.find(id)?.facts.kind ?? 'tunnel') === 'tunnel') this.uploadStore.forgetHost(id);
    this.wasUsable = this.usable();
    if (this.active()?.facts.kind === 'tunnel') this.changed();
    options.secrets.onMissing(() => {
      if (this.current.records.some(({ secretInKeychain }) => secretInKeychain)) this.changed();
    });
  }

  async list(): Promise<Hosts> {
    await this.findCloudflared();
    const { records, activeId } = this.current;
    return {
      hosts: records.map((record) => this.toHost(record)),
      activeId,
      cloudflared: this.cloudflared?.version ?? null,
    };
  }

  /**
   * Adds or changes a host. What the secret was given for changes: the secret is deleted.
   * @throws AppError `not_found`, `url_invalid`, `plain_http_not_accepted`, `bad_request`
   */
  async save({ id, label, facts, lifeSeconds, removeAfter }: HostInput): Promise<Host> {
    return this.inOrder(async () => {
      const old = id === null ? null : this.require(id);
      const checked = checkedFacts(facts);
      const record: HostRecord = {
        id: old?.id ?? randomUUID(),
        label,
        facts: checked,
        lifeSeconds,
        removeAfter,
        secretInKeychain: old?.secretInKeychain ?? false,
      };
      if (old === null) {
        this.write({ ...this.current, records: [...this.current.records, record] });
        return this.toHost(record);
      }
      const moved = secretAccount(old.id, old.facts) !== secretAccount(old.id, checked);
      this.replace(moved ? { ...record, secretInKeychain: false } : record);
      if (placeOf(old.facts) !== placeOf(checked) || old.facts.kind !== checked.kind) this.forgetUploads(old);
      if (moved) await this.forgetSecret(old);
      return this.toHost(this.require(old.id));
    });
  }

  /** What lies there stays, but for a tunnel's files: they are served no longer. @throws AppError `not_found` */
  async remove(id: string): Promise<Hosts> {
    await this.inOrder(async () => {
      const record = this.require(id);
      const { records, activeId } = this.current;
      this.write({
        records: records.filter((other) => other.id !== id),
        activeId: activeId === id ? null : activeId,
      });
      this.forgetUploads(record);
      await this.forgetSecret(record);
    });
    return this.list();
  }

  /** Null: none. @throws AppError `not_found` */
  async use(id: string | null): Promise<Hosts> {
    await this.inOrder(async () => {
      if (id !== null) this.require(id);
      this.write({ ...this.current, activeId: id });
    });
    return this.list();
  }

  /** Where the keychain refuses it is held in memory for this run. @throws AppError `not_found`, `bad_request` */
  async setSecret(id: string, typed: string): Promise<Host> {
    const secret = typed.trim();
    this.options.registerSecret(secret);
    // What cannot stand in a header.
    if (!/^[\x20-\x7e]+$/.test(secret)) throw new AppError('bad_request', 'not a secret');
    return this.inOrder(async () => {
      const record = this.require(id);
      if (!needsSecret(record.facts)) throw new AppError('bad_request', 'this host needs no secret');
      const account = secretAccount(id, record.facts);
      const kept = await this.options.secrets.set(account, secret, record.secretInKeychain);
      this.replace({ ...record, secretInKeychain: kept });
      return this.toHost(this.require(id));
    });
  }

  /** @throws AppError `not_found` */
  async clearSecret(id: string): Promise<Host> {
    return this.inOrder(async () => {
      const record = this.require(id);
      this.replace({ ...record, secretInKeychain: false });
      await this.forgetSecret(record);
      return this.toHost(this.require(id));
    });
  }

  /** Puts, fetches and removes a small file. @throws AppError `not_found`, and what `FileHost.test` throws */
  async test(id: string): Promise<HostTest> {
    return this.withHost(this.require(id), (host) => host.test());
  }

  /** What lies at a host now, under an address that works. */
  uploads(): Upload[] {
    return this.uploadStore.list().flatMap(({ hostId, referenceId, uploadedAt, until }) => {
      const record = this.find(hostId);
      const dead = until !== null && Date.parse(until) <= this.now();
      if (record === null || uploadedAt === null || dead) return [];
      return [{ referenceId, hostId, hostLabel: record.label, uploadedAt, until }];
    });
  }

  /** Whether a local file can be put somewhere: a host was chosen, and has what it needs. */
  usable(): boolean {
    const record = this.active();
    if (record === null) return false;
    if (record.facts.kind === 'tunnel') return this.cloudflared !== null;
    return this.secretState(record) !== 'none';
  }

  /** Calls the listener after every change, with whether `usable` changed. Returns the function that ends it. */
  onChange(listener: (usableChanged: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Puts a kept file where the connection's endpoint fetches it. It stays there until `release`.
   * @throws AppError `video_needs_host`, `host_secret_missing`, `file_unreadable`, `practice_unavailable`, and what
   * `FileHost.put` throws; the signal's reason
   */
  async place(request: PlaceRequest): Promise<PlacedReference> {
    const { connectionId, referenceId, signal } = request;
    const path = this.options.fileOf(referenceId);
    const facts = path === null ? null : await stat(path).catch(() => null);
    if (path === null || facts === null) throw new AppError('file_unreadable', 'the kept file is gone');
    const { practice } = this.options;
    if (connectionId === practice.connectionId) {
      const url = await practice.host.put(path, basename(path), signal);
      return { url, hostLabel: practice.label, reused: false };
    }
    const record = this.active();
    if (record === null) throw new AppError('video_needs_host', 'no host is chosen');
    const use: UploadUse = { hostId: record.id, referenceId };
    // Before it is this one's turn: whoever takes it away meanwhile must know of it.
    this.uploadStore.use(request.generationId, use);
    const file: HostedFile = { path, id: referenceId, bytes: facts.size };
    // Who waits behind another upload of the same content does not wait on when it is cancelled.
    return abortable(
      this.inTurn(use, () => this.put(record, file, request)),
      signal,
    );
  }

  /**
   * The generation has ended: what nobody else needs is taken away where that was asked for. Labels of the hosts
   * from which something was. What cannot be reached now stays remembered, and goes when this is called again.
   */
  async release(generationId: string): Promise<string[]> {
    const removed: string[] = [];
    for (const use of this.uploadStore.usesOf(generationId)) {
      try {
        const label = await this.inTurn(use, () => this.letGo(generationId, use));
        if (label !== null) removed.push(label);
      } catch (error) {
        this.options.log.warn('An upload could not be removed', error);
      }
    }
    return removed;
  }

  /** Generations that need an upload, or whose uploads could not be taken away yet. */
  users(): string[] {
    return this.uploadStore.users();
  }

  /** Ends the tunnel. For quitting. */
  async stop(): Promise<void> {
    await this.tunnel.stop();
  }

  private async put(record: HostRecord, file: HostedFile, request: PlaceRequest): Promise<PlacedReference> {
    const { signal, onProgress } = request;
    signal.throwIfAborted();
    const use: UploadUse = { hostId: record.id, referenceId: file.id };
    const known = this.uploadStore.find(use);
    const { place, url, until, reused } = await this.withHost(record, (host) =>
      host.put(file, {
        signal,
        onProgress,
        known: known === null || known.place === '' ? null : known.place,
        onBegin: (begun) =>
          this.uploadStore.save({ ...use, place: begun, ours: true, uploadedAt: null, until: null }),
      }),
    );
    const uploadedAt = reused ? known?.uploadedAt : null;
    this.uploadStore.save({
      ...use,
      place,
      // What was there before anything was put from here belongs to somebody else.
      ours: reused ? (known?.ours ?? false) : true,
      uploadedAt: uploadedAt ?? new Date(this.now()).toISOString(),
      until,
    });
    this.options.announceUploads(this.uploads());
    return { url, hostLabel: record.label, reused };
  }

  private async letGo(generationId: string, use: UploadUse): Promise<string | null> {
    const upload = this.uploadStore.find(use);
    const record = this.find(use.hostId);
    const needed = this.uploadStore.isUsedBesides(generationId, use);
    let label: string | null = null;
    if (upload !== null && record !== null && !needed) {
      const removes = upload.ours && (record.removeAfter || record.facts.kind === 'tunnel');
      const unfinished = upload.uploadedAt === null;
      const gone =
        removes || unfinished
          ? await this.withHost(record, (host) => this.takeAway(host, upload.place, removes))
          : false;
      if (gone || unfinished) this.uploadStore.remove(use);
      if (gone && !unfinished) label = record.label;
    }
    this.uploadStore.unuse(generationId, use);
    this.options.announceUploads(this.uploads());
    return label;
  }

  private async takeAway(host: FileHost, place: string, removes: boolean): Promise<boolean> {
    if (removes) return host.remove(place);
    await host.discard(place);
    return false;
  }

  /** Secrets are read at the moment of use and kept nowhere. */
  private async withHost<T>(record: HostRecord, work: (host: FileHost) => Promise<T>): Promise<T> {
    const host = await this.open(record);
    try {
      return await work(host);
    } catch (error) {
      throw this.masked(error);
    } finally {
      host.close();
    }
  }

  private async open(record: HostRecord): Promise<FileHost> {
    const { id, facts, lifeSeconds } = record;
    if (facts.kind === 'tunnel') return this.tunnel;
    const secret = needsSecret(facts) ? await this.secretOf(record) : null;
    if (facts.kind === 'uploader') return new UploaderHost({ facts, secret });
    // Loaded with the first use: it is by far the largest library here, and many never choose a bucket.
    const { S3Host } = await import('./s3Host');
    const multiparts = this.uploadStore.multiparts(id);
    return new S3Host({ facts, secret: secret ?? '', lifeSeconds, multiparts, now: this.now });
  }

  private async secretOf(record: HostRecord): Promise<string> {
    const account = secretAccount(record.id, record.facts);
    const secret = await this.options.secrets.get(account, record.secretInKeychain, () => {
      // Somebody emptied the keychain: say `none` from now on, unless the record has changed meanwhile.
      if (this.current.records.includes(record)) this.replace({ ...record, secretInKeychain: false });
    });
    if (secret === null) throw new AppError('host_secret_missing');
    return secret;
  }

  /** A server may say a secret back. */
  private masked(error: unknown): unknown {
    if (!(error instanceof AppError) || error.detail.rawMessage === undefined) return error;
    const rawMessage = this.options.mask(error.detail.rawMessage);
    return new AppError(error.code, error.message, { ...error.detail, rawMessage }, { cause: error.cause });
  }

  private async findCloudflared(): Promise<Cloudflared | null> {
    this.cloudflared ??= await this.options.findCloudflared();
    if (this.usable() !== this.wasUsable) this.tell();
    return this.cloudflared;
  }

  private active(): HostRecord | null {
    return this.current.activeId === null ? null : this.find(this.current.activeId);
  }

  private find(id: string): HostRecord | null {
    return this.current.records.find((record) => record.id === id) ?? null;
  }

  private require(id: string): HostRecord {
    const record = this.find(id);
    if (record === null) throw new AppError('not_found', 'unknown host');
    return record;
  }

  private replace(record: HostRecord): void {
    const records = this.current.records.map((other) => (other.id === record.id ? record : other));
    this.write({ ...this.current, records });
  }

  private write(next: HostRecords): void {
    this.options.store.write(writeHostRecords(next));
    this.current = next;
    this.changed();
  }

  private forgetUploads({ id, facts }: HostRecord): void {
    // What the person takes away is served no longer; in a bucket it stays, for the addresses given out.
    if (facts.kind === 'tunnel')
      for (const { hostId, place } of this.uploadStore.list())
        if (hostId === id) void this.tunnel.remove(place);
    this.uploadStore.forgetHost(id);
    this.options.announceUploads(this.uploads());
  }

  private async forgetSecret({ id, facts, secretInKeychain }: HostRecord): Promise<void> {
    await this.options.secrets.delete(secretAccount(id, facts), secretInKeychain);
    this.changed();
  }

  /** Tells everybody; the window a moment later, when it is known whether there is a `cloudflared`. */
  private changed(): void {
    this.tell();
    this.list().then(this.options.announceHosts, (error: unknown) =>
      this.options.log.warn('The hosts could not be announced', error),
    );
  }

  private tell(): void {
    const usableChanged = this.usable() !== this.wasUsable;
    this.wasUsable = this.usable();
    for (const listener of [...this.listeners]) listener(usableChanged);
  }

  private toHost(record: HostRecord): Host {
    const { id, label, facts, lifeSeconds, removeAfter } = record;
    const kept = removeAfter || facts.kind === 'tunnel';
    return { id, label, facts, lifeSeconds, removeAfter: kept, secret: this.secretState(record) };
  }

  private secretState({ id, facts, secretInKeychain }: HostRecord): KeyState {
    if (!needsSecret(facts)) return 'not_needed';
    return this.options.secrets.state(secretAccount(id, facts), secretInKeychain);
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private inTurn<T>({ hostId, referenceId }: UploadUse, work: () => Promise<T>): Promise<T> {
    const key = `${hostId} ${referenceId}`;
    const turn = (this.turns.get(key) ?? Promise.resolve()).then(work);
    const settled = turn
      .catch(() => undefined)
      .then(() => {
        if (this.turns.get(key) === settled) this.turns.delete(key);
      });
    this.turns.set(key, settled);
    return turn;
  }
}
