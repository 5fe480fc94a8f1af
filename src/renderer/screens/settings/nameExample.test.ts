import { describe, expect, it } from 'vitest';
import { nameExample, unknownParts } from './nameExample';

const values = {
  date: '2026-11-22',
  time: '14-02-07',
  prompt: 'Boats',
  model: 'Seedance 2.0',
  seed: '',
  id: '3f9a12c4',
};

describe('nameExample', () => {
  // Bug: the example shows a name that main would not give, and two clips with the same one.
  it('adds the id where it is missing', () => {
    expect(nameExample('{prompt}', values)).toBe('Boats 3f9a12c4.mp4');
    expect(nameExample('{id} {prompt}', values)).toBe('3f9a12c4 Boats.mp4');
  });

  // Bug: a clip without a seed leaves two spaces, or a name that is hidden because it begins with a dot.
  it('closes the gap of what is not known', () => {
    expect(nameExample('{prompt} {seed} {id}', values)).toBe('Boats 3f9a12c4.mp4');
    expect(nameExample('.{prompt} {id}', values)).toBe('Boats 3f9a12c4.mp4');
    expect(nameExample('a/b {id}', values)).toBe('a b 3f9a12c4.mp4');
  });
});

describe('unknownParts', () => {
  // Bug: a mistyped {promt} is only noticed in the names of a hundred files.
  it('finds marks that stand for nothing', () => {
    expect(unknownParts('{date} {promt} {id} {}')).toEqual(['{promt}', '{}']);
  });
});
