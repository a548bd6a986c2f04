import type { Connection, mongo } from 'mongoose';
import type { Log } from '@gdtx/service-kit/log';
import type { Cursor, StoredRecord } from '../model.js';
import type { StoredUnitYear } from '../projector/stored-year.js';
import { createPause } from './pause.js';
import { reached } from './reached.js';
import { ReadModel } from './read-model.js';
import type { PeriodRows } from '../reporting/period-rows.js';
import { HELD_RECORDS, Records } from './records.js';

/** What the projector says about how far it is; one document, written after what it speaks of. */
export interface FreshnessDocument {
  _id: 'now';
  /** Everything recorded before that moment (milliseconds) is folded; null: not yet known. */
  asOf: number | null;
  /** The same of each service. */
  services: Record<string, number | null>;
  lacks: unknown[];
  /** When the projector wrote this. */
  at: number;
}

/** An entry has become part of the figures. */
export interface Change {
  service: string;
  unit: string;
  seq: number;
  indicators: string[];
}

/** A read model in memory that goes on following what is stored. */
export interface FollowedModel {
  readonly model: ReadModel;
  readonly records: Records;
  readonly periods: PeriodRows;
  readonly freshness: FreshnessDocument | undefined;
  /** Whether the stream is followed; false while it is lost and being taken up again. */
  readonly following: boolean;
  /** The seq up to which a ledger is part of the figures. */
  seqOf(service: string, unit: string): number;
  /** Ledgers with entries that this version can't fold. */
  incomplete(): Iterable<Pick<Cursor, 'service' | 'unit' | 'unknown'>>;
  onChange(listener: (change: Change) => void): () => void;
  /** Resolves true as soon as an entry is part of the figures, false when `withinMs` have passed. */
  reaches(service: string, unit: string, seq: number, withinMs: number): Promise<boolean>;
}

/** What is kept of a ledger's cursor: there are tens of thousands. */
type HeldCursor = Pick<Cursor, 'epoch' | 'seq'> & { unknown?: Cursor['unknown'] };

/** Of more, nobody is let in before they are taken in: they would fill the memory. */
const MOST_WAITING = 2_000;

const WATCHED = ['unit_years', 'records', 'cursors', 'freshness'] as const;

/**
 * Holds the read model in memory: loaded from MongoDB at start, then kept up by its change stream, which has one order for
 * all collections. So whoever sees a cursor has what was folded before it. Any number of replicas may follow.
 */
export class Follower implements FollowedModel {
  model = new ReadModel();
  records = new Records();
  freshness: FreshnessDocument | undefined;
  private readonly cursors = new Map<string, HeldCursor>();
  private readonly listeners = new Set<(change: Change) => void>();
  private readonly changed = new Map<string, Set<string>>();
  private stream: mongo.ChangeStream | undefined;
  private stopped = false;
  private live = false;
  /** What came and isn't part of the model yet, besides those that are being taken in. */
  private waiting: mongo.ChangeStreamDocument[] = [];
  private taking = false;

  constructor(
    private readonly connection: Connection,
    private readonly log: Log,
  ) {}

  /** Resolves when all that was stored is in memory. */
  async start(): Promise<void> {
    this.stream = await this.watch();
    await this.load();
    this.live = true;
  }

  get periods(): PeriodRows {
    return this.model.periods;
  }

  get following(): boolean {
    return this.live;
  }

  seqOf(service: string, unit: string): number {
    return this.cursors.get(`${service}/${unit}`)?.seq ?? 0;
  }

  /** How far each ledger is part of the figures. */
  *cursorsOf(): Iterable<{ service: string; unit: string; seq: number }> {
    for (const [id, { seq }] of this.cursors) {
      const slash = id.indexOf('/');
      yield { service: id.slice(0, slash), unit: id.slice(slash + 1), seq };
    }
  }

  *incomplete(): Iterable<Pick<Cursor, 'service' | 'unit' | 'unknown'>> {
    for (const [id, { unknown }] of this.cursors) {
      const slash = id.indexOf('/');
      if (unknown) yield { service: id.slice(0, slash), unit: id.slice(slash + 1), unknown };
    }
  }

  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  reaches(service: string, unit: string, seq: number, withinMs: number): Promise<boolean> {
    return reached(this, { service, unit, seq }, withinMs);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.stream?.close();
  }

  private async load(): Promise<void> {
    const read = <T extends object>(name: string, filter = {}) =>
      this.connection.collection<T>(name).find(filter, { batchSize: 2000 });
    for await (const document of read<StoredUnitYear>('unit_years')) this.model.load(document as StoredUnitYear);
    this.model.settle();
    for await (const document of read<StoredRecord>('records', { collection: { $in: HELD_RECORDS } }))
      this.records.apply(document as StoredRecord);
    for await (const document of read<Cursor>('cursors')) this.takeCursor(document as Cursor);
    this.freshness = ((await this.connection.collection('freshness').findOne({})) ?? undefined) as never;
  }

  /** From now on: the stream itself is only opened later, and what changes until then must be in it. */
  private async watch(): Promise<mongo.ChangeStream> {
    const { operationTime } = (await this.connection.db!.command({ ping: 1 })) as { operationTime: mongo.Timestamp };
    const isHeld = {
      $or: [{ 'ns.coll': { $ne: 'records' } }, { 'fullDocument.collection': { $in: HELD_RECORDS } }],
    };
    const pipeline = [{ $match: { 'ns.coll': { $in: [...WATCHED] }, ...isHeld } }];
    const stream = this.connection.db!.watch(pipeline, {
      fullDocument: 'updateLookup',
      maxAwaitTimeMS: 200,
      startAtOperationTime: operationTime,
    });
    stream.on('change', (event) => this.receive(event));
    stream.on('error', (error) => this.lost(error));
    return stream;
  }

  /** Takes changes in one after the other, as they come; of many at a time, some, and then others have their turn. */
  private receive(event: mongo.ChangeStreamDocument): void {
    this.waiting.push(event);
    if (!this.taking) void this.takeWaiting();
  }

  private async takeWaiting(): Promise<void> {
    this.taking = true;
    let left = 0;
    const pause = createPause(() => left + this.waiting.length > MOST_WAITING);
    while (this.waiting.length > 0) {
      const events = this.waiting;
      this.waiting = [];
      left = events.length;
      for (const event of events) {
        left -= 1;
        this.take(event);
        await pause();
      }
    }
    this.taking = false;
  }

  private take(event: mongo.ChangeStreamDocument): void {
    if (!('fullDocument' in event) || !event.fullDocument || !('coll' in event.ns)) return;
    const document: unknown = event.fullDocument;
    switch (event.ns.coll as (typeof WATCHED)[number]) {
      case 'unit_years':
        return this.takeYear(document as StoredUnitYear);
      case 'records':
        return this.records.apply(document as StoredRecord);
      case 'cursors':
        return this.takeCursor(document as Cursor);
      case 'freshness':
        this.freshness = document as FreshnessDocument;
    }
  }

  private takeYear(document: StoredUnitYear): void {
    const name = `${document.service}/${document.unit}`;
    const indicators = this.model.take(document);
    if (indicators.size === 0) return;
    const known = this.changed.get(name);
    if (known) for (const indicator of indicators) known.add(indicator);
    else this.changed.set(name, indicators);
  }

  private takeCursor(cursor: Cursor): void {
    const known = this.cursors.get(cursor._id);
    if (known && (known.epoch > cursor.epoch || (known.epoch === cursor.epoch && known.seq >= cursor.seq))) return;
    const { service, unit, epoch, seq, unknown } = cursor;
    this.cursors.set(cursor._id, unknown.length > 0 ? { epoch, seq, unknown } : { epoch, seq });
    const indicators = [...(this.changed.get(cursor._id) ?? [])].sort();
    this.changed.delete(cursor._id);
    if (this.live) for (const listener of this.listeners) listener({ service, unit, seq, indicators });
  }

  /** The stream can't be taken up where it broke off: everything is read again, beside nothing that is lost. */
  private lost(error: unknown): void {
    if (this.stopped) return;
    this.live = false;
    this.log.warn({ err: error }, 'the change stream broke off; reading the model again');
    const again = async () => {
      await this.stream?.close().catch(() => undefined);
      this.stream = await this.watch();
      await this.load();
      this.live = true;
    };
    setTimeout(() => void again().catch((e: unknown) => this.lost(e)), 500).unref();
  }
}
