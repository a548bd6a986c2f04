import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { TotalsReported } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createProducer, type OutgoingMessage } from '@gdtx/kafka/client';
import { partitionOf, topicOf } from '@gdtx/kafka/partition';

const EVERY_MS = 50;
const TYPES = ['refresher', 'knowledge-update', 'general-vocational'];

/** Totals of past months that centres go on telling, each the next entry of its ledger, as a relay would publish them. */
export function tellLateTotals(
  to: { brokers: readonly string[]; topicPrefix: string },
  ledgers: Map<string, number>,
  aSecond: number,
): { told(): number; stop(): Promise<void> } {
  const producer = createProducer({ brokers: to.brokers, clientId: 'bench-late-totals' });
  const units = [...ledgers.keys()];
  const topic = topicOf(to.topicPrefix, 'programmes');
  let told = 0;
  let stopped = false;
  const next = (): OutgoingMessage => {
    const unit = units[told % units.length]!;
    const seq = ledgers.get(unit)! + 1;
    ledgers.set(unit, seq);
    told += 1;
    return { topic, partition: partitionOf(unit), value: Buffer.from(Entry.encode(totals(unit, seq, told)).finish()) };
  };
  const telling = (async () => {
    const began = performance.now();
    while (!stopped) {
      const due = Math.floor(((performance.now() - began) / 1000) * aSecond) - told;
      if (due > 0) await producer.sendBatch(Array.from({ length: due }, next));
      await pause(EVERY_MS);
    }
  })();
  return {
    told: () => told,
    async stop() {
      stopped = true;
      await telling;
      await producer.close();
    },
  };
}

function totals(unit: string, seq: number, number: number): Entry {
  const month = `${2021 + (number % 5)}-${String((number % 12) + 1).padStart(2, '0')}`;
  const people = (total: number) => ({ total, female: Math.floor(total / 2), precision: '', asGiven: '' });
  const measures = [
    { measure: 'learners-enrolled', people: people(1 + (number % 40)) },
    { measure: 'learners-present', people: people(20 + (number % 100)) },
  ];
  const data = TotalsReported.encode(
    TotalsReported.fromPartial({ month, type: TYPES[number % 3]!, measures }),
  ).finish();
  return {
    ...{ service: 'programmes', unit, seq, id: randomUUID(), source: `urn:gdtx:unit:${unit}` },
    ...{ type: 'vn.gdtx.programmes.TotalsReported.v1', time: '', recordedAt: Date.now(), recordedBy: 'bench' },
    ...{ data: Buffer.from(data), hash: randomBytes(32), previousHash: randomBytes(32) },
  };
}
