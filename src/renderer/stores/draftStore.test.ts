import { describe, expect, it } from 'vitest';
import type { DraftReference } from '@shared/domain/draft';
import type { ReferenceKind, Role } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import { EMPTY_DRAFT, replaced, swapped, useDraft } from './draftStore';

const file = (id: string, kind: ReferenceKind = 'image'): Reference => ({
  id,
  kind,
  source: 'file',
  name: id,
  format: 'png',
  bytes: 1,
  hasThumb: false,
});
const item = (key: string, role: Role, reference = file(key)): DraftReference => ({ key, role, reference });

describe('replaced', () => {
  // Bug: the repaired file comes as a new slot, and the chips in the prompt point nowhere.
  it('keeps key and role', () => {
    expect(replaced([item('r1', 'last_frame')], 'r1', file('new'))[0]).toMatchObject({
      key: 'r1',
      role: 'last_frame',
      reference: { id: 'new' },
    });
  });

  // Bug: a video put in place of a first frame keeps a role that only a picture can have.
  it('takes the plain role where the kind changes', () => {
    expect(replaced([item('r1', 'first_frame')], 'r1', file('new', 'video'))[0]?.role).toBe(
      'reference_video',
    );
  });

  // Bug: the same file stands in two slots, and is sent and paid for twice.
  it('leaves a draft alone that holds the file already', () => {
    const before = [item('r1', 'reference_image'), item('r2', 'reference_image')];
    expect(replaced(before, 'r1', file('r2'))).toBe(before);
  });
});

describe('swapped', () => {
  // Bug: roles are traded but not the places, and the last frame stands before the first.
  it('trades place and role, and keeps the keys', () => {
    const after = swapped([item('a', 'first_frame'), item('b', 'last_frame')]);
    expect(after.map(({ key, role }) => [key, role])).toEqual([
      ['b', 'first_frame'],
      ['a', 'last_frame'],
    ]);
  });
});

// Bug: a variation that was asked for is questioned as a slip, or a second click on it is paid for unasked.
describe('a variation', () => {
  const draft = { ...EMPTY_DRAFT, prompt: 'the sea' };
  it('is meant once', () => {
    useDraft.getState().vary(draft);
    useDraft.getState().setPrompt('the sea');
    expect(useDraft.getState().takeVariation()).toBe(true);
    expect(useDraft.getState().takeVariation()).toBe(false);
  });

  it('is another wish when it was changed', () => {
    useDraft.getState().vary(draft);
    useDraft.getState().setPrompt('the desert');
    expect(useDraft.getState().takeVariation()).toBe(false);
  });
});
