/** Where calls come at the same time, a commit begins so long after the one before at the earliest. */
const APART_MS = 15;

/**
 * How long a commit waits for others to come along. One of three facts costs hardly more than one of a single fact, so many callers
 * are served with a fraction of the work. Who sends one fact after the other waits for nobody, and so doesn't a commit after a pause.
 */
export class CommitPace {
  private beganAt = -Infinity;
  private crowded = false;

  /** Milliseconds; `now` as of performance.now(). */
  waitMs(now: number): number {
    return this.crowded ? Math.max(0, this.beganAt + APART_MS - now) : 0;
  }

  began(now: number): void {
    this.beganAt = now;
  }

  /** `crowded`: it was of several calls, or some have come meanwhile. */
  ended(crowded: boolean): void {
    this.crowded = crowded;
  }
}
