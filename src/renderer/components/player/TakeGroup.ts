// Plays several takes in step: one of them leads, its frames set the clock, the others are corrected to it.
import { clockTime, correctionOf, follow, placeOf, smoothed, type FilmClock } from './sync';
import { frameAt, frameCovering, middleOf } from './timecode';
import { Seeker, watchFrames } from './videoFrames';

/** One take: its player and what is known of its file. */
export interface Take {
  readonly video: HTMLVideoElement;
  readonly seconds: number;
  readonly fps: number;
}

interface Member extends Take {
  readonly seeker: Seeker;
  drift: number | null;
}

export interface GroupListener {
  /** Seconds on the common clock, with every frame of the take that leads. */
  onTime(seconds: number): void;
  onPlaying(playing: boolean): void;
}

export class TakeGroup {
  readonly #members: readonly Member[];
  readonly #stops: (() => void)[];
  readonly #longest: number;
  #clock: FilmClock = { at: 0, time: 0, rate: 0 };
  /** Wanted; the clock stands until every take is ready to go. */
  #running = false;
  #chosen = 0;
  #speed = 1;
  #loop = false;

  constructor(
    takes: readonly Take[],
    private readonly listener: GroupListener,
  ) {
    this.#members = takes.map((take) => ({ ...take, seeker: new Seeker(take.video), drift: null }));
    this.#longest = Math.max(...takes.map(({ seconds }) => seconds));
    this.#stops = this.#members.flatMap((member) => {
      const onEnded = (): void => this.#ended();
      member.video.addEventListener('ended', onEnded);
      return [
        watchFrames(member.video, (mediaTime, shownAt) => this.#shown(member, mediaTime, shownAt)),
        () => member.video.removeEventListener('ended', onEnded),
        () => member.seeker.stop(),
      ];
    });
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /** The take whose rate is left alone, because it is heard. */
  lead(index: number): void {
    this.#chosen = index;
    const leader = this.#members[index];
    if (leader !== undefined) leader.video.playbackRate = this.#speed;
  }

  setLoop(loop: boolean): void {
    this.#loop = loop;
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    if (this.#clock.rate !== 0) this.#clock = { ...this.#read(), rate: speed };
    for (const { video } of this.#members) video.playbackRate = speed;
  }

  toggle(): void {
    if (this.#running) this.#pause();
    else void this.#play();
  }

  /** @param by frames of the take that leads. */
  step(by: number): void {
    if (this.#running) this.#pause();
    const { fps } = this.#leader();
    this.#place(middleOf(Math.max(0, frameCovering(this.#clock.time, fps) + by), fps));
  }

  seek(seconds: number): void {
    this.#place(seconds);
    if (this.#running) void this.#play();
  }

  async #play(): Promise<void> {
    const { fps } = this.#leader();
    if (this.#clock.time >= this.#longest - 1 / fps) this.#place(0);
    this.#running = true;
    this.#clock = { ...this.#clock, rate: 0 };
    this.listener.onPlaying(true);
    // All stand at their place before the first one moves.
    for (const { video } of this.#members) video.pause();
    await Promise.all(this.#members.map(({ video }) => settled(video)));
    if (!this.#running || this.#clock.rate !== 0) return;
    this.#clock = { at: performance.now(), time: this.#clock.time, rate: this.#speed };
    for (const member of this.#members) {
      member.drift = null;
      member.video.playbackRate = this.#speed;
      if (this.#clock.time < member.seconds - 1 / member.fps) void member.video.play().catch(() => undefined);
    }
  }

  #pause(): void {
    const time = this.#read().time;
    for (const { video } of this.#members) video.pause();
    const { fps } = this.#leader();
    this.#running = false;
    this.#clock = { at: 0, time, rate: 0 };
    this.listener.onPlaying(false);
    // Every take shows the frame of the same moment.
    this.#place(middleOf(frameCovering(time, fps), fps));
  }

  #place(wanted: number): void {
    const seconds = Math.max(0, Math.min(wanted, this.#longest));
    this.#clock = { ...this.#clock, at: performance.now(), time: seconds };
    for (const member of this.#members) {
      member.drift = null;
      member.seeker.to(placeOf(seconds, member.seconds, member.fps));
    }
    this.listener.onTime(seconds);
  }

  #shown(member: Member, mediaTime: number, shownAt: number): void {
    if (this.#clock.rate === 0 || member.video.paused || member.seeker.busy) return;
    if (member === this.#leader()) {
      this.#clock = follow(this.#clock, mediaTime, shownAt);
      this.listener.onTime(mediaTime);
      return;
    }
    member.drift = smoothed(member.drift, mediaTime - clockTime(this.#clock, shownAt));
    const correction = correctionOf(member.drift, 1 / member.fps);
    if (correction.type === 'rate') {
      const rate = this.#speed * correction.factor;
      if (Math.abs(member.video.playbackRate - rate) > 0.001) member.video.playbackRate = rate;
    } else {
      member.drift = null;
      member.seeker.to(placeOf(this.#read().time, member.seconds, member.fps));
    }
  }

  #ended(): void {
    if (!this.#running || this.#members.some((member) => !this.#over(member))) return;
    if (this.#loop) {
      this.#place(0);
      void this.#play();
      return;
    }
    const last = this.#members.reduce((a, b) => (b.seconds > a.seconds ? b : a));
    this.#running = false;
    this.#clock = { at: 0, time: frameAt(last.seconds, last.fps) / last.fps, rate: 0 };
    this.listener.onPlaying(false);
    this.listener.onTime(this.#longest);
  }

  /** Whether it holds its last frame: it came to its end, or was placed there and never ran. */
  #over({ video, seconds, fps }: Member): boolean {
    return video.ended || (video.paused && this.#read().time >= seconds - 1 / fps);
  }

  #read(): FilmClock {
    const now = performance.now();
    return { ...this.#clock, at: now, time: clockTime(this.#clock, now) };
  }

  /** The chosen take, and after its end the longest of the others. */
  #leader(): Member {
    const chosen = this.#members[this.#chosen] ?? this.#members[0];
    if (chosen === undefined) throw new Error('a group has takes');
    if (!chosen.video.ended && this.#clock.time < chosen.seconds) return chosen;
    return this.#members.reduce((a, b) => (b.seconds > a.seconds ? b : a));
  }
}

/** Resolves when the picture of its place is there, or never will be. */
function settled(video: HTMLVideoElement): Promise<void> {
  if ((!video.seeking && video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) || video.error !== null)
    return Promise.resolve();
  return new Promise((resolve) => {
    const events = ['seeked', 'canplay', 'error'] as const;
    const done = (): void => {
      if (video.seeking && video.error === null) return;
      for (const name of events) video.removeEventListener(name, done);
      resolve();
    };
    for (const name of events) video.addEventListener(name, done);
  });
}
