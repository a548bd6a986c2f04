import type { KnownUnits } from '@gdtx/known-units/known-units';
import type { Log } from '@gdtx/service-kit/log';
import { inNoTrace } from '@gdtx/service-kit/trace-context';
import { mongo } from 'mongoose';
import { BatchAhead } from './batch-ahead.js';
import { CommitPace } from './commit-pace.js';
import { CommitQueue, isWithdrawal, ofSeveralCalls, type Queued } from './commit-queue.js';
import { Conflict } from './commit-transaction.js';
import { CommitterGuard, WentBack } from './committer-guard.js';
import { decideBatch, type DecidedBatch, type Item, type Outcome } from './decide-batch.js';
import type { EntryDocument } from './documents.js';
import type { FactRule } from './fact.js';
import type { LedgerStore } from './ledger-store.js';
import { ReadAhead } from './read-ahead.js';
import { retryLater } from './refusal.js';
import { Snapshots } from './snapshots.js';
import { atMost, pause } from './waiting.js';
import { decideWithdrawal } from './withdrawal.js';
import { loadHistory } from './withdrawal-history.js';

const MAX_ATTEMPTS = 60;
/** How long the relay waits for what is being stored before it says how far it is. */
const PATIENCE_MS = 2000;

/** Nothing is recorded now; the sentence says why. */
export class NotRecording extends Error {}

export interface CommitterOptions {
  service: string;
  rules: ReadonlyMap<string, FactRule<never>>;
  store: LedgerStore;
  known: KnownUnits;
  log: Log;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Entries that are stored, in the order of deciding. */
  onCommitted: (entries: EntryDocument[]) => void;
  /** It isn't known whether entries were stored. */
  onDoubt: () => void;
  /** A batch was decided and stored, in so many seconds. */
  onBatch?: (facts: number, seconds: number) => void;
  /** The seq up to which a ledger is published, where that is known here: a commit to it carries that as its mark. */
  markFor: (unit: string) => number | undefined;
}

/**
 * The one committer of a service: takes what is queued, decides in memory, and stores all ledgers touched with their heads
 * and states in one transaction. Where another replica was faster it loads and decides again; deciding is pure.
 *
 * Mostly what it decides on is what it has stored itself just before, and ids are new. So it decides on what it remembers
 * first; only what would be refused, or collides when it is stored, is decided again on what stands in the database.
 * While a batch is being stored, the next one is decided on what it will leave (`batch-ahead.ts`); one batch is stored at a time.
 */
export class Committer {
  private readonly guard: CommitterGuard;
  private readonly queue = new CommitQueue();
  private readonly pace = new CommitPace();
  private readonly snapshots: Snapshots;
  private readonly readAhead: ReadAhead;
  private working: Promise<void> | undefined;
  private storing: Promise<unknown> | undefined;
  /** There while a batch is being stored, and until the next one is begun. */
  private ahead: BatchAhead | undefined;
  private closed: string | undefined = 'This service has just been started, and doesn’t record yet.';
  /** The last batch was accepted as a whole: the next one will probably be, too. */
  private hopeful = true;

  constructor(private readonly options: CommitterOptions) {
    this.guard = new CommitterGuard(options.store);
    this.snapshots = new Snapshots({ ...options, guard: this.guard });
    this.readAhead = new ReadAhead(options.store);
  }

  open(): void {
    this.closed = undefined;
  }

  /** Ends what committers before this one may have left open. To be called before `open`. */
  endOthers(): Promise<void> {
    return this.guard.endOthers();
  }

  /** Refuses to record from now on; calls that wait are answered with the sentence. */
  close(why: string): void {
    this.options.log.fatal(why);
    this.closed = why;
    this.queue.rejectAll(new NotRecording(why));
  }

  /** Why nothing is recorded. */
  notRecording(): string | undefined {
    return this.closed;
  }

  /** @throws Overloaded or NotRecording where it makes no sense to read these any further. */
  checkRoom(facts: number, bytes: number): void {
    if (this.closed !== undefined) throw new NotRecording(this.closed);
    this.queue.checkRoom(facts, bytes);
  }

  /** Decides on facts in their order; resolves when all are decided and the accepted ones are stored durably. */
  async record(items: Item[]): Promise<Outcome[]> {
    return this.readAhead.whileReady(items, () => {
      if (this.closed !== undefined) throw new NotRecording(this.closed);
      const outcomes = this.queue.add(items);
      if (this.storing) this.ahead?.grow();
      // A batch is made of many requests, and belongs to none of them.
      this.working ??= inNoTrace(() => this.work()).finally(() => (this.working = undefined));
      return outcomes;
    });
  }

  /**
   * From here on nothing is recorded here as of this moment or an earlier one: resolves when what is being stored is. Gives
   * the key of this committer's document where that is all there is to do, so that it needn't collide with it.
   */
  async passFloor(floor: number): Promise<string | undefined> {
    this.guard.raise(floor);
    if (this.storing && !(await atMost(PATIENCE_MS, this.storing))) throw new Error('a commit takes too long');
    return this.guard.isKnown() ? this.guard.key : undefined;
  }

  /** Facts that wait to be decided. */
  get queued(): number {
    return this.queue.length;
  }

  /** Resolves when nothing is queued or being stored. */
  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  private async work(): Promise<void> {
    for (let batch = await this.nextBatch(); batch.length > 0; batch = await this.nextBatch()) {
      const began = performance.now();
      this.pace.began(began);
      try {
        this.queue.resolve(batch, await this.settle(batch.map((q) => q.item)));
        this.options.onBatch?.(batch.length, (performance.now() - began) / 1000);
      } catch (error) {
        this.queue.reject(batch, error);
        if (error instanceof WentBack) this.close(error.message);
        // Whoever waits behind would only wait longer for the same.
        if (isUnreachable(error)) this.queue.rejectAll(error);
      }
      this.pace.ended(ofSeveralCalls(batch) || this.queue.length > 0);
    }
  }

  private async nextBatch(): Promise<Queued[]> {
    const wait = this.queue.mayBeJoined ? this.pace.waitMs(performance.now()) : 0;
    if (wait > 0) await pause(wait);
    return this.queue.next();
  }

  private async settle(items: Item[]): Promise<Outcome[]> {
    const { known } = this.options;
    const ahead = this.takeAhead();
    let sure = !this.hopeful || isWithdrawal(items[0]!);
    if (sure) ahead?.drop();
    let unreachable: string[] | undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        const decided = (sure ? undefined : await ahead?.take(items)) ?? (await this.decide(items, sure));
        const allAccepted = decided.outcomes.every((o) => o.status === 'accepted');
        this.hopeful = allAccepted;
        if (!allAccepted && !sure) {
          sure = true;
          continue;
        }
        if (hasUnknownUnit(decided.outcomes)) {
          if (unreachable === undefined) {
            ({ unreachable } = await known.refresh());
            // News may have come by Kafka as well while the owners were asked.
            if (known.registry().version !== decided.registryVersion) continue;
          }
          if (unreachable.length > 0) decided.outcomes = decided.outcomes.map((o) => undecidable(o, unreachable!));
        }
        await this.store(decided);
        return decided.outcomes;
      } catch (error) {
        this.ahead?.drop();
        this.guard.forget(!(error instanceof Conflict));
        this.snapshots.forget();
        if (!(error instanceof Conflict)) this.readAhead.forget();
        if (!(error instanceof Conflict) || attempt === MAX_ATTEMPTS) throw error;
        this.options.log.debug({ attempt }, 'another committer was faster: deciding again');
        // What was only remembered wrongly is right with the next try.
        if (sure) await pause(Math.random() * Math.min(200, 4 * 2 ** Math.min(attempt, 6)));
        sure = true;
      }
    }
  }

  private takeAhead(): BatchAhead | undefined {
    const { ahead } = this;
    this.ahead = undefined;
    return ahead;
  }

  private async decide(items: Item[], sure: boolean): Promise<DecidedBatch> {
    const [first] = items;
    if (isWithdrawal(first!)) return this.decideWithdrawal(first!);
    const facts = items.map((i) => i.parsed);
    return decideBatch(items, await (sure ? this.snapshots.sure(facts) : this.snapshots.hopeful(facts)));
  }

  private async decideWithdrawal(item: Item): Promise<DecidedBatch> {
    const { known } = this.options;
    const { store, rules } = this.options;
    const { history, ...read } = await loadHistory(item, {
      ...{ store, rules, others: () => known.othersRegistry(), readAhead: (unit) => this.readAhead.entries(unit) },
    });
    const { target, correction } = history;
    const facts = [item.parsed, ...(correction?.ok ? [correction.parsed] : [])];
    const snapshot = await this.snapshots.sure(facts, { ...read, ledgers: target ? [target.document.unit] : [] });
    return decideWithdrawal(item, snapshot, history);
  }

  private async store({ commit, registryEntries, failures }: DecidedBatch): Promise<void> {
    const { store, known, onCommitted, onDoubt, markFor, log } = this.options;
    for (const { type, error, traceId } of failures) {
      log.error({ err: error, type, trace_id: traceId }, 'a rule failed on a fact');
    }
    const { entries } = commit;
    if (entries.length === 0) return;
    if (entries.some((entry) => entry.recordedAt <= this.guard.raisedTo())) throw new Conflict('the floor was raised');
    const marked = commit.heads.map((head) => ({ ...head, published: markFor(head.unit) }));
    const guard = this.guard.change(entries[0]!.recordedAt);
    const whole = { entries, heads: marked, states: [...commit.states, guard] };
    const remembered = this.snapshots.remember(commit);
    try {
      this.storing = store.commit(whole);
      // The registry hears what it will say when it is stored.
      if (this.hopeful && remembered && registryEntries.length === 0) this.decideAhead();
      await this.storing;
      this.guard.committed();
    } catch (error) {
      if (!(error instanceof Conflict)) onDoubt();
      throw error;
    } finally {
      this.storing = undefined;
    }
    known.applyOwn(registryEntries);
    onCommitted(entries);
  }

  private decideAhead(): void {
    this.ahead = new BatchAhead({ snapshots: this.snapshots, waiting: () => this.queue.ahead() });
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof mongo.MongoServerSelectionError || error instanceof mongo.MongoNetworkError;
}

function hasUnknownUnit(outcomes: Outcome[]): boolean {
  return outcomes.some((o) => o.status === 'refused' && o.refusal.slug === 'unit-unknown');
}

/** The owner of a unit that isn't known can't be asked: nothing is decided, the fact may come again. */
function undecidable(outcome: Outcome, unreachable: string[]): Outcome {
  if (outcome.status !== 'refused' || outcome.refusal.slug !== 'unit-unknown') return outcome;
  const { unit, path } = outcome.refusal;
  const sentence = `\`${unit}\` isn't known here, and ${unreachable.join(', ')} can't be asked just now: send it again.`;
  return { status: 'refused', refusal: retryLater(sentence, path) };
}
