import type { Item, Outcome } from './decide-batch.js';

const MAX_FACTS = 500;
const MAX_BYTES = 1_000_000;
const MAX_QUEUED_FACTS = 20_000;
const MAX_QUEUED_BYTES = 48_000_000;
/** A call of at most so many facts is short: somebody waits for it. Longer ones are a backfill's. */
const SHORT_FACTS = 20;
/** Of long calls, a batch takes so many facts while short ones come, which wait for whole batches … */
const LONG_FACTS_BESIDE_SHORT = 100;
/** … and 500 again when so many batches in a row held no short call. */
const BATCHES_WITHOUT_SHORT = 5;
/** So many facts are worth a commit; fewer may be joined by others. */
const WORTH_A_COMMIT = 100;

/** The queue is full: come back later. */
export class Overloaded extends Error {}

interface Job {
  outcomes: Outcome[];
  waiting: number;
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
}

/** A fact in its place in a call. */
export interface Queued {
  item: Item;
  job: Job;
  index: number;
}

/**
 * Facts that wait for the committer. A call's facts keep their order; of two calls that wait at the same time neither has to
 * be first. So short calls go before long ones, and while short ones come, batches are small.
 */
export class CommitQueue {
  private readonly short = new Lane();
  private readonly long = new Lane();
  private bytes = 0;
  private withoutShort = BATCHES_WITHOUT_SHORT;
  private longIsDue = false;

  /** @throws Overloaded when these don't fit any more. An empty queue takes any call. */
  checkRoom(facts: number, bytes: number): void {
    if (this.length === 0) return;
    if (this.length + facts > MAX_QUEUED_FACTS || this.bytes + bytes > MAX_QUEUED_BYTES) {
      throw new Overloaded('too many facts are waiting');
    }
  }

  get length(): number {
    return this.short.length + this.long.length;
  }

  /** Few facts wait, and nothing that is committed alone: others may come along. */
  get mayBeJoined(): boolean {
    return this.length > 0 && this.length < WORTH_A_COMMIT && ![this.short, this.long].some((lane) => lane.beginsAlone);
  }

  /** Resolves with the outcomes of a call's facts once all are settled. */
  add(items: readonly Item[]): Promise<Outcome[]> {
    if (items.length === 0) return Promise.resolve([]);
    const bytes = items.reduce((sum, item) => sum + sizeOf(item), 0);
    this.checkRoom(items.length, bytes);
    this.bytes += bytes;
    const lane = items.length <= SHORT_FACTS ? this.short : this.long;
    return new Promise((resolve, reject) => {
      const job: Job = { outcomes: [], waiting: items.length, resolve, reject };
      for (const [index, item] of items.entries()) lane.add({ item, job, index });
    });
  }

  /**
   * At most 500 facts or 1 MB, short calls first, and of each lane one fact at least; a withdrawal by itself, since it is decided
   * on the ledgers themselves.
   */
  next(): Queued[] {
    this.withoutShort = this.short.length > 0 ? 0 : this.withoutShort + 1;
    const mostLong = this.withoutShort < BATCHES_WITHOUT_SHORT ? LONG_FACTS_BESIDE_SHORT : MAX_FACTS;
    const bothWait = this.short.length > 0 && this.long.length > 0;
    const mostBytes = bothWait ? MAX_BYTES / 2 : MAX_BYTES;
    const mostShort = MAX_FACTS - Math.min(LONG_FACTS_BESIDE_SHORT, this.long.length);
    const batch = this.longIsDue && bothWait ? [] : this.short.take(mostShort, mostBytes);
    const alone = batch.length === 1 && isWithdrawal(batch[0]!.item);
    if (!alone) batch.push(...this.long.take(mostLong, mostBytes, batch.length > 0));
    // Withdrawals among the short calls, one a batch, mustn't keep the long ones waiting for ever.
    this.longIsDue = alone && bothWait;
    this.bytes -= bytesOf(batch);
    return batch;
  }

  /**
   * What the next batch begins with if no short call comes: long calls' facts, where enough of them wait for a commit, and no short
   * ones do or came lately. They stay in the queue; later it is the same with more behind it, until a batch is taken.
   */
  ahead(): Item[] {
    const onlyLong = this.short.length === 0 && this.withoutShort + 1 >= BATCHES_WITHOUT_SHORT;
    if (!onlyLong || this.long.length < WORTH_A_COMMIT || this.long.beginsAlone) return [];
    return this.long.first(MAX_FACTS, MAX_BYTES).map((queued) => queued.item);
  }

  /** Settles a batch; a call is answered with its last fact. */
  resolve(batch: readonly Queued[], outcomes: readonly Outcome[]): void {
    for (const [i, { job, index }] of batch.entries()) {
      job.outcomes[index] = outcomes[i]!;
      if (--job.waiting === 0) job.resolve(job.outcomes);
    }
  }

  /** Fails the calls of a batch as a whole, with what else of them is waiting: they may be sent again. */
  reject(batch: readonly Queued[], error: unknown): void {
    const failed = new Set(batch.map((q) => q.job));
    for (const lane of [this.short, this.long]) this.bytes -= bytesOf(lane.drop(({ job }) => failed.has(job)));
    for (const job of failed) job.reject(error);
  }

  rejectAll(error: unknown): void {
    const failed = new Set<Job>();
    for (const lane of [this.short, this.long]) for (const { job } of lane.drop(() => true)) failed.add(job);
    this.bytes = 0;
    for (const job of failed) job.reject(error);
  }
}

/** Facts of some calls, in the order in which they came. */
class Lane {
  private waiting: Queued[] = [];
  /** Where the lane begins: taking from the front of a long list is dear. */
  private begin = 0;

  get length(): number {
    return this.waiting.length - this.begin;
  }

  /** The next of it is committed by itself. */
  get beginsAlone(): boolean {
    return this.length > 0 && isWithdrawal(this.waiting[this.begin]!.item);
  }

  add(queued: Queued): void {
    this.waiting.push(queued);
  }

  /** So many facts or bytes at most, but one fact at least; a withdrawal by itself, and none `behindOthers`. */
  first(mostFacts: number, mostBytes: number, behindOthers = false): Queued[] {
    let bytes = 0;
    let end = this.begin;
    for (; end < this.waiting.length && end - this.begin < mostFacts; end++) {
      const { item } = this.waiting[end]!;
      const alone = isWithdrawal(item);
      if (alone && (behindOthers || end > this.begin)) break;
      bytes += sizeOf(item);
      if (end > this.begin && bytes > mostBytes) break;
      if (alone) {
        end++;
        break;
      }
    }
    return this.waiting.slice(this.begin, end);
  }

  /** The same, taken out. */
  take(mostFacts: number, mostBytes: number, behindOthers = false): Queued[] {
    const taken = this.first(mostFacts, mostBytes, behindOthers);
    this.begin += taken.length;
    if (this.begin > 4 * MAX_FACTS || this.begin === this.waiting.length) {
      this.waiting.splice(0, this.begin);
      this.begin = 0;
    }
    return taken;
  }

  /** Takes all of these out. */
  drop(unwanted: (queued: Queued) => boolean): Queued[] {
    const dropped: Queued[] = [];
    const kept: Queued[] = [];
    for (const queued of this.waiting.slice(this.begin)) (unwanted(queued) ? dropped : kept).push(queued);
    this.waiting = kept;
    this.begin = 0;
    return dropped;
  }
}

/** Whether these are of more than one call. A call's facts stand together. */
export function ofSeveralCalls(batch: readonly Queued[]): boolean {
  return batch[0]?.job !== batch.at(-1)?.job;
}

export function isWithdrawal(item: Item): boolean {
  return item.parsed.rule.name === 'EntryWithdrawn';
}

function bytesOf(queued: readonly Queued[]): number {
  return queued.reduce((sum, { item }) => sum + sizeOf(item), 0);
}

function sizeOf(item: Item): number {
  return item.parsed.canonical.length;
}
