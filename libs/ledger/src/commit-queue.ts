import type { Item, Outcome } from './decide-batch.js';

const MAX_FACTS = 500;
const MAX_BYTES = 1_000_000;
const MAX_QUEUED_FACTS = 20_000;
const MAX_QUEUED_BYTES = 48_000_000;

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

/** Facts that wait for the committer, call by call, in the order in which they came. */
export class CommitQueue {
  private waiting: Queued[] = [];
  /** Where the queue begins: taking from the front of a long list is dear. */
  private first = 0;
  private bytes = 0;

  /** @throws Overloaded when these don't fit any more. An empty queue takes any call. */
  checkRoom(facts: number, bytes: number): void {
    if (this.length === 0) return;
    if (this.length + facts > MAX_QUEUED_FACTS || this.bytes + bytes > MAX_QUEUED_BYTES) {
      throw new Overloaded('too many facts are waiting');
    }
  }

  get length(): number {
    return this.waiting.length - this.first;
  }

  /** Resolves with the outcomes of a call's facts once all are settled. */
  add(items: readonly Item[]): Promise<Outcome[]> {
    if (items.length === 0) return Promise.resolve([]);
    const bytes = items.reduce((sum, item) => sum + sizeOf(item), 0);
    this.checkRoom(items.length, bytes);
    this.bytes += bytes;
    return new Promise((resolve, reject) => {
      const job: Job = { outcomes: [], waiting: items.length, resolve, reject };
      for (const [index, item] of items.entries()) this.waiting.push({ item, job, index });
    });
  }

  /** At most 500 facts or 1 MB; a withdrawal by itself, since it is decided on the ledgers themselves. */
  next(): Queued[] {
    let bytes = 0;
    let end = this.first;
    for (; end < this.waiting.length && end - this.first < MAX_FACTS; end++) {
      const { item } = this.waiting[end]!;
      const alone = isWithdrawal(item);
      if (end > this.first && (alone || bytes + sizeOf(item) > MAX_BYTES)) break;
      bytes += sizeOf(item);
      if (alone) {
        end++;
        break;
      }
    }
    const batch = this.waiting.slice(this.first, end);
    this.first = end;
    if (this.first > 4 * MAX_FACTS || this.first === this.waiting.length) {
      this.waiting.splice(0, this.first);
      this.first = 0;
    }
    this.bytes -= bytes;
    return batch;
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
    this.keep((q) => !failed.has(q.job));
    for (const job of failed) job.reject(error);
  }

  rejectAll(error: unknown): void {
    this.reject(this.waiting.slice(this.first), error);
  }

  private keep(wanted: (queued: Queued) => boolean): void {
    this.waiting = this.waiting.slice(this.first).filter(wanted);
    this.first = 0;
    this.bytes = this.waiting.reduce((sum, q) => sum + sizeOf(q.item), 0);
  }
}

export function isWithdrawal(item: Item): boolean {
  return item.parsed.rule.name === 'EntryWithdrawn';
}

function sizeOf(item: Item): number {
  return item.parsed.canonical.length;
}
