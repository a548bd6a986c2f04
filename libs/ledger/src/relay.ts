import type { EntryProducer } from '@gdtx/kafka/client';
import type { Log } from '@gdtx/service-kit/log';
import type { EntryDocument, HeadDocument } from './documents.js';
import type { LedgerStore } from './ledger-store.js';
import { Outbox } from './outbox.js';
import { batches, batchesOf, MAX_MESSAGES } from './relay-batches.js';
import { WentBack } from './committer-guard.js';
import { LeaseLost, RelayLease } from './relay-lease.js';
import { relayLag, type RelayLag } from './relay-lag.js';
import { speaker, type Speaker } from './speaker.js';
import { atMost } from './waiting.js';

/** At most this many of one unit in a round, so that a busy ledger doesn't hold up the others. */
const UNIT_ROUND = 500;
const UNITS_A_ROUND = 500;
const POLL_MS = 500;
/** With other committers at work, whose commits wake nobody here: their entries are looked for so often. */
const LOOK_FOR_OTHERS_MS = 50;
/** Where this process is the only one that commits, what is to be sent is known. It is looked for only in case that is wrong. */
const LOOK_ANYWAY_MS = 10_000;
const PROGRESS_MS = 1000;
/** What was just committed is sent so long after the send before at the earliest: a send costs the same for many entries as for one. */
const SENDS_APART_MS = 25;
/** So are marks, for which nobody waits. */
const MARKS_APART_MS = 200;
const STOP_WITHIN_MS = 5000;

export interface RelayOptions {
  service: string;
  topicPrefix: string;
  store: LedgerStore;
  producer: EntryProducer;
  /** The next offset of each partition of the service's topic, by partition number. */
  endOffsets: (topic: string) => Promise<bigint[]>;
  log: Log;
  /** Tells the committer of this process that nothing may be recorded as of this moment any more: see `Committer.passFloor`. */
  passFloor: (floor: number) => Promise<string | undefined>;
  /** The database has become older: nothing is published from it any more. */
  onWentBack: (error: WentBack) => void;
  /** Between sending and marking; a fault test stops the process here. */
  afterSend?: () => Promise<void>;
}

/** Of one ledger: what is in it and not yet published. */
interface Backlog {
  unit: string;
  published: number;
  seq: number;
}

/**
 * Carries entries from the ledgers to Kafka. The ledger is the outbox: what isn't marked as published is read, per unit in
 * seq order, sent, and marked after Kafka has confirmed it. One relay of a service holds a lease; a second one waits. Sending
 * twice is harmless (readers skip by seq), so a crash between sending and marking loses nothing.
 */
export class Relay {
  private readonly lease: RelayLease;
  private readonly outbox = new Outbox();
  private readonly say: Speaker;
  private running: Promise<void> | undefined;
  private stopped = false;
  private endWaiting: () => void = () => undefined;
  private readonly stopping = new Promise<void>((resolve) => (this.endWaiting = resolve));
  private holding = false;
  private wake: () => void = () => undefined;
  private woken = false;
  private others = false;
  private lookAt = 0;
  private progressAt = 0;
  private sentAt = -Infinity;
  private markAt = 0;
  private ends: string[] | undefined;
  private failures = 0;
  /** Sends of one process come one after the other, also those that are asked for again. */
  private line: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: RelayOptions) {
    this.lease = new RelayLease(options.store);
    this.say = speaker(options);
  }

  start(): void {
    this.running = this.run();
  }

  /** These were committed. Losing a call loses nothing but some seconds. */
  committed(entries: readonly EntryDocument[]): void {
    if (!this.holding) return;
    this.outbox.offer(entries);
    this.nudge();
  }

  /** Something may have been committed that isn't known here. */
  doubt(): void {
    this.outbox.doubt();
    this.nudge();
  }

  /** The seq up to which a ledger is published, where this relay knows: the mark that a commit to it carries. */
  markFor(unit: string): number | undefined {
    return this.holding ? this.outbox.carried(unit, performance.now()) : undefined;
  }

  /** What waits to be published; undefined where another replica relays. */
  lag(): Promise<RelayLag> | undefined {
    return this.holding ? relayLag(this.options.store, (unit) => this.outbox.sentUpTo(unit), Date.now()) : undefined;
  }

  /** What keeps it from publishing, a sentence. */
  trouble(): string | undefined {
    return this.failures > 0 ? 'What is recorded can’t be published just now.' : undefined;
  }

  /** Ends what is under way, but waits no longer than some seconds for a broker: what isn't marked is sent after the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.endWaiting();
    this.nudge();
    const orderly = async () => {
      await this.running;
      if (!this.holding) return;
      await this.mark(true);
      await this.lease.release(this.ends);
    };
    await atMost(STOP_WITHIN_MS, orderly());
  }

  /** Sends a ledger's published entries again, from a seq on; says how many. What isn't published yet is on its way by itself. */
  async republish(unit: string, fromSeq: number): Promise<number> {
    let next = Math.max(1, fromSeq);
    let count = 0;
    for (let more = true; more;) {
      more = await this.inLine(async () => {
        // Asked for in line: nothing newer is sent before these, so that whoever reads them finds no new hole behind them.
        const head = (await this.options.store.headsOf([unit])).get(unit);
        const sent = this.holding ? this.outbox.sentUpTo(unit) : undefined;
        const upTo = Math.max(head?.published ?? 0, sent ?? 0);
        const wanted = Math.min(MAX_MESSAGES, upTo - next + 1);
        if (wanted <= 0) return false;
        for await (const batch of batches(this.options.store.read(unit, next, wanted))) {
          await this.say.entries(batch);
          count += batch.length;
        }
        next += wanted;
        return next <= upTo;
      });
    }
    return count;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      try {
        await this.round();
        this.failures = 0;
      } catch (error) {
        this.failures++;
        this.outbox.doubt();
        if (error instanceof WentBack) return this.leaveOff(error);
        if (!(error instanceof LeaseLost)) {
          this.options.log.warn({ err: error }, 'publishing failed; what was not confirmed is sent again');
        }
      }
      if (this.stopped) return;
      // What is committed meanwhile doesn't make a broker come back.
      if (this.failures > 0) await atMost(Math.min(2000, 50 * 2 ** this.failures), this.stopping);
      else if (!this.woken) await this.sleep(this.pollMs());
      const early = this.sentAt + SENDS_APART_MS - performance.now();
      if (early > 0) await atMost(early, this.stopping);
    }
  }

  private leaveOff(error: WentBack): void {
    this.holding = false;
    this.options.onWentBack(error);
  }

  private async round(): Promise<void> {
    const held = await this.lease.hold();
    if (held !== 'still') this.outbox.clear();
    this.holding = held !== 'no';
    if (!this.holding) return;
    await this.sendFresh();
    const now = performance.now();
    if (now >= this.progressAt) await this.sayProgress();
    else if (this.outbox.mustLook() || now >= this.lookAt) await this.look();
    await this.mark();
  }

  private pollMs(): number {
    if (this.others) return LOOK_FOR_OTHERS_MS;
    return this.outbox.marksWait ? MARKS_APART_MS : POLL_MS;
  }

  /** Sends what was just committed here. */
  private async sendFresh(): Promise<void> {
    for (const batch of batchesOf(this.outbox.take())) await this.sendAndConfirm(batch);
  }

  /** Publishes everything that stands in the ledgers when it begins; what comes meanwhile is sent in between, or next time. */
  private async look(): Promise<void> {
    const began = performance.now();
    this.outbox.mustLook();
    const pending = this.options.store.heads.find({ pending: true }, { projection: { seq: 1, published: 1 } });
    let rest: Backlog[] = [];
    for await (const head of pending) {
      const backlog = this.backlogOf(head);
      if (backlog) rest.push(backlog);
    }
    while (rest.length > 0 && !this.stopped) {
      for (let i = 0; i < rest.length; i += UNITS_A_ROUND) await this.publish(rest.slice(i, i + UNITS_A_ROUND));
      rest = rest
        .map((b) => ({ ...b, published: Math.min(b.seq, b.published + UNIT_ROUND) }))
        .filter((b) => b.published < b.seq);
      await this.sendFresh();
    }
    // Looking costs the more the more there is: it never takes more than a tenth of the time.
    const every = this.others ? LOOK_FOR_OTHERS_MS : LOOK_ANYWAY_MS;
    this.lookAt = performance.now() + Math.max(every, 10 * (performance.now() - began));
  }

  private backlogOf({
    _id: unit,
    seq,
    published,
  }: Pick<HeadDocument, '_id' | 'seq' | 'published'>): Backlog | undefined {
    const sent = Math.max(published, this.outbox.sentUpTo(unit) ?? 0);
    this.outbox.learn(unit, sent, performance.now());
    return sent < seq ? { unit, published: sent, seq } : undefined;
  }

  /** Sends a round of each ledger. */
  private async publish(backlogs: Backlog[]): Promise<void> {
    const wanted = backlogs.map((b) => ({
      unit: b.unit,
      seq: { $gt: b.published, $lte: Math.min(b.seq, b.published + UNIT_ROUND) },
    }));
    const cursor = this.options.store.entries.find({ $or: wanted }, { batchSize: 1000 }).sort({ unit: 1, seq: 1 });
    for await (const batch of batches(cursor)) {
      if (this.stopped) return;
      await this.sendAndConfirm(batch);
    }
  }

  private async sendAndConfirm(entries: EntryDocument[]): Promise<void> {
    await this.lease.renew();
    this.sentAt = performance.now();
    await this.inLine(async () => {
      await this.say.entries(entries);
      await this.options.afterSend?.();
      this.outbox.confirm(entries, performance.now());
    });
  }

  private async mark(all = false): Promise<void> {
    const now = performance.now();
    if (now < this.markAt && !all) return;
    const marks = this.outbox.due(now, { all, others: this.others });
    if (marks.length === 0) return;
    this.markAt = now + MARKS_APART_MS;
    await this.options.store.markPublished(marks);
  }

  /** Once a second: up to which moment, and below which offsets, everything recorded is published. */
  private async sayProgress(): Promise<void> {
    const { floor, others } = await this.lease.raiseFloor(this.ends, this.options.passFloor);
    this.others = others;
    // What is recorded meanwhile doesn't wait for all of this.
    await this.sendFresh();
    // What no other committer recorded until the floor was offered before the floor was passed.
    if (others || this.outbox.lacksSome || performance.now() >= this.lookAt) await this.look();
    if (this.stopped) return;
    await this.sendFresh();
    const ends = await this.options.endOffsets(this.say.topic);
    await this.inLine(() => this.say.progress(floor, ends));
    this.ends = ends.map(String);
    this.progressAt = performance.now() + PROGRESS_MS;
  }

  private inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = this.line.then(work);
    this.line = done.catch(() => undefined);
    return done;
  }

  private nudge(): void {
    this.woken = true;
    this.wake();
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
