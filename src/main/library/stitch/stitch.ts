// Joins takes into one MP4: packet by packet where the plan allows it, otherwise encoded anew. Checked before it counts.
import { mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AppError } from '@shared/contract/errors';
import type { Span } from '@shared/domain/repair';
import { MOST_STRIP_ITEMS, type StitchChoice, type StitchPlan } from '@shared/domain/stitch';
import { fileUrl, type MediaInput } from '../../ffmpeg/args';
import type { Ffmpeg } from '../../ffmpeg/run';
import { renameDurably, temporaryBeside } from '../../files/durableFile';
import { errnoOf, fileError } from '../../files/fileError';
import { verifyVideo, type VideoFacts } from '../verify';
import { concatList, copyArgs, encodeArgs, pieceArgs, type Film, type Take } from './args';
import { stitchFacts, TakeFacts, type MeasuredTake } from './facts';
import { planStitch } from './plan';

export interface StitchItem {
  /** Absolute; only read. */
  readonly path: string;
  /** Seconds in the clip; absent: all of it. */
  readonly span?: Span;
}

export interface StitchRequest {
  readonly items: readonly StitchItem[];
  readonly choice?: StitchChoice;
  /** Absolute, an MP4. What stands there is replaced when the film is whole; never one of the items. */
  readonly output: string;
  readonly signal?: AbortSignal;
  /** 0 to 1, never back. */
  readonly onProgress?: (share: number) => void;
}

export interface StitchedFilm extends VideoFacts {
  /** How it was made in the end. */
  readonly plan: StitchPlan;
}

/** Takes joined by one run. More than this open as many decoders, and pass what Windows takes on a command line. */
const MOST_AT_ONCE = 24;
/** Shares of the time: joining what was encoded in groups, and looking through the result. */
const JOINING = 0.05;
const CHECKING = 0.1;
/** Milliseconds that encoding a million pixels for a second may take on a slow machine, and what starting may. */
const ENCODING_MS = 10_000;
const STARTING_MS = 60_000;

interface Measured extends MeasuredTake {
  readonly span?: Span;
}

/**
 * Says how a strip would become a film, without making it.
 * @throws AppError `bad_request` (no takes, or too many), `file_unreadable` with the take's number from 0 in
 * `detail.values.index`, `ffmpeg_missing`
 */
export async function stitchPlan(
  items: readonly StitchItem[],
  choice: StitchChoice,
  takes: TakeFacts,
): Promise<StitchPlan> {
  return planStitch(await measure(items, takes), choice);
}

/**
 * Makes the film: exact to a frame, checked by decoding it, and there whole or not at all.
 * @throws AppError as `stitchPlan`; `film_over_take` where the output is one of the takes; `ffmpeg_failed` (also where the
 * result did not come out whole), `disk_full`, `no_permission`, `library_missing`; the signal's reason when aborted
 */
export async function stitch(
  request: StitchRequest,
  ffmpeg: Ffmpeg,
  known = new TakeFacts(ffmpeg),
): Promise<StitchedFilm> {
  const { items, choice = {}, output, signal } = request;
  const work = temporaryBeside(output);
  const making = new Making(work, ffmpeg, request);
  try {
    signal?.throwIfAborted();
    await requireOther(output, items);
    const takes = await measure(items, known, signal);
    await mkdir(work);
    const { path, plan, facts } = await making.film(takes, choice);
    signal?.throwIfAborted();
    await renameDurably(path, output);
    request.onProgress?.(1);
    return { ...facts, plan };
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw error instanceof Error && error.name === 'AbortError' ? error : plain(error);
  } finally {
    await making.clear();
  }
}

/** Never over one of the takes: links and letter case lead to the same file. */
async function requireOther(output: string, items: readonly StitchItem[]): Promise<void> {
  const folder = await realpath(dirname(output));
  const target = await stat(join(folder, basename(output)), { bigint: true }).catch(() => null);
  if (target === null) return;
  for (const { path } of items) {
    const facts = await stat(path, { bigint: true }).catch(() => null);
    if (facts !== null && facts.ino === target.ino && facts.dev === target.dev)
      throw new AppError('film_over_take', 'the film would replace one of its takes');
  }
}

async function measure(
  items: readonly StitchItem[],
  takes: TakeFacts,
  signal?: AbortSignal,
): Promise<Measured[]> {
  if (items.length === 0 || items.length > MOST_STRIP_ITEMS)
    throw new AppError('bad_request', `${items.length} takes`);
  const measured: Measured[] = [];
  for (const [index, { path, span }] of items.entries()) {
    signal?.throwIfAborted();
    try {
      measured.push({ ...(await takes.of(path)), ...(span === undefined ? {} : { span }) });
    } catch (error) {
      if (error instanceof AppError && error.code !== 'file_unreadable') throw error;
      const reason = errnoOf(error) ?? 'damaged';
      const values = { reason, index };
      throw new AppError('file_unreadable', `take ${index}: ${reason}`, { values }, { cause: error });
    }
  }
  return measured;
}

/** ffmpeg says in words what a disk says in a code. */
function plain(error: unknown): AppError {
  const { rawMessage } = error instanceof AppError ? error.detail : {};
  if (rawMessage?.includes('No space left on device') === true)
    return new AppError('disk_full', 'the disk is full', { rawMessage }, { cause: error });
  // Words for what a server sent: here it is ffmpeg that made no film.
  if (error instanceof AppError && error.code === 'not_a_video')
    return new AppError('ffmpeg_failed', error.message, error.detail, { cause: error });
  return fileError(error);
}

/** One film in the making. Everything it writes is in its own folder. */
class Making {
  private files = 0;
  private reported = 0;
  private links: string | null = null;

  constructor(
    private readonly work: string,
    private readonly ffmpeg: Ffmpeg,
    private readonly request: StitchRequest,
  ) {}

  async film(
    takes: readonly Measured[],
    choice: StitchChoice,
  ): Promise<{ path: string; plan: StitchPlan; facts: VideoFacts }> {
    const plan = planStitch(takes, choice);
    if (plan.mode === 'copy') {
      const copied = await this.make(takes, plan).catch((error: unknown) => {
        if (!isBroken(error)) throw error;
        return null;
      });
      if (copied !== null) return { ...copied, plan };
    }
    const encoding = plan.mode === 'copy' ? planStitch(takes, choice, 'copy_failed') : plan;
    return { ...(await this.make(takes, encoding)), plan: encoding };
  }

  /** Leaves nothing. */
  async clear(): Promise<void> {
    for (const folder of [this.work, this.links])
      if (folder !== null) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }

  private async make(
    measured: readonly Measured[],
    plan: StitchPlan,
  ): Promise<{ path: string; facts: VideoFacts }> {
    const film: Film = {
      size: plan.size,
      fps: plan.fps,
      hasSound: plan.sound === 'encoded',
      stage: 'last',
    };
    const takes = takesOf(measured, plan);
    const path = await this.join(takes, film, plan.mode, measured[0]?.facts.codec ?? 'h264');
    return { path, facts: await this.check(path, plan) };
  }

  /** Joins any number of takes: in groups first where there are many. */
  private async join(
    takes: readonly Take[],
    film: Film,
    mode: StitchPlan['mode'],
    codec: string,
  ): Promise<string> {
    const most = 1 - CHECKING;
    if (takes.length <= MOST_AT_ONCE) return this.joinAtOnce(takes, film, mode, codec, [0, most]);
    const groups: Take[] = [];
    const frames = framesIn(takes);
    const until = most - JOINING;
    let done = 0;
    for (let at = 0; at < takes.length; at += MOST_AT_ONCE) {
      const group = takes.slice(at, at + MOST_AT_ONCE);
      const [from, to] = [(done / frames) * until, ((done + framesIn(group)) / frames) * until];
      const path = await this.joinAtOnce(group, { ...film, stage: 'between' }, mode, codec, [from, to]);
      done += framesIn(group);
      groups.push(wholeTake({ path, format: 'mov' }, framesIn(group), film));
    }
    const joinedCodec = mode === 'copy' ? codec : 'h264';
    return this.joinAtOnce(groups, film, 'copy', joinedCodec, [until, most]);
  }

  private async joinAtOnce(
    takes: readonly Take[],
    film: Film,
    mode: StitchPlan['mode'],
    codec: string,
    [from, to]: readonly [number, number],
  ): Promise<string> {
    const output = this.file(film.stage === 'last' ? 'mp4' : 'mov');
    const list = mode === 'copy' ? await this.list(takes, film) : null;
    const frames = framesIn(takes);
    const megapixels = (film.size.width * film.size.height) / 1e6;
    const limitMs = STARTING_MS + (frames / film.fps) * megapixels * ENCODING_MS;
    const args = (path: string): string[] =>
      list === null ? encodeArgs(takes, film, path) : copyArgs(list, takes, film, codec, path);
    await this.ffmpeg.produce(output, args, {
      limitMs,
      signal: this.request.signal,
      onProgress: (progress) => this.report(from + (to - from) * Math.min(1, progress.frames / frames)),
    });
    return output;
  }

  /** The list of files that are joined as they are; what is only used in part is cut out first. */
  private async list(takes: readonly Take[], { fps }: Film): Promise<string> {
    const files: { address: string; seconds: number }[] = [];
    for (const take of takes) {
      const address = take.trimmed ? await this.piece(take) : await this.addressOf(take.input.path);
      files.push({ address, seconds: take.frames / fps });
    }
    const list = this.file('txt');
    await writeFile(list, concatList(files));
    return list;
  }

  private async piece(take: Take): Promise<string> {
    const output = this.file('mp4');
    const limits = { limitMs: STARTING_MS, signal: this.request.signal };
    await this.ffmpeg.produce(output, (to) => pieceArgs(take, take.frames, to), limits);
    const { even, frames } = await stitchFacts({ path: output, format: 'mp4' }, this.ffmpeg);
    if (!even || frames !== take.frames) throw new AppError('not_a_video', 'a cut that is not clean');
    return this.addressOf(output);
  }

  /** The address as a list takes it, in which a line end would end the name: then by a link from elsewhere. */
  private async addressOf(path: string): Promise<string> {
    if (!/[\r\n]/.test(path)) return fileUrl(path);
    this.links ??= await mkdtemp(join(tmpdir(), 'dailies-stitch-'));
    this.files += 1;
    const link = join(this.links, `${this.files}.mp4`);
    await symlink(path, link);
    return fileUrl(link);
  }

  /** Whole, decodable from its first frame to its last, and exactly as long as planned. */
  private async check(path: string, plan: StitchPlan): Promise<VideoFacts> {
    const { signal } = this.request;
    const watched: Ffmpeg = {
      ...this.ffmpeg,
      run: (args, options) =>
        this.ffmpeg.run(args, {
          ...options,
          signal,
          onProgress: (progress) => {
            options.onProgress?.(progress);
            this.report(1 - CHECKING * (1 - Math.min(1, progress.frames / plan.frames)));
          },
        }),
    };
    const facts = await verifyVideo(path, watched);
    const { frames, even } = await stitchFacts({ path, format: facts.format }, this.ffmpeg);
    const { width, height } = plan.size;
    if (!even || Math.abs(frames - plan.frames) > 1 || facts.width !== width || facts.height !== height)
      throw new AppError('not_a_video', `${frames} frames for ${plan.frames}`, {
        values: { reason: 'damaged' },
      });
    return facts;
  }

  private file(extension: string): string {
    this.files += 1;
    return join(this.work, `${this.files}.${extension}`);
  }

  private report(share: number): void {
    // The last word is said when the film has its name.
    const next = Math.min(0.999, share);
    if (next <= this.reported) return;
    this.reported = next;
    this.request.onProgress?.(next);
  }
}

/** What another way of making it may mend. */
function isBroken(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  if (error.detail.rawMessage?.includes('No space left on device') === true) return false;
  return ['not_a_video', 'ffmpeg_failed', 'file_unreadable'].includes(error.code);
}

function takesOf(measured: readonly Measured[], plan: StitchPlan): Take[] {
  return measured.flatMap(({ input, facts }, index): Take[] => {
    const piece = plan.items[index];
    if (piece === undefined) return [];
    return [
      {
        input,
        from: piece.firstFrame / facts.fps,
        seconds: piece.frames / facts.fps,
        trimmed: piece.firstFrame > 0 || piece.frames < facts.frames,
        hasSound: facts.hasSound,
        frames: Math.round(piece.seconds * plan.fps),
      },
    ];
  });
}

function wholeTake(input: MediaInput, frames: number, { fps, hasSound }: Film): Take {
  return { input, from: 0, seconds: frames / fps, trimmed: false, hasSound, frames };
}

function framesIn(takes: readonly Take[]): number {
  return takes.reduce((sum, { frames }) => sum + frames, 0);
}
