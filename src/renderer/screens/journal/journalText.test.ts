import { describe, expect, it } from 'vitest';
import { gapText, journalText } from './journalText';

describe('gapText', () => {
  // Bug: the computer's clock is set back in between and a step took -3600 s.
  it('is never negative, and exact where it matters', () => {
    const gaps = [null, -3_600_000, 412, 59_990, 151_900, 3_725_000].map(gapText);
    expect(gaps).toEqual(['', '+0.0 s', '+0.4 s', '+0:59', '+2:31', '+1:02:05']);
  });
});

describe('journalText', () => {
  // Bug: support gets a list of times without the ids that the provider asks for.
  it('says version, model and ids before the steps, and leaves out what is unknown', () => {
    const text = journalText(
      {
        generationId: 'g1',
        title: 'x',
        model: 'doubao-seedance-2-0-260128',
        connection: 'Ark, https://ark.example/api/v3',
        taskId: 'cgt-1',
        requestId: null,
        state: 'lost',
      },
      [
        { at: '2026-11-22T12:00:00.000Z', step: 'written', detail: '' },
        { at: '2026-11-22T12:00:00.412Z', step: 'status', detail: 'queued' },
      ],
      { version: '0.1.0', electron: '45.4.1', platform: 'linux' },
    );
    expect(text).toContain('App: Dailies 0.1.0, Electron 45.4.1, linux');
    expect(text).toContain('Task id: cgt-1');
    expect(text).not.toContain('Request id');
    expect(text.split('\n').at(-1)).toMatch(/^2026-11-22T12:00:00\.412Z +\+0\.4 s {2}status: queued$/);
  });
});
