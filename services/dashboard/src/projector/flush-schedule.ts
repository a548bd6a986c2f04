import type { LogWarning } from './gaps.js';
import type { Flusher } from './flusher.js';

export interface FlushPace {
  /** How long a change waits for others that come with it. */
  soonMs: number;
  /** A flush begins so long after the one before at the earliest: each costs several writes, however few documents it stores. */
  apartMs: number;
  /** While much is still to be read: so many entries, or so long. Each document is then written once for many entries. */
  manyEntries: number;
  lateMs: number;
  /** Meanwhile, what won't change soon is stored every so many entries, so that it needn't be kept in memory. */
  reliefEntries: number;
  /** So many entries may wait; then no more are taken. */
  mostEntries: number;
}

export const FLUSH_PACE: FlushPace = {
  soonMs: 5,
  apartMs: 30,
  manyEntries: 4_000_000,
  lateMs: 30_000,
  reliefEntries: 20_000,
  mostEntries: 5_000_000,
};

const RETRY_AT_MOST_MS = 2_000;

/** Says when to flush: soon while little comes, a little apart; seldom while much is to be caught up with; one flush at a time. */
export class FlushSchedule {
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private waiting = 0;
  private sinceRelief = 0;
  private failures = 0;
  private lastBegan = -Infinity;
  private stopped = false;
  private isBehind = false;
  private behindSince = 0;

  constructor(
    private readonly flusher: Flusher,
    private readonly pace: FlushPace,
    private readonly warn: LogWarning,
  ) {}

  /** Much is still to be read. */
  get behind(): boolean {
    return this.isBehind;
  }

  set behind(behind: boolean) {
    if (behind === this.isBehind) return;
    this.isBehind = behind;
    if (behind) this.behindSince = performance.now();
    // What had time until now has none any more.
    this.unplan();
    if (!this.flusher.idle) this.plan();
  }

  /** So many more entries wait. */
  changed(entries: number): void {
    this.waiting += entries;
    this.sinceRelief += entries;
    if (this.behind && this.waiting >= this.pace.manyEntries) this.begin();
    else if (this.behind && this.failures === 0 && this.sinceRelief >= this.pace.reliefEntries) this.relieve();
    this.plan();
  }

  /** More must not be taken now. */
  get full(): boolean {
    return this.waiting >= this.pace.mostEntries;
  }

  /** When the flush that runs, or the next one, is over. */
  async settled(atMostMs: number): Promise<void> {
    this.begin();
    await within(this.running ?? Promise.resolve(), atMostMs);
  }

  /** Flushes until nothing waits, or the time is over. */
  async drain(atMostMs: number): Promise<void> {
    const deadline = performance.now() + atMostMs;
    while (!this.flusher.idle && performance.now() < deadline) {
      await this.settled(deadline - performance.now());
      if (this.failures > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private plan(): void {
    if (this.running || this.timer || this.stopped) return;
    const { soonMs, apartMs, lateMs } = this.pace;
    const soon = Math.max(soonMs, this.lastBegan + apartMs - performance.now());
    const pause = Math.min(50 * 2 ** (this.failures - 1), RETRY_AT_MOST_MS);
    const late = Math.max(0, Math.max(this.lastBegan, this.behindSince) + lateMs - performance.now());
    const delay = this.failures > 0 ? pause : this.behind ? late : soon;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.begin();
    }, delay).unref();
  }

  private unplan(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private begin(): void {
    if (this.running || this.flusher.idle) return;
    this.unplan();
    this.lastBegan = performance.now();
    const waiting = this.waiting;
    this.waiting = 0;
    this.run(this.flusher.flush(), waiting);
  }

  private relieve(): void {
    if (this.running) return;
    this.sinceRelief = 0;
    this.run(this.flusher.relieve(), 0);
  }

  private run(work: Promise<void>, waiting: number): void {
    this.running = work
      .then(
        () => void (this.failures = 0),
        (error: unknown) => {
          this.failures += 1;
          this.waiting += waiting;
          this.unplan();
          this.warn('what was folded could not be stored; trying again', {
            tried: this.failures,
            error: String(error),
          });
        },
      )
      .finally(() => {
        this.running = undefined;
        if (!this.flusher.idle) this.plan();
      });
  }
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.max(0, ms))))]);
  clearTimeout(timer);
}
