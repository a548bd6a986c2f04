import type { Assignment, Batch, BatchControl, TopicPartition } from '@gdtx/kafka/client';
import { topicOf } from '@gdtx/kafka/partition';
import { Progress } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { FOLDS, SERVICES_FOLDED, type FoldTable } from '../indicators/folds/all.js';
import { LAYOUT, type Cursor, type UnknownEntry } from '../model.js';
import { FactTypes } from './fact-types.js';
import { Flusher, type FlushCounts, type OnStored } from './flusher.js';
import { FLUSH_PACE, FlushSchedule, type FlushPace } from './flush-schedule.js';
import { FreshnessOf, type ProjectionLag } from './freshness.js';
import { Gaps, type LogWarning } from './gaps.js';
import { Heads } from './heads.js';
import { Intake, type IntakeCounts } from './intake.js';
import type { Ledger } from './ledger.js';
import { Ledgers } from './ledgers.js';
import { Loader } from './loader.js';
import type { LedgerOwners } from './owners.js';
import { Positions } from './positions.js';
import { Refolds } from './refolds.js';
import { RelayProgress } from './relay-progress.js';
import type { ProjectorStore, StoredFreshness } from './store.js';

export interface CoreOptions {
  topicPrefix: string;
  store: ProjectorStore;
  owners: LedgerOwners;
  /** Default: all owning services. */
  services?: readonly string[];
  /** Default: all that this version knows. */
  folds?: FoldTable;
  now?: () => number;
  /** Says how long something is ago, whatever becomes of the time of day. Default: `now` where it is given, else a clock that nobody sets. */
  steady?: () => number;
  pace?: Partial<FlushPace>;
  /** Rows of documents kept in memory. Default 128 MB. */
  maxBytes?: number;
  /** Nothing but catching up is done: what is taken is stored late, many entries at once, until `schedule.drain`. */
  catchingUp?: boolean;
  /** How long a silent relay is waited for before lost entries are asked for. Default 30 s. */
  patienceMs?: number;
}

export interface ProjectorCounts extends IntakeCounts, FlushCounts {
  /** Open gaps; how often owners were asked to send again; lost last entries that were found; ledgers that aren't their owner's. */
  gaps: number;
  asked: number;
  foundByHeads: number;
  forked: number;
  foldedAnew: number;
  /** Bytes of rows in memory, as of the last look. */
  bytes: number;
}

const EVICT_EVERY_MS = 1_000;
/** More than so many messages still to be read: catching up. */
const BEHIND_MESSAGES = 5_000;
const REVOKED_FLUSH_MS = 2_000;

/** All of the projector but reading Kafka: what to do with assignments, batches and relays' words. */
export class ProjectorCore {
  readonly services: readonly string[];
  readonly loader: Loader;
  readonly schedule: FlushSchedule;
  private readonly serviceOf: ReadonlyMap<string, string>;
  private readonly types: FactTypes;
  private readonly ledgers: Ledgers;
  private readonly positions = new Positions();
  private readonly progress = new RelayProgress();
  private readonly intake: Intake;
  private readonly gaps: Gaps;
  private readonly heads: Heads;
  private readonly refolds: Refolds;
  private readonly flusher: Flusher;
  private readonly fresh: FreshnessOf;
  private readonly listeners = new Set<OnStored>();
  private readonly lag = new Map<string, bigint>();
  private bytes = 0;
  private evictAt = 0;
  private readonly catchingUp: boolean;

  constructor(
    options: CoreOptions,
    private readonly warn: LogWarning,
  ) {
    const { topicPrefix, store, owners, services = SERVICES_FOLDED, now = Date.now } = options;
    const steady = options.steady ?? options.now ?? (() => performance.now());
    const { positions, progress } = this;
    this.services = services;
    this.catchingUp = options.catchingUp ?? false;
    this.serviceOf = new Map(services.map((service) => [topicOf(topicPrefix, service), service]));
    this.types = new FactTypes(options.folds ?? FOLDS, services);
    this.ledgers = new Ledgers(options.maxBytes ?? 128 * 1024 * 1024);
    const { ledgers, types } = this;
    const owns = (service: string, partition: number) => positions.has(topicOf(topicPrefix, service), partition);
    const gaps = new Gaps(ledgers, owners.republish.bind(owners), steady, warn);
    const { patienceMs } = options;
    this.heads = new Heads({ services, ledgers, owns, progress, gaps, owners, now: steady, warn, patienceMs });
    const refolds = new Refolds(ledgers, types, owners, steady, warn, (ledger, seen) => {
      if (seen > ledger.seq) gaps.note(ledger, seen);
      this.schedule.changed(ledger.seq);
    });
    const gap = (ledger: Ledger, seen: number) => gaps.note(ledger, seen);
    const foldAnew = (ledger: Ledger) => refolds.want(ledger, false);
    this.intake = new Intake(ledgers, types, { gap, foldAnew }, now);
    this.flusher = new Flusher(store, ledgers, this.intake, positions, (documents, entries) => {
      if (documents.length + entries.length > 0) for (const listener of this.listeners) listener(documents, entries);
    });
    this.schedule = new FlushSchedule(this.flusher, { ...FLUSH_PACE, ...options.pace }, warn);
    const parts = { services, topicPrefix, positions, progress, gaps, refolds, ledgers, store, now, steady, warn };
    this.fresh = new FreshnessOf(parts);
    this.loader = new Loader(store);
    this.gaps = gaps;
    this.refolds = refolds;
  }

  get topics(): string[] {
    return [...this.serviceOf.keys()];
  }

  /** Everything that was taken is stored. */
  get idle(): boolean {
    return this.flusher.idle;
  }

  async assigned(assignments: readonly Assignment[]): Promise<void> {
    for (const [topic, service] of this.serviceOf) {
      const mine = assignments.filter((each) => each.topic === topic);
      if (mine.length === 0) continue;
      const partitions = mine.map(({ partition }) => partition);
      await this.loader.cursors(service, partitions, (cursor) => this.restore(cursor));
      for (const { partition, position } of mine) this.positions.assign(topic, partition, position);
      this.heads.again(service);
    }
  }

  /** What isn't stored in time is folded again by whoever has the partitions now. */
  async revoked(gone: readonly TopicPartition[]): Promise<void> {
    await this.schedule.drain(REVOKED_FLUSH_MS);
    for (const { topic, partition } of gone) {
      const service = this.serviceOf.get(topic)!;
      this.positions.revoke(topic, partition);
      this.lag.delete(`${topic}/${partition}`);
      this.ledgers.drop(service, partition);
      this.gaps.drop(service, partition);
      this.refolds.drop(service, partition);
    }
  }

  async takeBatch(batch: Batch, control: BatchControl): Promise<void> {
    const { topic, partition, messages } = batch;
    const service = this.serviceOf.get(topic)!;
    this.intake.follow = this.listeners.size > 0 && !this.schedule.behind;
    const { quarantined } = this.intake.counts;
    let rest = this.intake.take(service, batch, messages);
    while (rest.length > 0) {
      await this.loader.documents(this.intake.absent(service, rest), control);
      if (control.isStale()) return;
      rest = this.intake.take(service, batch, rest);
    }
    this.saySetAside(topic, partition, this.intake.counts.quarantined - quarantined);
    this.positions.fold(topic, partition, batch.firstOffset, batch.lastOffset + 1n);
    this.lag.set(`${topic}/${partition}`, batch.highWatermark - batch.lastOffset - 1n);
    this.schedule.behind = this.catchingUp || [...this.lag.values()].some((lag) => lag > BEHIND_MESSAGES);
    this.schedule.changed(messages.length);
    while ((this.schedule.full || (this.ledgers.overfull && !this.idle)) && !control.isStale()) {
      await this.schedule.settled(500);
      this.bytes = this.ledgers.evict();
      await control.heartbeat();
    }
  }

  /** Stores what was taken, now; throws what the store throws. Not while the schedule does it. */
  flushNow(): Promise<void> {
    return this.flusher.flush();
  }

  /** Stores and lets go of what won't change soon. Likewise. */
  relieve(): Promise<void> {
    return this.flusher.relieve();
  }

  /** What relays say of how far they have published. */
  takeWords({ messages }: Pick<Batch, 'messages'>): void {
    for (const { value } of messages) {
      if (!value) continue;
      try {
        this.progress.hear(Progress.decode(value));
      } catch (error) {
        this.warn('a word of a relay could not be read', { error: String(error) });
      }
    }
  }

  /** Whatever is due by now; call it about ten times a second. */
  tick(): void {
    this.fresh.update();
    this.gaps.tick();
    this.heads.tick();
    this.refolds.tick();
    if (this.fresh.noteWaiting()) this.schedule.changed(0);
    if (this.evictAt <= performance.now()) {
      this.evictAt = performance.now() + EVICT_EVERY_MS;
      this.trim();
    }
    void this.fresh.say();
  }

  /** Lets go of documents that take too much memory. */
  trim(): void {
    this.bytes = this.ledgers.evict();
  }

  onChanged(listener: OnStored): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  seqOf(service: string, unit: string): number {
    return this.ledgers.find(service, unit)?.shown ?? 0;
  }

  freshness(): StoredFreshness {
    return this.fresh.now();
  }

  projectionLag(): ProjectionLag[] {
    return this.fresh.lag();
  }

  incompleteUnits(): { service: string; unit: string; unknown: UnknownEntry[] }[] {
    return Array.from(this.ledgers.incomplete(), ({ service, unit, unknown }) => ({ service, unit, unknown }));
  }

  counts(): ProjectorCounts {
    const { gaps, heads, refolds, bytes } = this;
    return {
      ...this.intake.counts,
      ...this.flusher.counts,
      gaps: gaps.open().length,
      asked: gaps.asked,
      foundByHeads: heads.found,
      forked: heads.forked,
      foldedAnew: refolds.done,
      bytes,
    };
  }

  /** One line a batch, however many there are: each is in the collection, with its reason. */
  private saySetAside(topic: string, partition: number, count: number): void {
    if (count === 0) return;
    const last = this.intake.quarantined.at(-1);
    const where = { topic, partition, last: String(last?.offset) };
    this.warn('values that can’t be read were set aside', { ...where, count, reason: last?.reason });
  }

  private restore(cursor: Cursor): void {
    this.ledgers.restore(cursor);
    const nowKnown = cursor.unknown.some(({ type }) => this.types.named(type) !== undefined);
    if (nowKnown || (cursor.layout ?? 0) < LAYOUT) this.refolds.want(cursor, true);
  }
}
