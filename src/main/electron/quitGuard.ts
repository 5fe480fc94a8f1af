// Whether the app may go: not in the middle of securing something paid, unless the person says so.
import type { GenerationState } from '@shared/domain/generation';

/** What would be interrupted. */
export interface AtRisk {
  /** Requests without an answer yet. */
  readonly sending: number;
  /** Finished videos that are not on this disk yet. */
  readonly securing: number;
}

export interface QuitGuardOptions {
  readonly atRisk: () => AtRisk;
  /** Asks the person. True: quit all the same. */
  readonly ask: (atRisk: AtRisk) => Promise<boolean>;
  /** Quits, once `mayQuit` has become true. */
  readonly quit: () => void;
}

/** Counts what is in a state that quitting would interrupt. */
export function countAtRisk(generations: Iterable<{ readonly state: GenerationState }>): AtRisk {
  let [sending, securing] = [0, 0];
  for (const { state } of generations) {
    if (state === 'submitting') sending += 1;
    if (state === 'downloading' || state === 'finishing') securing += 1;
  }
  return { sending, securing };
}

export class QuitGuard {
  private leaving = false;
  private asking = false;

  constructor(private readonly options: QuitGuardOptions) {}

  /**
   * Whether the app may go now. If not, the person is being asked, once however often this is called, and `quit`
   * follows a yes. After a no, the next attempt asks again.
   */
  mayQuit(): boolean {
    if (this.leaving) return true;
    if (this.asking) return false;
    const atRisk = this.options.atRisk();
    // From here on nothing is asked: the database may be closed when Electron comes back to it.
    if (atRisk.sending + atRisk.securing === 0) return (this.leaving = true);
    this.asking = true;
    void this.ask(atRisk);
    return false;
  }

  /** The system is going down: it is not kept waiting. */
  letGo(): void {
    this.leaving = true;
  }

  private async ask(atRisk: AtRisk): Promise<void> {
    // A dialog that cannot be shown must not keep the app alive.
    const yes = await this.options.ask(atRisk).catch(() => true);
    this.asking = false;
    if (!yes && !this.leaving) return;
    this.leaving = true;
    this.options.quit();
  }
}
