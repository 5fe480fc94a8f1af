// Plays several takes in step: all begin together, and what gets ahead waits for the others.
import { clockTime, follow, paced, placeOf, stepOf, type FilmClock } from './sync';
import { frameCovering, middleOf } from './timecode';
import { Seeker, watchFrames } from './videoFrames';

/** One take: its player and what is known of its file. */
export interface Take {
  readonly video: HTMLVideoElement;
  readonly seconds: number;
  readonly fps: number;
}

interface Member extends Take {
  readonly seeker: Seeker;
  /** Began with the others; one that is over holds its last frame. */
  running: boolean;
  /** Of the common rate; 0 holds. */
  factor: number;
  clock: FilmClock;
}

export interface GroupListener {
  /** Seconds on the common clock, with every frame. */
  onTime(seconds: number): void;
  onPlaying(playing: boolean): void;
}

export class TakeGroup {
  readonly #members: readonly Member[];
  readonly #stops: (() => void)[];
  readonly #longest: number;
  /** Where they stand, or stood when they were last looked at. */
  #time = 0;
  /** Wanted; they stand until every take is ready to go. */
  #playing = false;
  /** Grows with every beginning: one that was overtaken gives up. */
  #turn = 0;
  #watch = 0;
  #chosen = 0;
  #speed = 1;
  #loop = false;

  constructor(
    takes: readonly Take[],
    private readonly listener: GroupListener,
  ) {
    this.#members = takes.map((take) => ({
      ...take,
      seeker: new Seeker(take.video),
      running: false,
      factor: 1,
      clock: { at: 0, time: 0, rate: 0, frames: 0 },
    }));
    this.#longest = Math.max(...takes.map(({ seconds }) => seconds));
    this.#stops = this.#members.flatMap((member) => [
      // By the frames that are shown: `currentTime` goes in the steps of the sound's buffer.
      watchFrames(member.video, (mediaTime, shownAt) => {
        if (member.running) member.clock = follow(member.clock, mediaTime, shownAt);
      }),
      on(member.video, ['ended', 'error'], () => this.#over()),
      // Without waiting for the next look: the others stop at once with the one that lacks its picture.
      on(member.video, ['waiting', 'playing'], () => this.#keepStep()),
      () => member.seeker.stop(),
    ]);
  }

  stop(): void {
    cancelAnimationFrame(this.#watch);
    this.#turn += 1;
    for (const stop of this.#stops) stop();
  }

  /** The take whose rate is left alone, because it is heard. */
  lead(index: number): void {
    this.#chosen = index;
    // Those that are not heard follow a new rate at once, where keeping the pitch takes its time.
    this.#members.forEach(({ video }, place) => {
      video.preservesPitch = place === index;
    });
  }

  setLoop(loop: boolean): void {
    this.#loop = loop;
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    for (const member of this.#members) this.#go(member, member.factor);
  }

  toggle(): void {
    if (this.#playing) this.#pause();
    else void this.#play();
  }

  /** @param by frames of the take that leads. */
  step(by: number): void {
    if (this.#playing) this.#pause();
    const { fps } = this.#leader();
    this.#place(middleOf(Math.max(0, frameCovering(this.#time, fps) + by), fps));
  }

  seek(seconds: number): void {
    this.#place(seconds);
    if (this.#playing) void this.#play();
  }

  /** By seconds from where they stand. */
  seekBy(seconds: number): void {
    this.seek(this.#time + seconds);
  }

  async #play(): Promise<void> {
    const turn = ++this.#turn;
    cancelAnimationFrame(this.#watch);
    if (this.#time >= this.#longest - 1 / this.#leader().fps) this.#place(0);
    if (!this.#playing) this.listener.onPlaying(true);
    this.#playing = true;
    // All stand at their place before the first one moves.
    for (const member of this.#members) {
      member.running = false;
      member.video.pause();
    }
    await Promise.all(this.#members.map(({ video }) => settled(video)));
    if (turn !== this.#turn) return;
    for (const member of this.#members) {
      const { video, seconds, fps } = member;
      member.factor = 1;
      member.running = this.#time < seconds - 1 / fps && video.error === null;
      member.clock = { at: performance.now(), time: this.#time, rate: this.#speed, frames: 0 };
      video.playbackRate = this.#speed;
      if (member.running) void video.play().catch(() => undefined);
    }
    if (this.#live().length === 0) return this.#finish();
    this.#watch = requestAnimationFrame(this.#look);
  }

  readonly #look = (): void => {
    this.#watch = requestAnimationFrame(this.#look);
    this.#keepStep();
    if (!this.#playing) return;
    const { clock, fps, seconds } = this.#leader();
    const time = Math.max(0, Math.min(clockTime(clock, performance.now()), seconds));
    const moved = frameCovering(time, fps) !== frameCovering(this.#time, fps);
    this.#time = time;
    if (moved) this.listener.onTime(time);
  };

  #keepStep(): void {
    const live = this.#live();
    if (live.length < 2) {
      for (const member of live) this.#go(member, 1);
      return;
    }
    const chosen = this.#members[this.#chosen];
    const now = performance.now();
    const step = stepOf(
      live.map((member) => ({
        place: clockTime(member.clock, now),
        frame: 1 / member.fps,
        stuck: isStuck(member.video),
        factor: member.factor,
        frames: member.clock.frames,
        chosen: member === chosen,
      })),
    );
    if (step.type === 'gather') {
      this.#place(Math.min(...live.map(({ clock }) => clockTime(clock, now))));
      void this.#play();
      return;
    }
    live.forEach((member, index) => this.#go(member, step.factors[index] ?? 1));
  }

  #go(member: Member, factor: number): void {
    const rate = this.#speed * factor;
    member.factor = factor;
    member.clock = paced(member.clock, isStuck(member.video) ? 0 : rate, performance.now());
    if (member.video.playbackRate !== rate) member.video.playbackRate = rate;
  }

  #pause(): void {
    this.#stand();
    const { fps } = this.#leader();
    const time = this.#time;
    for (const member of this.#members) {
      member.running = false;
      member.video.pause();
    }
    this.listener.onPlaying(false);
    // Every take shows the frame of the same moment.
    this.#place(middleOf(frameCovering(time, fps), fps));
  }

  #stand(): void {
    this.#playing = false;
    this.#turn += 1;
    cancelAnimationFrame(this.#watch);
  }

  #place(wanted: number): void {
    const seconds = Math.max(0, Math.min(wanted, this.#longest));
    this.#time = seconds;
    for (const member of this.#members) member.seeker.to(placeOf(seconds, member.seconds, member.fps));
    this.listener.onTime(seconds);
  }

  #over(): void {
    if (!this.#playing || !this.#members.some(({ running }) => running) || this.#live().length > 0) return;
    if (this.#loop && this.#members.some(({ video }) => video.error === null)) {
      this.#place(0);
      void this.#play();
      return;
    }
    this.#time = this.#longest;
    this.#finish();
  }

  #finish(): void {
    this.#stand();
    this.listener.onPlaying(false);
    this.listener.onTime(this.#time);
  }

  /** Those that run: neither at their end nor broken. */
  #live(): Member[] {
    return this.#members.filter(({ running, video }) => running && !video.ended && video.error === null);
  }

  /** The chosen take; where it does not run, the longest of those that do. */
  #leader(): Member {
    const chosen = this.#members[this.#chosen] ?? this.#members[0];
    if (chosen === undefined) throw new Error('a group has takes');
    const live = this.#live();
    if (live.length === 0 || live.includes(chosen)) return chosen;
    return live.reduce((a, b) => (b.seconds > a.seconds ? b : a));
  }
}

/** Whether its next picture is not there yet. */
function isStuck({ readyState }: HTMLVideoElement): boolean {
  return readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
}

function on(video: HTMLVideoElement, names: readonly string[], act: () => void): () => void {
  for (const name of names) video.addEventListener(name, act);
  return () => {
    for (const name of names) video.removeEventListener(name, act);
  };
}

/** Resolves when the picture of its place is there, or never will be. */
function settled(video: HTMLVideoElement): Promise<void> {
  const ready = (): boolean =>
    video.error !== null || (!video.seeking && video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA);
  if (ready()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = on(video, ['seeked', 'canplay', 'error'], () => {
      if (!ready()) return;
      stop();
      resolve();
    });
  });
}
