import type { BatchControl } from '@gdtx/kafka/client';
import { createPause } from '../columns/pause.js';
import type { Cursor } from '../model.js';
import { Context } from './context.js';
import type { Ledger } from './ledger.js';
import type { Checkpoint, ProjectorStore } from './store.js';
import type { StoredUnitYear } from './stored-year.js';

const ATTEMPTS = 8;
const PAUSE_AT_MOST_MS = 2_000;
/** An assignment asks for all its partitions at once. */
const SAME_QUESTION_MS = 50;
/** Ledgers whose documents are read at a time: of a whole batch they would take the thread that answers for tenths of a second. */
const AT_A_TIME = 4;

/** Brings what was stored into memory. The store may be away for some seconds. */
export class Loader {
  private asked: { at: number; answer: Promise<Checkpoint[]> } | undefined;

  constructor(
    private readonly store: ProjectorStore,
    private readonly heartbeatMs = 2_000,
  ) {}

  /** Where reading a partition goes on. */
  async position(topic: string, partition: number): Promise<bigint | 'earliest'> {
    if (!this.asked || performance.now() - this.asked.at > SAME_QUESTION_MS) {
      this.asked = { at: performance.now(), answer: this.store.checkpoints() };
    }
    const checkpoints = await this.asked.answer;
    return checkpoints.find((each) => each.topic === topic && each.partition === partition)?.position ?? 'earliest';
  }

  async cursors(service: string, partitions: readonly number[], each: (cursor: Cursor) => void): Promise<void> {
    await persistently(async () => {
      for await (const cursor of this.store.cursors(service, partitions)) each(cursor);
    });
  }

  /** The documents and contexts of these ledgers, some ledgers at a time; then others have their turn. */
  async documents(ledgers: readonly Ledger[], control: BatchControl): Promise<void> {
    const pause = createPause();
    // A slow answer must not cost the membership.
    const beating = setInterval(() => void control.heartbeat(), this.heartbeatMs);
    try {
      for (let i = 0; i < ledgers.length; i += AT_A_TIME) {
        await this.documentsOf(ledgers.slice(i, i + AT_A_TIME), control);
        if (control.isStale()) return;
        await pause();
      }
    } finally {
      clearInterval(beating);
    }
  }

  private async documentsOf(ledgers: readonly Ledger[], control: BatchControl): Promise<void> {
    const years = ledgers.flatMap((ledger) => ledger.yearsToLoad().map((year) => `${ledger.id}/${year}`));
    const ask = () => Promise.all([this.store.unitYears(years), this.store.contexts(ledgers.map(({ id }) => id))]);
    const [documents, contexts] = await persistently(ask, control);
    if (control.isStale()) return;
    const byLedger = new Map<string, StoredUnitYear[]>();
    for (const document of documents) {
      const id = `${document.service}/${document.unit}`;
      byLedger.set(id, [...(byLedger.get(id) ?? []), document]);
    }
    const contextOf = new Map(contexts.map((context) => [context._id, context]));
    for (const ledger of ledgers) {
      if (ledger.resident) continue;
      const stored = contextOf.get(ledger.id);
      const isOfNow = stored !== undefined && stored.epoch >= ledger.epoch;
      ledger.load(byLedger.get(ledger.id) ?? [], isOfNow ? new Context(stored) : undefined);
    }
  }
}

/** Tries again while the store doesn't answer; heartbeats keep the partition meanwhile. */
async function persistently<T>(work: () => Promise<T>, control?: BatchControl): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || control?.isStale()) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(50 * 2 ** attempt, PAUSE_AT_MOST_MS)));
      await control?.heartbeat();
    }
  }
}
