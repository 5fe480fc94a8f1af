// How far each start had come when: one line in the log, which the benchmarks read too.

/** `entry`: main's first statement; `services`: built; `shown`: the window stands; `painted`: its list is in it. */
export type StartStep = 'entry' | 'ready' | 'window' | 'services' | 'shown' | 'painted';

export class StartMarks {
  private readonly reached = new Map<StartStep, number>();

  /** `now`: milliseconds since main began to run in its process. */
  constructor(private readonly now = () => performance.now()) {}

  /** Whether it is the first time, which alone counts: a window that is opened again is not a start. */
  mark(step: StartStep): boolean {
    if (this.reached.has(step)) return false;
    this.reached.set(step, Math.round(this.now()));
    return true;
  }

  /** As `entry 180, ready 240`: milliseconds since main began to run. */
  toString(): string {
    return [...this.reached].map(([step, at]) => `${step} ${at}`).join(', ');
  }
}
