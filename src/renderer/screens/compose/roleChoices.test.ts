import { describe, expect, it } from 'vitest';
import type { DraftReference } from '@shared/domain/draft';
import { findModel, type ReferenceKind, type Role } from '@shared/domain/models';
import { chooseRole, modeChoices, roleChoices, rolesForMode } from './roleChoices';

const item = (key: string, kind: ReferenceKind, role: Role): DraftReference => ({
  key,
  role,
  reference: { id: key, kind, source: 'file', name: key, format: 'png', bytes: 1, hasThumb: false },
});
const model = findModel('doubao-seedance-2-0-260128');

describe('roleChoices', () => {
  // Bug: a first frame can be chosen beside a reference, and the server refuses what the window offered.
  it('keeps frames and references apart', () => {
    const first = item('a', 'image', 'reference_image');
    const choices = roleChoices(first, [first, item('b', 'video', 'reference_video')], model);
    expect(choices.find(({ role }) => role === 'first_frame')?.reason).toBe('mixed');
  });

  // Bug: making the second image the first frame leaves two first frames.
  it('trades places when a frame is taken', () => {
    const a = item('a', 'image', 'first_frame');
    const b = item('b', 'image', 'last_frame');
    const choice = roleChoices(b, [a, b], model).find(({ role }) => role === 'first_frame');
    expect(choice && [...chooseRole(b, choice)]).toEqual([
      ['b', 'first_frame'],
      ['a', 'last_frame'],
    ]);
  });
});

describe('modeChoices', () => {
  // Bug: "First and last" is offered with a sound in the tray.
  it('says what is missing', () => {
    const reasons = modeChoices(
      [item('a', 'image', 'reference_image'), item('s', 'audio', 'reference_audio')],
      model,
    );
    expect(Object.fromEntries(reasons.map(({ mode, reason }) => [mode, reason]))).toEqual({
      t2v: 'needsNoFiles',
      i2v: 'needsOneImage',
      flf2v: 'needsTwoImages',
      r2v: null,
    });
  });

  // Bug: switching back from frames leaves a frame role behind.
  it('rewrites every role', () => {
    const frames = [item('a', 'image', 'first_frame'), item('b', 'image', 'last_frame')];
    expect([...rolesForMode('r2v', frames).values()]).toEqual(['reference_image', 'reference_image']);
    expect([...rolesForMode('flf2v', frames).values()]).toEqual(['first_frame', 'last_frame']);
  });
});
