import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createTailer } from '@gdtx/kafka/client';
import type { OffsetReader } from '@gdtx/kafka/offsets';
import type { LedgerStore } from './ledger-store.js';

export interface RestoredCheck {
  service: string;
  topic: string;
  brokers: string[];
  offsets: OffsetReader;
  store: LedgerStore;
}

/**
 * Whether Kafka holds entries of this service that its database doesn't: then the database was restored from an older copy,
 * and to go on would give their numbers to other facts. Gives a sentence, or nothing when all is well; rejects while Kafka
 * can't be asked.
 *
 * The database knows how long the topic was when that was said last. Everything published since is looked up: nothing after
 * an orderly stop, some seconds' worth after a crash, and after a restore at least one entry that isn't there.
 */
export async function whatKafkaKnowsBetter(check: RestoredCheck): Promise<string | undefined> {
  const { topic, store, offsets } = check;
  const lease = await store.leases.findOne({ _id: 'relay' });
  const noted = (lease?.ends ?? []).map(BigInt);
  const ends = await offsets.ends(topic);
  const from = new Map(ends.flatMap((end, p) => (end > (noted[p] ?? 0n) ? [[p, noted[p] ?? 0n] as const] : [])));
  if (from.size === 0) return undefined;
  return firstUnknown(check, from);
}

async function firstUnknown(check: RestoredCheck, from: Map<number, bigint>): Promise<string | undefined> {
  const { service, topic, brokers, store } = check;
  let unknown: string | undefined;
  let found: () => void;
  const finding = new Promise<void>((resolve) => (found = resolve));
  const tailer = createTailer({
    brokers,
    clientId: `${service}-check`,
    topic,
    partitions: [...from.keys()],
    from,
    onBatch: async ({ messages }) => {
      const entries = messages.flatMap(({ value }) => readable(value)).filter((entry) => entry.service === service);
      const here = await store.entriesById(entries.map((entry) => entry.id));
      const missing = entries.find(({ id, unit, seq, hash }) => {
        const stored = here.get(id);
        return stored?.unit !== unit || stored.seq !== seq || !stored.hash.equals(hash);
      });
      if (!missing || unknown) return;
      unknown =
        `The database is older than what was published from it: entry ${missing.seq} of \`${missing.unit}\` is in Kafka and ` +
        'not here. Restore a newer copy; nothing is recorded on this one.';
      found();
    },
    onCrash: () => found(),
  });
  try {
    await Promise.race([finding, tailer.caughtUp]);
  } finally {
    await tailer.stop();
  }
  return unknown;
}

/** What can't be read is no entry of ours. */
function readable(value: Buffer | null): Entry[] {
  try {
    return value ? [Entry.decode(value)] : [];
  } catch {
    return [];
  }
}
