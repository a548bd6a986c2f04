import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { codecOf } from '@gdtx/contracts/fact-codecs';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createTailer, type TopicTailer } from '@gdtx/kafka/client';
import { partitionOf, topicOf } from '@gdtx/kafka/partition';
import { kafkaLog, type Log } from '@gdtx/service-kit/log';
import { Registry, type RegistryFact } from '@gdtx/territory/registry';
import { RegistryCopy, type CopiedEntry } from './registry-copy.js';

/** The services whose ledger `vn` makes the registry, in the order in which they depend on each other. */
export const REGISTRY_SERVICES = ['provinces', 'centres', 'community-learning'] as const;
export type RegistryService = (typeof REGISTRY_SERVICES)[number];

export function isRegistryService(service: string): service is RegistryService {
  return (REGISTRY_SERVICES as readonly string[]).includes(service);
}
const REGISTRY_LEDGER = 'vn';
const QUIET_MS = 2000;
/** How long a broker may hold back an empty answer; the client also waits so long before it begins and ends. */
const IDLE_WAIT_MS = 300;
/** How often an owner is asked again for what got lost on the way while it couldn't be asked. */
const OWED_MS = 3000;
/** A whole country isn't held decoded in memory before the first of it is taken in. */
const TAKEN_AT_ONCE = 500;
/** How often every owner is asked for what is newer, in case that the last entry got lost. */
const COMPARE_MS = 600_000;

/** Reads registry ledgers of other services. */
export interface RegistryReader {
  /** From an entry on; rejects when the service can't be reached. */
  read(service: RegistryService, fromSeq: number): AsyncIterable<Entry>;
  close(): void;
}

export interface KnownUnitsOptions {
  connection: Connection;
  brokers: string[];
  topicPrefix: string;
  log: Log;
  /** Asks another service by gRPC. */
  reader: RegistryReader;
  /** This service, when it says registry facts itself: its own ledger is read here, not from Kafka. */
  own?: { service: string; read: (fromSeq: number) => AsyncIterable<Entry> };
  onCrash: (error: unknown) => void;
  /** How many units' records are kept ready; default all. See `Registry.empty`. */
  recordsKept?: number;
}

/** One registry entry, as decoded. */
export type OwnRegistryEntry = Omit<RegistryFact, 'service'>;

/**
 * A service's own copy of the registry: units and lineage, fed by the topics of the services that own them, kept in its own
 * database. What Kafka hasn't brought yet is asked for by gRPC.
 */
export class KnownUnits {
  private readonly base: Registry;
  private readonly copies = new Map<RegistryService, RegistryCopy>();
  private readonly tailers: TopicTailer[] = [];
  private readonly listeners = new Set<() => void>();
  private ownRegistrySeq = 0;
  private refreshing: Promise<{ changed: boolean; unreachable: string[] }> | undefined;
  private readonly quietUntil = new Map<RegistryService, number>();
  /** Entries are known to be there that aren't here: up to which seq. */
  private readonly owed = new Map<RegistryService, number>();
  private readonly behind = new Set<RegistryService>();
  private readonly timers: NodeJS.Timeout[] = [];
  private stopped = false;

  constructor(private readonly options: KnownUnitsOptions) {
    this.base = Registry.empty(options);
    for (const service of REGISTRY_SERVICES) {
      if (service !== options.own?.service) this.copies.set(service, new RegistryCopy(service, options.connection));
    }
  }

  /** Loads the copy, asks the owners for what is newer, and follows the topics from then on. */
  async start(): Promise<void> {
    for (const copy of this.copies.values()) {
      for await (const entry of copy.load()) this.apply(copy.service, entry);
    }
    await this.catchUpOwn();
    await this.refresh();
    for (const copy of this.copies.values()) this.tailers.push(this.follow(copy));
    this.timers.push(
      setInterval(() => void this.settleDebts(), OWED_MS).unref(),
      setInterval(() => void this.refresh().catch((error: unknown) => this.warn(error)), COMPARE_MS).unref(),
    );
  }

  /** What isn't here yet, in sentences; empty: all that the topics held at the start, and no holes. */
  missing(): string[] {
    const services = new Set([...this.behind, ...this.owed.keys()]);
    return [...services].map((service) => `The units of ${service} aren’t all known yet.`);
  }

  registry(): Registry {
    return this.base;
  }

  /** The seq up to which a service's registry ledger is known here. */
  seqOf(service: RegistryService): number {
    return this.copies.get(service)?.seq ?? this.ownRegistrySeq;
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Does this service say registry facts itself? */
  isOwner(): boolean {
    return this.options.own !== undefined;
  }

  /** The seq of this service's own registry ledger that is in the registry. */
  ownSeq(): number {
    return this.ownRegistrySeq;
  }

  /** Takes in what this service has just committed itself. */
  applyOwn(entries: OwnRegistryEntry[]): void {
    const { own } = this.options;
    if (!own || entries.length === 0) return;
    for (const entry of entries) {
      if (entry.seq !== this.ownRegistrySeq + 1) continue;
      this.base.apply({ service: own.service, ...entry } as RegistryFact);
      this.ownRegistrySeq = entry.seq;
    }
    this.changed();
  }

  /** Reads this service's own registry entries that another replica committed. */
  async catchUpOwn(): Promise<void> {
    const { own } = this.options;
    if (!own) return;
    for await (const entry of own.read(this.ownRegistrySeq + 1)) this.applyOwn([decoded(entry)]);
  }

  /** Asks every other owner for registry entries that aren't here yet. */
  refresh(): Promise<{ changed: boolean; unreachable: string[] }> {
    this.refreshing ??= this.askAll().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  /** The registry without this service's own facts, folded anew: what a withdrawal is replayed on. */
  async othersRegistry(): Promise<Registry> {
    const registry = Registry.empty(this.options);
    for (const copy of this.copies.values()) {
      for await (const entry of copy.stored(copy.seq)) {
        registry.apply({ service: copy.service, ...entry } as RegistryFact);
      }
    }
    return registry;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.tailers.map((t) => t.stop()));
    this.options.reader.close();
  }

  private async askAll(): Promise<{ changed: boolean; unreachable: string[] }> {
    const unreachable: string[] = [];
    const taken = await Promise.all(
      [...this.copies.values()].map(async (copy) => {
        const { service } = copy;
        // Who just now couldn't be reached isn't waited for again by every batch.
        if (performance.now() < (this.quietUntil.get(service) ?? 0)) return void unreachable.push(service);
        try {
          return await this.ask(copy);
        } catch (error) {
          this.options.log.warn({ service, err: error }, 'an owner of units can’t be asked');
          this.quietUntil.set(service, performance.now() + QUIET_MS);
          unreachable.push(service);
        }
      }),
    );
    return { changed: taken.some((n) => n !== undefined && n > 0), unreachable };
  }

  private async ask(copy: RegistryCopy): Promise<number> {
    let entries: CopiedEntry[] = [];
    let taken = 0;
    for await (const entry of this.options.reader.read(copy.service, copy.seq + 1)) {
      entries.push(decoded(entry));
      if (entries.length < TAKEN_AT_ONCE) continue;
      taken += await this.take(copy, entries);
      entries = [];
    }
    return taken + (await this.take(copy, entries));
  }

  private follow(copy: RegistryCopy): TopicTailer {
    const { brokers, topicPrefix, onCrash, log } = this.options;
    const partition = partitionOf(REGISTRY_LEDGER);
    this.behind.add(copy.service);
    const tailer = createTailer({
      brokers,
      clientId: `known-units-${randomUUID().slice(0, 8)}`,
      topic: topicOf(topicPrefix, copy.service),
      partitions: [partition],
      from: copy.offset === null ? 'earliest' : new Map([[partition, copy.offset]]),
      // Registry facts are rare, and a broker answers at once when there are some.
      maxWaitMs: IDLE_WAIT_MS,
      // A database that is down for a while is waited for: the copy is still good to decide on.
      attempts: Number.MAX_SAFE_INTEGER,
      log: kafkaLog(log),
      onBatch: async (batch) => {
        const entries = batch.messages.flatMap((m) => this.registryEntry(m.value));
        await this.take(copy, entries);
        // A hole: what stood before has got lost on the way, and its owner is asked.
        const last = Math.max(0, ...entries.map((e) => e.seq));
        if (last > copy.seq) {
          this.owed.set(copy.service, last);
          await this.settleDebts();
        }
        await copy.reached(BigInt(batch.lastOffset) + 1n);
      },
      onCrash: (error) => {
        if (!this.stopped) onCrash(error);
      },
    });
    tailer.caughtUp.then(
      () => this.behind.delete(copy.service),
      () => undefined,
    );
    return tailer;
  }

  /** Asks for what is known to be missing. What can't be had now is asked for again. */
  private async settleDebts(): Promise<void> {
    if (this.owed.size === 0 || this.stopped) return;
    await this.refresh().catch((error: unknown) => this.warn(error));
    for (const [service, seq] of this.owed) if (this.seqOf(service) >= seq) this.owed.delete(service);
  }

  private warn(error: unknown): void {
    this.options.log.warn({ err: error }, 'units could not be compared with their owners');
  }

  /** The entry of a message, where it is one of a registry. What can't be read leaves a hole, and is asked for. */
  private registryEntry(value: Buffer | null): CopiedEntry[] {
    try {
      const entry = value ? Entry.decode(value) : undefined;
      return entry?.unit === REGISTRY_LEDGER ? [decoded(entry)] : [];
    } catch (error) {
      this.options.log.error({ err: error }, 'a message of a registry’s topic can’t be read');
      return [];
    }
  }

  private async take(copy: RegistryCopy, entries: CopiedEntry[]): Promise<number> {
    const taken = await copy.append(entries);
    for (const entry of taken) this.apply(copy.service, entry);
    if (taken.length > 0) this.changed();
    return taken.length;
  }

  private apply(service: RegistryService, entry: CopiedEntry): void {
    // Of a type that this version doesn't know: kept, and in the registry after the upgrade.
    if (entry.data === undefined) return;
    this.base.apply({ service, ...entry } as RegistryFact);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

function decoded(entry: Entry): CopiedEntry {
  const codec = codecOf(entry.type);
  // A registry fact that this version doesn't know is kept for the one that does.
  const data = codec ? codec.decode(entry.data) : undefined;
  return { type: entry.type, data, bytes: entry.data, seq: entry.seq, recordedAt: entry.recordedAt };
}
