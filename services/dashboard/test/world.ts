import type { Batch, BatchControl } from '@gdtx/kafka/client';
import { Progress, type Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { PARTITIONS } from '@gdtx/kafka/partition';
import { ProjectorCore, type CoreOptions } from '../src/projector/core.js';
import { MemoryStore } from '../src/projector/memory-store.js';
import type { Head, LedgerOwners } from '../src/projector/owners.js';
import type { ProjectorStore } from '../src/projector/store.js';
import { readUnitYear } from '../src/projector/stored-year.js';
import type { UnitYear } from '../src/model.js';
import { control, LedgerOf, PREFIX, TestTopic } from './ledger-of.js';

/** The owners, their ledgers and their topics, in memory. */
export class World implements LedgerOwners {
  readonly ledgers = new Map<string, LedgerOf>();
  readonly topics = new Map<string, TestTopic>();
  readonly asked: string[] = [];
  /** Owners that don't answer. */
  readonly down = new Set<string>();
  now = Date.UTC(2026, 0, 1);

  ledger(service: string, unit: string): LedgerOf {
    const id = `${service}/${unit}`;
    let ledger = this.ledgers.get(id);
    if (!ledger) this.ledgers.set(id, (ledger = new LedgerOf(service, unit)));
    return ledger;
  }

  topic(service: string): TestTopic {
    let topic = this.topics.get(service);
    if (!topic) this.topics.set(service, (topic = new TestTopic(service)));
    return topic;
  }

  /** Publishes entries in this order. */
  publish(...entries: Entry[]): void {
    for (const entry of entries) this.topic(entry.service).publish(entry);
  }

  publishAll(): void {
    for (const ledger of this.ledgers.values()) this.publish(...ledger.entries);
  }

  async *heads(service: string): AsyncIterable<Head> {
    this.demandUp(service);
    for (const ledger of this.ledgers.values()) {
      const last = ledger.entries.at(-1);
      if (ledger.service === service && last) yield { unit: ledger.unit, seq: last.seq, hash: last.hash };
    }
  }

  republish(service: string, unit: string, fromSeq: number): Promise<void> {
    this.asked.push(`${service}/${unit}/${fromSeq}`);
    if (this.down.has(service)) return Promise.reject(new Error(`${service} is down`));
    this.publish(...this.ledger(service, unit).entries.slice(fromSeq - 1));
    return Promise.resolve();
  }

  async *readLedger(service: string, unit: string): AsyncIterable<Entry> {
    this.demandUp(service);
    yield* this.ledger(service, unit).entries;
  }

  close(): void {}

  private demandUp(service: string): void {
    if (this.down.has(service)) throw new Error(`${service} is down`);
  }
}

/** A projector without Kafka: it reads what stands in the world's topics when it is told to. */
export class TestProjector {
  readonly core: ProjectorCore;
  readonly warnings: string[] = [];
  private readonly positions = new Map<string, Map<number, bigint>>();

  constructor(
    readonly world: World,
    readonly store: ProjectorStore = new MemoryStore(),
    options: Partial<CoreOptions> = {},
    private readonly services = ['programmes', 'inspections', 'centres'],
  ) {
    this.core = new ProjectorCore(
      {
        topicPrefix: PREFIX,
        store,
        owners: world,
        services,
        now: () => world.now,
        pace: { soonMs: 100_000 },
        ...options,
      },
      (message) => this.warnings.push(message),
    );
  }

  /** Takes all partitions, or these. */
  async assign(partitions: readonly number[] = Array.from({ length: PARTITIONS }, (_, p) => p)): Promise<void> {
    const assignments = [];
    for (const service of this.services) {
      const { topic } = this.world.topic(service);
      const positions = this.positions.get(topic) ?? new Map<number, bigint>();
      this.positions.set(topic, positions);
      for (const partition of partitions) {
        const stored = await this.core.loader.position(topic, partition);
        const position = stored === 'earliest' ? 0n : stored;
        positions.set(partition, position);
        assignments.push({ topic, partition, position });
      }
    }
    await this.core.assigned(assignments);
  }

  async revoke(): Promise<void> {
    const gone = [...this.positions].flatMap(([topic, partitions]) =>
      [...partitions.keys()].map((partition) => ({ topic, partition })),
    );
    this.positions.clear();
    await this.core.revoked(gone);
  }

  /** Reads to the end of the topics, without storing. */
  async read(size = 1000, how: BatchControl = control): Promise<void> {
    for (const service of this.services) {
      const topic = this.world.topic(service);
      const positions = this.positions.get(topic.topic);
      if (!positions) continue;
      for (const batch of topic.batches(positions, size)) {
        if (positions.has(batch.partition)) await this.take(batch, how);
      }
    }
  }

  async take(batch: Batch, how: BatchControl = control): Promise<void> {
    await this.core.takeBatch(batch, how);
    this.positions.get(batch.topic)?.set(batch.partition, batch.lastOffset + 1n);
  }

  /** Stores what was read; throws what the store throws. */
  async flush(): Promise<void> {
    await this.core.flushNow();
  }

  async readAndFlush(size?: number): Promise<void> {
    await this.read(size);
    await this.flush();
  }

  /** Lets time go by, with what is due. */
  async pass(ms: number): Promise<void> {
    this.world.now += ms;
    this.core.tick();
    // What was asked for is answered at once.
    for (let i = 0; i < 20; i++) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** The relay of a service says how far it is: to the end of its topic, or to these offsets. */
  say(service: string, at = this.world.now, offsets?: number[]): void {
    const { log } = this.world.topic(service);
    const ends = Array.from({ length: PARTITIONS }, (_, p) => log.get(p)?.length ?? 0);
    const value = Buffer.from(Progress.encode({ service, at, offsets: offsets ?? ends }).finish());
    this.core.takeWords({ messages: [{ offset: 0n, key: null, value }] });
  }
}

/** Everything that is stored of ledgers, in a form that compares. */
export function storedOf(store: MemoryStore) {
  const byId = <T>(map: ReadonlyMap<string, T>) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    years: Object.fromEntries(Object.entries(byId(store.years)).map(([id, year]) => [id, readUnitYear(year)])),
    records: byId(store.recordsById),
    cursors: byId(store.cursorsById),
    contexts: byId(store.contextsById),
  };
}

export function yearOf(store: MemoryStore, id: string): UnitYear {
  const stored = store.years.get(id);
  if (!stored) throw new Error(`there is no ${id}: ${[...store.years.keys()].join(', ')}`);
  return readUnitYear(stored);
}

/** The sum over recorded months of a flow, by month: `{'2024-09': 42}`; months that hold no part any more are left out. */
export function flowsOf(year: UnitYear, indicator: string, category?: string): Record<string, number> {
  const sums: Record<string, number> = {};
  const parts: Record<string, number> = {};
  for (const cell of year.cells) {
    if (cell.indicator !== indicator || cell.part !== '') continue;
    if (category !== undefined && cell.category !== category) continue;
    const month = `${Math.floor(cell.month / 12)}-${String((cell.month % 12) + 1).padStart(2, '0')}`;
    sums[month] = (sums[month] ?? 0) + cell.sum;
    parts[month] = (parts[month] ?? 0) + cell.exact + cell.atLeast + cell.about;
  }
  return Object.fromEntries(Object.entries(sums).filter(([month]) => parts[month] !== 0));
}
