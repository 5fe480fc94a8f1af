import { describe, expect, it, vi } from 'vitest';
import { windowBridge } from '../../../tests/fakes/windowBridge';

async function start() {
  vi.resetModules();
  const bridge = windowBridge({ clips: 10, generations: 'none' });
  const { useIntake } = await import('./intakeStore');
  const { useDraft } = await import('./draftStore');
  const { useNotices } = await import('./noticesStore');
  const names = (): string[] => useDraft.getState().draft.references.map(({ reference }) => reference.name);
  return { bridge, useIntake, useNotices, offer: useIntake.getState().offer, names };
}

const file = (name: string): File => new File(['x'], name);
const VIDEO = 'boats-dolly-4.mp4';

describe('offer', () => {
  // Bug: a video that says how it was made becomes a reference without a question.
  it('asks about one video that carries a recipe', async () => {
    const { useIntake, offer, names } = await start();
    await offer([file(VIDEO)]);
    expect(useIntake.getState().found).toMatchObject({ file: { name: VIDEO }, missingReferences: 0 });
    expect(names()).toEqual([]);
  });

  // Bug: of several dropped files only the first is taken, because it alone was asked about.
  it('takes several as references, without a question', async () => {
    const { bridge, useIntake, offer, names } = await start();
    await offer([file(VIDEO), file('jetty-mist.jpg')]);
    expect(names()).toEqual([VIDEO, 'jetty-mist.jpg']);
    expect(useIntake.getState().found).toBeNull();
    expect(bridge.timesAsked('library.readRecipe')).toBe(0);
  });

  // Bug: a picture, or a pasted video without a path, is sent to be read for a recipe, and refused for it.
  it('reads no recipe where there can be none', async () => {
    const { bridge, offer, names } = await start();
    await offer([file('jetty-mist.jpg')]);
    await offer([file('pasted.mp4')]);
    expect(bridge.timesAsked('library.readRecipe')).toBe(0);
    expect(names()).toContain('jetty-mist.jpg');
  });

  // Bug: a file that cannot be read for a recipe is lost, with no word about it.
  it('takes a file whose recipe cannot be read as a file', async () => {
    const { bridge, useIntake, offer, names } = await start();
    bridge.failNext('library.readRecipe', { code: 'not_a_video', message: 'not_a_video', detail: {} });
    await offer([file(VIDEO)]);
    expect(useIntake.getState().found).toBeNull();
    expect(names()).toEqual([VIDEO]);
  });

  // Bug: a second drop while the first is read: its slow answer replaces the question that is on the screen.
  it('asks about the newest drop, and takes the one before as a file', async () => {
    const { bridge, useIntake, offer, names } = await start();
    const late = bridge.hold('library.readRecipe');
    const first = offer([file(VIDEO)]);
    await offer([file('other.mp4')]);
    expect(useIntake.getState().found?.file.name).toBe('other.mp4');
    late.release();
    await first;
    expect(useIntake.getState().found?.file.name).toBe('other.mp4');
    expect(names()).toEqual([VIDEO]);
  });

  // Bug: a file dropped while a question is open takes the question's place, and the first file is gone.
  it('leaves an open question alone', async () => {
    const { useIntake, offer, names } = await start();
    await offer([file('other.mp4')]);
    await offer([file(VIDEO)]);
    expect(useIntake.getState().found?.file.name).toBe('other.mp4');
    expect(names()).toEqual([VIDEO]);
  });

  // Bug: one file that main refuses takes the others with it, or leaves "reading" on the screen for ever.
  it('takes what it can, names what was refused, and stops reading', async () => {
    const { useIntake, useNotices, offer, names } = await start();
    const offering = offer([file('jetty-mist.jpg'), file('notes.txt')]);
    expect(useIntake.getState().reading).toBe(2);
    await offering;
    expect(names()).toEqual(['jetty-mist.jpg']);
    expect(useNotices.getState().notices.map(({ about }) => about)).toEqual(['notes.txt']);
    expect(useIntake.getState().reading).toBe(0);
  });

  // Bug: a hundred dropped files make one request that main refuses as too long.
  it('asks in portions that main takes', async () => {
    const { bridge, offer } = await start();
    await offer(Array.from({ length: 120 }, (_, at) => file(`picture-${at}.jpg`)));
    const portions = bridge.asked.filter(({ name }) => name === 'references.add');
    expect(portions.map(({ input }) => (input as { paths: string[] }).paths.length)).toEqual([50, 50, 20]);
  });
});
