// What a <video> shows, frame by frame, and seeks that do not pile up.

/** Calls with the time of every frame that is shown, in seconds, and when it is on the screen, in milliseconds. */
export function watchFrames(
  video: HTMLVideoElement,
  onFrame: (mediaTime: number, shownAt: number) => void,
): () => void {
  let handle = video.requestVideoFrameCallback(function next(_now, { mediaTime, expectedDisplayTime }) {
    onFrame(mediaTime, expectedDisplayTime);
    handle = video.requestVideoFrameCallback(next);
  });
  return () => video.cancelVideoFrameCallback(handle);
}

/** Goes to the newest place that was asked for; those in between are left out while it is on its way. */
export class Seeker {
  #wanted: number | null = null;

  constructor(private readonly video: HTMLVideoElement) {
    video.addEventListener('seeked', this.#arrived);
  }

  to(seconds: number): void {
    if (this.video.seeking || this.video.readyState === HTMLMediaElement.HAVE_NOTHING) this.#wanted = seconds;
    else this.video.currentTime = seconds;
    if (this.video.readyState === HTMLMediaElement.HAVE_NOTHING)
      this.video.addEventListener('loadedmetadata', this.#arrived, { once: true });
  }

  /** Whether it is on its way. */
  get busy(): boolean {
    return this.video.seeking || this.#wanted !== null;
  }

  stop(): void {
    this.video.removeEventListener('seeked', this.#arrived);
    this.video.removeEventListener('loadedmetadata', this.#arrived);
  }

  readonly #arrived = (): void => {
    if (this.#wanted === null) return;
    const seconds = this.#wanted;
    this.#wanted = null;
    this.video.currentTime = seconds;
  };
}

/** Plays at this speed; 1 is the film's own. Rejects where the window may not play. */
export function playAt(video: HTMLVideoElement, rate: number): Promise<void> {
  video.playbackRate = rate;
  return video.play();
}

export function setSound(video: HTMLVideoElement, volume: number, muted: boolean): void {
  video.volume = volume;
  video.muted = muted;
}
