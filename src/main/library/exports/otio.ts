// Clips in a row as OpenTimelineIO, with everything that made them in the metadata. Pure.
// The format: https://opentimelineio.readthedocs.io/en/stable/tutorials/otio-serialized-schema.html
import {
  fileAddress,
  frameRateOf,
  framesOf,
  openRecipe,
  sentPrompt,
  wellFormed,
  type ExportClip,
} from './exportClip';

/** A schema's name and version, and its fields. */
type Item = Readonly<Record<string, unknown>>;

/** One picture track with the clips in order, and one of their sound. The rate of each time is its clip's own. */
export function otioOf(clips: readonly ExportClip[], name: string): string {
  const tracks = [track('Video', clips.map(clipItem))];
  if (clips.some(({ hasSound }) => hasSound)) {
    const sounds = clips.map((clip) => (clip.hasSound ? clipItem(clip) : gapItem(clip)));
    tracks.push(track('Audio', sounds));
  }
  const timeline: Item = {
    OTIO_SCHEMA: 'Timeline.1',
    name,
    metadata: {},
    global_start_time: null,
    tracks: { OTIO_SCHEMA: 'Stack.1', ...common('tracks'), source_range: null, children: tracks },
  };
  // A half character is no error to `JSON.stringify`, but to the readers of others.
  const clean = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? wellFormed(value) : value;
  return `${JSON.stringify(timeline, clean, 2)}\n`;
}

function track(kind: 'Video' | 'Audio', children: readonly Item[]): Item {
  return { OTIO_SCHEMA: 'Track.1', ...common(kind), kind, source_range: null, children };
}

function clipItem(clip: ExportClip): Item {
  return {
    OTIO_SCHEMA: 'Clip.2',
    ...common(clip.title),
    metadata: { dailies: recordOf(clip) },
    source_range: wholeRange(clip),
    media_references: {
      DEFAULT_MEDIA: {
        OTIO_SCHEMA: 'ExternalReference.1',
        name: clip.fileName,
        metadata: {},
        available_range: wholeRange(clip),
        available_image_bounds: null,
        target_url: fileAddress(clip.path),
      },
    },
    active_media_reference_key: 'DEFAULT_MEDIA',
  };
}

function gapItem(clip: ExportClip): Item {
  return { OTIO_SCHEMA: 'Gap.1', ...common(''), source_range: wholeRange(clip) };
}

function common(name: string): Item {
  return { name, metadata: {}, effects: [], markers: [], enabled: true };
}

function wholeRange(clip: ExportClip): Item {
  const { numerator, denominator } = frameRateOf(clip);
  const time = (value: number): Item => ({
    OTIO_SCHEMA: 'RationalTime.1',
    rate: numerator / denominator,
    value,
  });
  return { OTIO_SCHEMA: 'TimeRange.1', start_time: time(0), duration: time(framesOf(clip)) };
}

function recordOf(clip: ExportClip): Item {
  const { id, createdAt, width, height, tokens, price, practice, task } = clip;
  return {
    version: 1,
    id,
    createdAt,
    width,
    height,
    tokens,
    price,
    practice,
    taskId: task?.id ?? null,
    seed: task?.seed ?? clip.recipe?.parameters.seed ?? null,
    prompt: sentPrompt(clip),
    recipe: openRecipe(clip),
    rating: clip.rating,
    flag: clip.flag,
    tags: clip.tags,
    note: clip.note,
  };
}
