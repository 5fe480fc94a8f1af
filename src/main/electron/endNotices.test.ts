import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { AppError } from '@shared/contract/errors';
import type { CostEstimate } from '@shared/domain/cost';
import type { GenerationState } from '@shared/domain/generation';
import type { Language } from '@shared/domain/settings';
import { EndNotices } from './endNotices';
import { NOTABLE_STATES, noticeOf, summaryOf, type Ended, type NoticeText } from './noticeWords';

const NOW = Date.UTC(2026, 10, 22, 9);
const price = (perMillion: number | null) =>
  ({ price: perMillion === null ? null : { min: 1, max: 2, currency: 'CNY', perMillion } }) as CostEstimate;

const ended = (id: string, state: GenerationState, rest: Partial<Ended> = {}): Ended => ({
  id,
  state,
  title: `Title ${id}`,
  estimate: price(46),
  tokens: 108_900,
  error: null,
  endedAt: new Date(NOW).toISOString(),
  connection: { id: 'ark' },
  ...rest,
});

let shown: NoticeText[];
let enabled: boolean;
let watched: boolean;
let notices: EndNotices;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  [shown, enabled, watched] = [[], true, false];
  notices = new EndNotices({
    enabled: () => enabled,
    watched: () => watched,
    words: () => ({ language: 'en', practiceId: 'practice' }),
    show: (notice) => shown.push(notice),
  });
});
afterEach(() => {
  notices.stop();
  vi.useRealTimers();
});

const wait = (): void => void vi.advanceTimersByTime(2000);

describe('when', () => {
  it('tells of an end once, whatever else changes in the record', () => {
    for (const state of ['queued', 'running', 'downloading', 'finishing', 'done', 'done'] as const)
      notices.changed(ended('a', state));
    wait();
    notices.changed(ended('a', 'done'));
    wait();
    expect(shown).toEqual([{ title: 'Video ready. Billed ¥5.01.', body: 'Title a' }]);
  });

  // Bug: notifications over the window that shows the same thing, or against the person's wish.
  it('not while the window is before the person, nor when switched off', () => {
    watched = true;
    notices.changed(ended('a', 'done'));
    wait();
    [watched, enabled] = [false, false];
    notices.changed(ended('b', 'done'));
    wait();
    // Nor later, when what was seen is noted once more.
    enabled = true;
    notices.changed(ended('a', 'done'));
    wait();
    expect(shown).toEqual([]);
  });

  it('not to somebody who comes back within the moment', () => {
    notices.changed(ended('a', 'done'));
    watched = true;
    wait();
    expect(shown).toEqual([]);
  });

  // Bug: a lost answer that is found a second later worries the person about their money.
  it('not of what turned out otherwise within the moment', () => {
    notices.changed(ended('a', 'unconfirmed', { endedAt: null }));
    notices.changed(ended('a', 'queued', { endedAt: null }));
    wait();
    expect(shown).toEqual([]);
    notices.changed(ended('a', 'unconfirmed', { endedAt: null }));
    wait();
    expect(shown).toHaveLength(1);
  });

  it('not of what the person did, and not of what ended long ago', () => {
    notices.changed(ended('a', 'cancelled'));
    notices.changed(ended('b', 'failed', { endedAt: new Date(NOW - 3_600_000).toISOString() }));
    wait();
    expect(shown).toEqual([]);
  });

  // Bug: a queue of fifty ends as fifty notifications.
  it('up to three one by one, more within two seconds as one', () => {
    for (const id of ['a', 'b', 'c']) notices.changed(ended(id, 'done'));
    wait();
    expect(shown.map(({ body }) => body)).toEqual(['Title a', 'Title b', 'Title c']);
    shown.length = 0;
    for (const id of ['d', 'e', 'f', 'g']) notices.changed(ended(id, 'done'));
    vi.advanceTimersByTime(1500);
    notices.changed(ended('h', 'rejected'));
    wait();
    expect(shown).toEqual([{ title: '5 generations ended', body: '4 videos ready, 1 refused' }]);
  });
});

describe('the words', () => {
  const say = (end: Ended, language: Language = 'en'): string =>
    noticeOf(end as Parameters<typeof noticeOf>[0], { language, practiceId: 'practice' }).title;
  const gone = new AppError('record_gone').toRecord();

  test.each<[Ended, string, string]>([
    [ended('a', 'done'), 'Video ready. Billed ¥5.01.', '视频已完成。已计费 ¥5.01。'],
    [ended('a', 'done', { tokens: null }), 'Video ready. It was billed.', '视频已完成。已计费。'],
    [ended('a', 'done', { estimate: price(null) }), 'Video ready. It was billed.', '视频已完成。已计费。'],
    [
      ended('a', 'done', { connection: { id: 'practice' } }),
      'Video ready. Practice costs nothing.',
      '视频已完成。练习不收费。',
    ],
    [ended('a', 'rejected'), 'Refused before it started. Nothing was charged.', '开始前被拒绝。未产生费用。'],
    [ended('a', 'failed'), 'Failed. Nothing was charged.', '生成失败。未产生费用。'],
    [ended('a', 'lost'), 'Lost before it was safe. Billed ¥5.01.', '没能存好就已丢失。已计费 ¥5.01。'],
    [
      ended('a', 'lost', { error: gone, tokens: null }),
      'No longer known at the provider. Whether it is billed is not known.',
      '服务商已没有这个任务的记录。是否计费尚不确定。',
    ],
    [
      ended('a', 'unconfirmed'),
      'Sent, but not confirmed. Whether it is billed is not known.',
      '已发送，但未确认。是否计费尚不确定。',
    ],
  ])('%o', (end, english, chinese) => {
    expect([say(end), say(end, 'zh-CN')]).toEqual([english, chinese]);
  });

  it('a summary has words for every end', () => {
    const words = { language: 'zh-CN', practiceId: 'practice' } as const;
    expect(summaryOf([...NOTABLE_STATES, 'done'], words)).toEqual({
      title: '7 个生成任务已结束',
      body: '2 个视频已完成，1 个被拒绝，1 个失败，1 个超时，1 个丢失，1 个未确认',
    });
  });
});
