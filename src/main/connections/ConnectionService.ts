// Endpoints and their keys. A key belongs to one address: change the address and the key is gone.
import { randomUUID } from 'node:crypto';
import { AppError } from '@shared/contract/errors';
import type { TestResult } from '@shared/contract/requests';
import {
  PRESETS,
  readBaseUrl,
  type Connection,
  type KeyState,
  type PresetName,
} from '@shared/domain/connection';
import { LIST_PRICES, type UnitPrice } from '@shared/domain/cost';
import { localDay } from '@shared/domain/localDay';
import { findModel, type Resolution } from '@shared/domain/models';
import {
  readConnectionRecords,
  secretAccount,
  writeConnectionRecords,
  type ConnectionRecord,
} from './connectionRecord';
import { pricesOf, withOwnPrice } from './ownPrices';

export const PRACTICE_ID = 'practice';

/** `inKeychain`: what the record says. */
interface Secrets {
  onMissing(told: () => void): void;
  state(account: string, inKeychain: boolean): Exclude<KeyState, 'not_needed'>;
  get(account: string, inKeychain: boolean, lost: () => void): Promise<string | null>;
  /** True when the keychain has it now; else it is in memory. */
  set(account: string, secret: string, inKeychain: boolean): Promise<boolean>;
  delete(account: string, inKeychain: boolean): Promise<void>;
}

export interface ConnectionServiceOptions {
  readonly store: { read(): unknown; write(value: unknown): void };
  /** Where keys live. */
  readonly secrets: Secrets;
  /** The practice gateway: its address, started where needed, and as last known. */
  readonly practice: { baseUrl(): Promise<string>; lastKnownUrl(): string | null };
  /** Asks the endpoint something that costs nothing. Rejects with an `AppError`. */
  readonly probe: (baseUrl: string, key: string | null) => Promise<TestResult>;
  /** Told of every key that is entered, so that no log shows it. */
  readonly registerSecret: (secret: string) => void;
  readonly canHostVideo?: (preset: PresetName) => boolean;
  /** The local day, `2026-11-22`: the date of a price that is entered. */
  readonly today?: () => string;
}

/** What the person pays per million tokens. */
export interface EnteredPrice {
  readonly withoutVideo: number;
  readonly withVideo: number;
}

/** What a person enters. `baseUrl` as typed. */
export interface ConnectionFacts {
  readonly label: string;
  readonly baseUrl: string;
  readonly plainHttpAccepted: boolean;
}

export class ConnectionService {
  private records: ConnectionRecord[];
  private readonly listeners = new Set<(connections: Connection[]) => void>();
  /** Changes of one key after the other: a late delete must not hit a newer key. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ConnectionServiceOptions) {
    this.records = readConnectionRecords(options.store.read());
    options.secrets.onMissing(() => {
      if (this.records.some(({ keyInKeychain }) => keyInKeychain)) this.announce();
    });
  }

  /** The practice gateway first, then the person's own in the order they were added. */
  list(): Connection[] {
    return [this.practice(), ...this.records.map((record) => this.toConnection(record))];
  }

  /** @throws AppError `no_connection` */
  find(id: string): Connection {
    return id === PRACTICE_ID ? this.practice() : this.toConnection(this.record(id));
  }

  /**
   * Address and key of one moment, read together: the key is always the one of this address.
   * @throws AppError `no_connection`, `key_missing`, `plain_http_not_accepted`, `practice_unavailable`
   */
  async endpoint(id: string): Promise<{ baseUrl: string; key: string | null }> {
    if (id === PRACTICE_ID) return { baseUrl: await this.options.practice.baseUrl(), key: null };
    const record = this.record(id);
    // Again here: the settings file is no proof of a consent.
    const { url } = checkedUrl(record.baseUrl, record.plainHttpAccepted);
    const key = await this.keyOf(record);
    if (key === null) throw new AppError('key_missing');
    return { baseUrl: url, key };
  }

  /**
   * The key, for main alone; null where there is none or none is needed. Never keep it.
   * @throws AppError `no_connection`
   */
  async secretFor(id: string): Promise<string | null> {
    return id === PRACTICE_ID ? null : this.keyOf(this.record(id));
  }

  /** @throws AppError `url_invalid`, `plain_http_not_accepted`, `bad_request` for the built-in preset */
  async add({ preset, ...facts }: ConnectionFacts & { readonly preset: PresetName }): Promise<Connection> {
    if (preset === 'practice') throw new AppError('bad_request', 'the practice connection is built in');
    const { url } = checkedUrl(facts.baseUrl, facts.plainHttpAccepted);
    const record: ConnectionRecord = {
      id: randomUUID(),
      preset,
      label: facts.label,
      baseUrl: url,
      plainHttpAccepted: facts.plainHttpAccepted,
      keyInKeychain: false,
      ownPrices: [],
    };
    this.save([...this.records, record]);
    return this.toConnection(record);
  }

  /**
   * Another address deletes the key: it was given to the old one.
   * @throws AppError `no_connection`, `url_invalid`, `plain_http_not_accepted`
   */
  async update({ id, ...facts }: ConnectionFacts & { readonly id: string }): Promise<Connection> {
    if (id === PRACTICE_ID) throw new AppError('bad_request', 'the practice connection is built in');
    return this.inTurn(async () => {
      const old = this.record(id);
      const { url } = checkedUrl(facts.baseUrl, facts.plainHttpAccepted);
      const moved = url !== old.baseUrl;
      const { label, plainHttpAccepted } = facts;
      this.replace({
        ...old,
        label,
        plainHttpAccepted,
        baseUrl: url,
        keyInKeychain: old.keyInKeychain && !moved,
      });
      if (moved) await this.forgetKey(old);
      return this.find(id);
    });
  }

  /** @throws AppError `no_connection` */
  async remove(id: string): Promise<void> {
    if (id === PRACTICE_ID) throw new AppError('bad_request', 'the practice connection is built in');
    await this.inTurn(async () => {
      const record = this.record(id);
      this.save(this.records.filter((other) => other.id !== id));
      await this.forgetKey(record);
    });
  }

  /** Makes sure that it can be used: starts the practice gateway. @throws like `find`, `practice_unavailable` */
  async prepare(id: string): Promise<void> {
    if (id === PRACTICE_ID) await this.options.practice.baseUrl();
    else this.record(id);
  }

  /** Where the keychain refuses, the key is held in memory for this run and the connection says so. */
  async setKey(id: string, typed: string): Promise<Connection> {
    const key = readKey(typed);
    this.options.registerSecret(key);
    return this.inTurn(async () => {
      if (id === PRACTICE_ID) throw new AppError('bad_request', 'the practice connection needs no key');
      const record = this.record(id);
      const account = secretAccount(id, record.baseUrl);
      const kept = await this.options.secrets.set(account, key, record.keyInKeychain);
      this.replace({ ...record, keyInKeychain: kept });
      return this.find(id);
    });
  }

  async clearKey(id: string): Promise<Connection> {
    return this.inTurn(async () => {
      const record = this.record(id);
      this.replace({ ...record, keyInKeychain: false });
      await this.forgetKey(record);
      return this.find(id);
    });
  }

  /**
   * The price of the row that holds this resolution; null goes back to the vendor's list.
   * @throws AppError `no_connection`, `not_found` for an unlisted model, `bad_request` for practice
   */
  async setPrice(
    id: string,
    model: string,
    resolution: Resolution,
    price: EnteredPrice | null,
  ): Promise<Connection> {
    if (id === PRACTICE_ID) throw new AppError('bad_request', 'practice costs nothing');
    const listed = findModel(model);
    if (listed === undefined) throw new AppError('not_found', 'unknown model');
    // In turn: a change of the key that is under way would write its older record over this one.
    return this.inTurn(async () => {
      const record = this.record(id);
      const date = this.options.today?.() ?? localDay(Date.now());
      const entered = price === null ? null : { ...price, date };
      const at = { model: listed.id, resolution };
      this.replace({
        ...record,
        ownPrices: withOwnPrice(listPrices(record.preset), record.ownPrices, at, entered),
      });
      return this.find(id);
    });
  }

  /** Costs nothing. @throws what `endpoint` throws, and what the probe found */
  async test(id: string): Promise<TestResult> {
    const { baseUrl, key } = await this.endpoint(id);
    return this.options.probe(baseUrl, key);
  }

  /** Calls the listener with all connections after every change. Returns the function that ends it. */
  onChange(listener: (connections: Connection[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Tells the listeners; also for the practice gateway's new address. An arrow: it is handed around. */
  readonly announce = (): void => {
    const connections = this.list();
    for (const listener of [...this.listeners]) listener(connections);
  };

  private record(id: string): ConnectionRecord {
    const record = this.records.find((candidate) => candidate.id === id);
    if (record === undefined) throw new AppError('no_connection', 'unknown connection');
    return record;
  }

  private replace(record: ConnectionRecord): void {
    this.save(this.records.map((other) => (other.id === record.id ? record : other)));
  }

  private save(records: ConnectionRecord[]): void {
    this.options.store.write(writeConnectionRecords(records));
    this.records = records;
    this.announce();
  }

  private keyOf(record: ConnectionRecord): Promise<string | null> {
    return this.options.secrets.get(secretAccount(record.id, record.baseUrl), record.keyInKeychain, () =>
      this.noticeLostKey(record),
    );
  }

  /** Somebody emptied the keychain: say `none` from now on, unless the record has changed meanwhile. */
  private noticeLostKey(record: ConnectionRecord): void {
    if (this.records.includes(record)) this.replace({ ...record, keyInKeychain: false });
  }

  private async forgetKey({ id, baseUrl, keyInKeychain }: ConnectionRecord): Promise<void> {
    await this.options.secrets.delete(secretAccount(id, baseUrl), keyInKeychain);
    this.announce();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private practice(): Connection {
    return {
      id: PRACTICE_ID,
      preset: 'practice',
      label: PRESETS.practice.label,
      baseUrl: this.options.practice.lastKnownUrl() ?? '',
      currency: PRESETS.practice.currency,
      prices: [],
      key: 'not_needed',
      plainHttpAccepted: true,
      canHostVideo: this.canHostVideo('practice'),
    };
  }

  private toConnection(record: ConnectionRecord): Connection {
    const { id, preset, label, baseUrl, plainHttpAccepted } = record;
    return {
      id,
      preset,
      label,
      baseUrl,
      currency: PRESETS[preset].currency,
      prices: pricesOf(listPrices(preset), record.ownPrices),
      key: this.keyState(record),
      plainHttpAccepted,
      canHostVideo: this.canHostVideo(preset),
    };
  }

  private keyState(record: ConnectionRecord): KeyState {
    return this.options.secrets.state(secretAccount(record.id, record.baseUrl), record.keyInKeychain);
  }

  private canHostVideo(preset: PresetName): boolean {
    return this.options.canHostVideo?.(preset) ?? false;
  }
}

function listPrices(preset: PresetName): readonly UnitPrice[] {
  const { currency } = PRESETS[preset];
  return currency === null ? [] : LIST_PRICES[currency];
}

function checkedUrl(text: string, plainHttpAccepted: boolean): { readonly url: string } {
  const verdict = readBaseUrl(text);
  if (!verdict.ok) throw new AppError('url_invalid', 'not an http or https address');
  if (verdict.plainHttp && !plainHttpAccepted) throw new AppError('plain_http_not_accepted');
  return verdict;
}

/** A key as pasted: without white space and a leading `Bearer`. What cannot stand in a header is refused. */
function readKey(typed: string): string {
  const key = typed.trim().replace(/^bearer\s+/i, '');
  if (!/^[\x21-\x7e]+$/.test(key)) throw new AppError('bad_request', 'not a key');
  return key;
}
