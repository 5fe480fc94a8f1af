import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Currency } from '@shared/domain/cost';
import type { Generation, GenerationState } from '@shared/domain/generation';
import type { Settings } from '@shared/domain/settings';
import type { Spend } from '@shared/domain/spend';
import { testFolder } from '../../../tests/fakes/folder';
import { openDatabase, type Database } from '../database/open';
import { SpendService } from './SpendService';

const NOW = Date.parse('2026-11-22T09:00:00.000Z');
const SHANGHAI = 8 * 60;

interface Facts {
  readonly state: GenerationState;
  readonly connection: string;
  readonly label: string;
  readonly at: string | null;
  readonly tokens: number | null;
  readonly perMillion: number | null;
  readonly currency: Currency;
  readonly max: number;
  readonly dismissed: boolean;
}

let database: Database;
let settings: { -readonly [K in 'budget' | 'atBudget']: Settings[K] };
let connections: { id: string; label: string; currency: Currency | null }[];
let announced: Spend[];
let service: SpendService;
let count = 0;

beforeEach(async () => {
  database = openDatabase(join(await testFolder('spend'), 'dailies.db'));
  settings = { budget: { CNY: null, USD: null }, atBudget: 'stop' };
  connections = [
    { id: 'practice', label: 'Practice', currency: null },
    { id: 'ark', label: 'Ark', currency: 'CNY' },
  ];
  announced = [];
  service = serviceAt(NOW, 0);
});

afterEach(() => {
  service.stop();
  database.close();
  vi.useRealTimers();
});

function serviceAt(now: number, offset: number): SpendService {
  return new SpendService({
    database,
    settings: { get: () => settings },
    connections: { list: () => connections },
    announce: (spend) => announced.push(spend),
    now: () => now,
    offsetAt: () => offset,
  });
}

/** One generation as `generationStore` writes it. 100,000 tokens at 50 per million are 5. */
function put(facts: Partial<Facts> = {}, id = `g${(count += 1)}`): string {
  const { state, connection, label, at, tokens, perMillion, currency, max, dismissed }: Facts = {
    state: 'done',
    connection: 'ark',
    label: 'Ark',
    at: '2026-11-22T08:00:00.000Z',
    tokens: 100_000,
    perMillion: 50,
    currency: 'CNY',
    max: 5,
    dismissed: false,
    ...facts,
  };
  const price = perMillion === null ? null : { min: max, max, currency, perMillion };
  const record: Partial<Generation> = {
    connection: { id: connection, label, baseUrl: '' },
    estimate: { price } as Generation['estimate'],
    succeededAt: at,
    tokens,
  };
  database.run(
    `INSERT INTO generations (id, state, connection_id, record, created_at, dismissed) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, record = excluded.record`,
    id,
    state,
    connection,
    JSON.stringify(record),
    '2026-10-30T00:00:00.000Z',
    dismissed ? 1 : 0,
  );
  return id;
}

const month = (spend: Spend, currency: Currency = 'CNY') =>
  spend.months.find((candidate) => candidate.currency === currency);

describe('what was spent', () => {
  it('is nothing at first, in the currency of the connection there is', () => {
    expect(service.get()).toEqual({
      month: '2026-11',
      rows: [],
      months: [{ currency: 'CNY', spent: 0, unknown: 0, inWork: 0, waiting: 0, budget: null }],
    });
  });

  it('is tokens times the price fixed at sending, by day and connection, newest first', () => {
    connections.push({ id: 'byte', label: 'BytePlus', currency: 'USD' });
    for (const state of ['downloading', 'finishing', 'done', 'lost'] as const) put({ state });
    put({ at: '2026-11-20T10:00:00.000Z', tokens: 200_000 });
    put({ connection: 'byte', currency: 'USD', perMillion: 7 });
    put({ at: '2026-10-31T23:59:59.999Z' });
    const spend = service.get();
    expect(spend.rows.map(({ day, connectionLabel, amount }) => [day, connectionLabel, amount])).toEqual([
      ['2026-11-22', 'Ark', 20],
      ['2026-11-22', 'BytePlus', 0.7],
      ['2026-11-20', 'Ark', 10],
      ['2026-10-31', 'Ark', 5],
    ]);
    expect(spend.rows[0]).toMatchObject({ generations: 4, tokens: 400_000, unknown: 0, currency: 'CNY' });
    expect(month(spend)?.spent).toBe(30);
    expect(month(spend, 'USD')?.spent).toBeCloseTo(0.7);
  });

  // Bug: a sum that leaves out what it does not know and looks whole.
  it('a total with unknown parts says how many, and adds none of them as nothing', () => {
    put();
    put({ perMillion: null });
    put({ tokens: null });
    const spend = service.get();
    expect(spend.rows).toMatchObject([{ amount: 5, generations: 3, unknown: 2, tokens: 200_000 }]);
    expect(month(spend)).toMatchObject({ spent: 5, unknown: 2 });
  });

  // Bug: practice shown as money.
  it('practice is not counted, billed or in work', () => {
    const practice = { connection: 'practice', perMillion: null };
    for (const state of ['done', 'running', 'held'] as const) put({ ...practice, state });
    expect(service.get()).toMatchObject({ rows: [], months: [{ unknown: 0, inWork: 0, waiting: 0 }] });
  });

  it('what was refused, failed or taken back costs nothing', () => {
    for (const state of ['rejected', 'failed', 'cancelled', 'expired'] as const) put({ state });
    expect(service.get().rows).toEqual([]);
  });

  // Bug: a bill of the evening falls into the next month, or into none, because days are cut in UTC.
  it('cuts days and months in local time', () => {
    put({ at: '2026-10-31T15:59:59.999Z' });
    put({ at: '2026-10-31T16:00:00.000Z' });
    const shanghai = serviceAt(NOW, SHANGHAI).get();
    expect(shanghai.rows.map(({ day, amount }) => [day, amount])).toEqual([
      ['2026-11-01', 5],
      ['2026-10-31', 5],
    ]);
    expect(month(shanghai)?.spent).toBe(5);
    expect(month(service.get())?.spent).toBe(0);
    const newYear = serviceAt(Date.parse('2026-12-31T16:30:00.000Z'), SHANGHAI).get();
    expect([newYear.month, month(newYear)?.spent]).toEqual(['2027-01', 0]);
  });

  it('goes back a year and no further, and loses nothing that a clock dated tomorrow', () => {
    put({ at: '2025-11-22T12:00:00.000Z' });
    put({ at: '2025-11-21T12:00:00.000Z' });
    put({ at: '2026-11-24T12:00:00.000Z' });
    expect(service.get().rows.map(({ day }) => day)).toEqual(['2026-11-22', '2025-11-22']);
  });

  // Bug: dismissing a lost video, or removing its connection, takes its cost out of the sum.
  it('stays when the generation is dismissed and the connection renamed or removed', () => {
    put({ state: 'lost', dismissed: true });
    put({ perMillion: null });
    connections = [{ id: 'ark', label: 'Studio', currency: 'CNY' }];
    expect(service.get().rows).toMatchObject([{ connectionLabel: 'Studio', amount: 5, unknown: 1 }]);
    connections = [];
    expect(service.get().rows).toMatchObject([{ connectionLabel: 'Ark', amount: 5, unknown: 1 }]);
  });

  // Bug: a change of the record counts a second time, or is not seen.
  it('follows the generation through its states, once', () => {
    const id = put({ state: 'running', at: null, tokens: null });
    expect(service.get()).toMatchObject({ rows: [], months: [{ inWork: 5 }] });
    put({ state: 'downloading', tokens: null }, id);
    expect(service.get()).toMatchObject({ rows: [{ unknown: 1 }], months: [{ inWork: 0, unknown: 1 }] });
    put({ state: 'finishing' }, id);
    put({ state: 'done' }, id);
    expect(service.get().rows).toMatchObject([{ generations: 1, amount: 5, unknown: 0 }]);
  });
});

describe('what is on the way', () => {
  it('is the highest end of what is being made, apart from what waits', () => {
    for (const state of ['preparing', 'submitting', 'unconfirmed', 'queued', 'running'] as const)
      put({ state, max: 2 });
    put({ state: 'held', max: 7 });
    put({ state: 'unconfirmed', max: 100, dismissed: true });
    expect(month(service.get())).toMatchObject({ inWork: 10, waiting: 7, spent: 0 });
  });

  // Bug: an estimate that nobody can make counts as free.
  it('is not known where one of them is not', () => {
    put({ state: 'queued' });
    put({ state: 'running', perMillion: null });
    put({ state: 'held' });
    expect(month(service.get())).toMatchObject({ inWork: null, waiting: 5 });
  });
});

describe('the budget', () => {
  const price = (max: number) => ({ max, currency: 'CNY' as const });

  // Bug: ten requests in a row pass because none of them is billed yet.
  it('counts what is billed and what is in work with the one to be sent', () => {
    settings.budget = { CNY: 20, USD: null };
    put();
    put({ state: 'running', max: 9 });
    expect(service.exceeds(price(6))).toBeNull();
    expect(service.exceeds(price(6.01))).toEqual({ spent: 14, budget: 20, currency: 'CNY' });
    expect(month(service.get())?.budget).toBe(20);
  });

  it('is of this month, and of its own currency', () => {
    settings.budget = { CNY: 6, USD: 1 };
    put({ at: '2026-10-31T23:59:59.999Z', tokens: 900_000 });
    put({ connection: 'byte', currency: 'USD' });
    put({ state: 'held', max: 90 });
    expect(service.exceeds(price(6))).toBeNull();
    expect(service.exceeds({ max: 0.01, currency: 'USD' })).toMatchObject({ spent: 5 });
  });

  it('never stops practice, an unknown price, or somebody who wants to be warned only', () => {
    settings.budget = { CNY: 0, USD: null };
    expect(service.exceeds(price(1))).toMatchObject({ spent: 0, budget: 0 });
    expect(service.exceeds(null)).toBeNull();
    expect(service.exceeds({ max: 1, currency: 'USD' })).toBeNull();
    settings.atBudget = 'warn';
    expect(service.exceeds(price(1))).toBeNull();
  });

  // Bug: 0.1 + 0.2 is over a budget of 0.3.
  it('may be used to the last cent', () => {
    settings.budget = { CNY: 0.3, USD: null };
    put({ tokens: 100_000, perMillion: 1 });
    expect(service.exceeds(price(0.2))).toBeNull();
  });
});

describe('announcing', () => {
  // Bug: every answer of a poll sends the whole year to the window.
  it('many changes are one announcement, and no change is none', () => {
    vi.useFakeTimers();
    put();
    for (let change = 0; change < 100; change += 1) service.changed();
    vi.advanceTimersByTime(1000);
    expect(announced).toEqual([service.get()]);
    service.changed();
    vi.advanceTimersByTime(1000);
    expect(announced).toHaveLength(1);
    put();
    service.changed();
    service.stop();
    vi.advanceTimersByTime(1000);
    expect(announced).toHaveLength(1);
  });
});

// Bug: sums that read every record: a year's page takes seconds once there are many.
it('sums are read from an index alone', () => {
  const plan = (sql: string): string =>
    database
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .map(({ detail }) => detail)
      .join('; ');
  expect(plan("SELECT total(amount), count(tokens) FROM bills WHERE at >= '2026'")).toContain(
    'COVERING INDEX',
  );
  expect(
    plan("SELECT record FROM generations WHERE state IN ('held', 'running') AND dismissed = 0"),
  ).toContain('generations_open');
});
