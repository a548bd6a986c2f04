import type { Position, TopicPartition } from '@gdtx/kafka/client';
import type { ProjectorCounts } from './core.js';
import type { LogWarning } from './gaps.js';

/** A partition with much to be read: up to this offset. */
export interface Behind extends TopicPartition {
  end: bigint;
}

/**
 * Folds what partitions hold up to their ends and stores it; ends early, with what it has stored, when the signal says so. Says
 * now and then, and at the end, what it has done so far.
 */
export type FoldShare = (
  share: readonly Behind[],
  signal: AbortSignal,
  report: (counts: ProjectorCounts) => void,
) => Promise<void>;

export interface CatchUpOptions {
  /** Where reading a partition goes on. */
  position(topic: string, partition: number): Promise<Position>;
  foldShare: FoldShare;
  /** So many at once. */
  shares: number;
  /** Messages that are to be read, from which on it is worth while. */
  from: number;
  warn: LogWarning;
}

interface Wave {
  asked: Behind[];
  over: Promise<void>;
}

/**
 * Catches up from far behind before an assignment is read: the partitions are dealt out to several who fold them beside each
 * other. A ledger lies in one partition, so that they have nothing in common; and whatever they leave, because they failed
 * or were stopped, is read afterwards as ever, from where the checkpoints stand then.
 */
export class CatchUp {
  private wave: Wave | undefined;
  private abort = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  /** What each that was begun has done so far. */
  private readonly done: ProjectorCounts[] = [];

  constructor(private readonly options: CatchUpOptions) {}

  /** Where reading goes on once nothing is far behind. All partitions of an assignment are asked for at once. */
  async position(topic: string, partition: number, end: bigint): Promise<Position> {
    this.wave ??= this.begin();
    this.wave.asked.push({ topic, partition, end });
    await this.wave.over;
    return this.options.position(topic, partition);
  }

  /** These counts, and what was done here. */
  addedTo(counts: ProjectorCounts): ProjectorCounts {
    const sum = { ...counts };
    for (const done of Object.values(this.done)) {
      for (const [name, count] of Object.entries(done) as [keyof ProjectorCounts, number][]) sum[name] += count;
    }
    return sum;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.abort.abort();
    await this.running;
  }

  private nextPlace = 0;

  private begin(): Wave {
    const asked: Behind[] = [];
    const over = new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.wave = undefined;
      return this.catchUp(asked);
    });
    return { asked, over };
  }

  private async catchUp(asked: readonly Behind[]): Promise<void> {
    // Another assignment takes the place of the one before.
    this.abort.abort();
    await this.running;
    const behind = await this.measured(asked);
    const sum = behind.reduce((total, { left }) => total + left, 0);
    if (sum < this.options.from || this.stopped) return;
    this.abort = new AbortController();
    const { signal } = this.abort;
    const shares = dealtOut(behind, this.options.shares);
    this.running = Promise.all(shares.map((share) => this.fold(share, signal))).then(() => undefined);
    await this.running;
  }

  private async measured(asked: readonly Behind[]) {
    const measured = asked.map(async (each) => {
      const position = await this.options.position(each.topic, each.partition);
      return { ...each, left: Number(each.end - (position === 'earliest' ? 0n : position)) };
    });
    return (await Promise.all(measured)).filter(({ left }) => left > 0);
  }

  private async fold(share: readonly Behind[], signal: AbortSignal): Promise<void> {
    const place = this.nextPlace++;
    try {
      await this.options.foldShare(share, signal, (counts) => (this.done[place] = counts));
    } catch (error) {
      this.options.warn('catching up broke off; what is left is read one after the other', { error: String(error) });
    }
  }
}

/** So that each share has about as much to read. */
function dealtOut(behind: readonly (Behind & { left: number })[], shares: number): Behind[][] {
  const dealt = Array.from({ length: shares }, () => ({ share: [] as Behind[], left: 0 }));
  for (const { left, ...each } of behind.toSorted((a, b) => b.left - a.left)) {
    const least = dealt.reduce((one, other) => (other.left < one.left ? other : one));
    least.share.push(each);
    least.left += left;
  }
  return dealt.map(({ share }) => share).filter((share) => share.length > 0);
}
