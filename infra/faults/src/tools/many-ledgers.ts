import { createHash } from 'node:crypto';
import { LearnersEnrolled } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createProducer } from '@gdtx/kafka/client';
import { partitionOf } from '@gdtx/kafka/partition';

const SERVICE = 'programmes';
const AT_ONCE = 10_000;
const MONTH_MS = 30 * 86_400_000;

/** Appends the ledgers of so many units to a topic, so many entries each, as a relay would: round by round through the units. */
export async function publishLedgers(
  to: { brokers: readonly string[]; topic: string },
  units: number,
  entriesEach: number,
): Promise<void> {
  const producer = createProducer({ brokers: to.brokers, clientId: 'faults' });
  const hashes = new Map<number, Buffer>();
  let batch: { topic: string; partition: number; value: Buffer }[] = [];
  const send = async () => {
    await producer.sendBatch(batch);
    batch = [];
  };
  for (let seq = 1; seq <= entriesEach; seq++) {
    for (let n = 0; n < units; n++) {
      const unit = `many-${n}`;
      const previousHash = hashes.get(n) ?? Buffer.alloc(32);
      const hash = createHash('sha256').update(previousHash).update(`${unit}/${seq}`).digest();
      hashes.set(n, hash);
      // Over some years, so that each ledger has several documents.
      const on = `${2019 + (seq % 6)}-${String((seq % 12) + 1).padStart(2, '0')}-05`;
      const learners = { total: (seq % 40) + 1, female: seq % 20 };
      const data = LearnersEnrolled.fromPartial({ class: 'a', occurredOn: on, learners });
      const entry = Entry.fromPartial({
        ...{ service: SERVICE, unit, seq, id: `${unit}-${seq}`, source: `urn:gdtx:unit:${unit}` },
        ...{ type: `vn.gdtx.${SERVICE}.LearnersEnrolled.v1`, recordedAt: Date.UTC(2025, 0, 10) + seq * MONTH_MS },
        ...{ data: Buffer.from(LearnersEnrolled.encode(data).finish()), hash, previousHash },
      });
      batch.push({ topic: to.topic, partition: partitionOf(unit), value: Buffer.from(Entry.encode(entry).finish()) });
      if (batch.length === AT_ONCE) await send();
    }
  }
  if (batch.length > 0) await send();
  await producer.close();
}
