import { describe, expect, it } from 'vitest';
import { defaultParameters, type Draft, type DraftReference } from '@shared/domain/draft';
import { findModel, type ModelSpec, type Role } from '@shared/domain/models';
import type { Reference } from '@shared/domain/reference';
import {
  allowedLength,
  frameFor,
  offeredRepair,
  repairOf,
  shapesFor,
  startingAdjustment,
  type Adjustment,
} from './adjustment';

const model = findModel('doubao-seedance-2-0-260128') as ModelSpec;
const wide: Reference = {
  id: 'wide',
  kind: 'image',
  source: 'file',
  name: 'wide.jpg',
  format: 'jpeg',
  bytes: 60_000,
  width: 3200,
  height: 340,
  hasThumb: true,
};
const film: Reference = {
  ...wide,
  id: 'film',
  kind: 'video',
  name: 'film.mov',
  format: 'mov',
  codec: 'h264',
  width: 1920,
  height: 1080,
  seconds: 30,
  fps: 120,
};

const item = (reference: Reference, role: Role): DraftReference => ({ key: 'r1', reference, role });
const draftWith = (...references: DraftReference[]): Draft => ({
  prompt: '',
  references,
  model: model.id,
  parameters: defaultParameters(model),
});
const opened = (one: DraftReference) => {
  const draft = draftWith(one);
  const offered = offeredRepair(one, draft);
  const shapes = shapesFor(one.reference, one.role, offered, model, draft.parameters);
  return { draft, shapes, adjustment: startingAdjustment(one.reference, offered, shapes) };
};

describe('a picture that is too wide', () => {
  const one = item(wide, 'reference_image');

  // Bug: the dialog opens with the whole picture, and Apply makes a file that is refused again.
  it('opens with what the model needs', () => {
    const { draft, shapes, adjustment } = opened(one);
    expect(adjustment.shape).toBe('edge');
    expect(repairOf(one, adjustment, shapes, draft).problems).toEqual([]);
  });

  // Bug: a frame moved by hand is put back into the middle by the model's own repair.
  it('keeps the frame where it was put', () => {
    const { draft, shapes, adjustment } = opened(one);
    const frame = { ...adjustment.frame!, x: 0.1 };
    expect(repairOf(one, { ...adjustment, frame }, shapes, draft).repair.crop).toEqual(frame);
  });

  // Bug: with bars the picture is cropped as well, or the bars come without a size and nothing is made.
  it('pads instead of cropping', () => {
    const { draft, shapes, adjustment } = opened(one);
    const { repair, problems } = repairOf(one, { ...adjustment, pad: true }, shapes, draft);
    expect(repair).toMatchObject({ pad: true, size: { width: 3200 } });
    expect(repair.crop).toBeUndefined();
    expect(problems).toEqual([]);
  });

  // Bug: the whole picture is kept, and nobody says that the model will refuse it.
  it('says what is still wrong', () => {
    const { draft, shapes, adjustment } = opened(one);
    const whole: Adjustment = { ...adjustment, shape: 'original', frame: frameFor(wide, shapes[0]!, null) };
    const { problems } = repairOf(one, whole, shapes, draft);
    expect(problems.map(({ code }) => code)).toContain('ratio_out_of_range');
  });
});

describe('a first frame', () => {
  // Bug: the frame is cropped to the right shape but not to the pixels, and the video still jumps.
  it('gets exactly the pixels of the video', () => {
    const one = item({ ...wide, width: 1366, height: 911 }, 'first_frame');
    const { draft, shapes, adjustment } = opened(one);
    expect(adjustment.shape).toBe('output');
    const { repair } = repairOf(one, adjustment, shapes, draft);
    expect(repair.size).toEqual({ width: 1280, height: 720 });
  });
});

describe('a video', () => {
  // Bug: a range chosen by hand loses the frame rate that the model needs too.
  it('keeps the range and gets the rest', () => {
    const one = item(film, 'reference_video');
    const { draft, shapes, adjustment } = opened(one);
    const span = { from: 4, to: 12 };
    const { repair, problems } = repairOf(one, { ...adjustment, span }, shapes, draft);
    expect(repair).toMatchObject({ span, fps: 60 });
    expect(problems).toEqual([]);
  });

  // Bug: beside another video of ten seconds a range of fifteen is called allowed.
  it('leaves room for the others', () => {
    const one = item(film, 'reference_video');
    const other = { ...item({ ...film, id: 'other', seconds: 10 }, 'reference_video'), key: 'r2' };
    expect(allowedLength(one, draftWith(one, other))?.[1]).toBeCloseTo(5.2);
  });
});
