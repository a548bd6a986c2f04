import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { Kafka, logLevel, type KafkaMessage } from 'kafkajs';
import mongoose, { type mongo } from 'mongoose';
import { done, environment } from '../programs/program.js';

/**
 * The usual way to build a read model: of each event a copy is inserted, and the sum that it belongs to is upserted. It is spared
 * what makes it slow mostly: the operations of a batch go to MongoDB in bulks, unordered. As durable as ours, and not exact: a batch
 * that comes again is counted twice.
 */
const { brokers, topics, entries, mongodbUri } = environment();
const connection = await mongoose.createConnection(mongodbUri).asPromise();
const writeConcern = { w: 'majority', j: true } as const;
const events = connection.collection<Omit<Entry, '_id'> & { _id: string }>('events', { writeConcern });
const sums = connection.collection<{ _id: string; count: number }>('sums', { writeConcern });
const BULK = 1_000;

const began = performance.now();
const kafka = new Kafka({ brokers, clientId: 'bench-per-event', logLevel: logLevel.NOTHING });
const consumer = kafka.consumer({ groupId: `bench-per-event-${process.pid}-${Date.now()}` });
await consumer.connect();
await consumer.subscribe({ topics, fromBeginning: true });
let read = 0;
await new Promise<void>((resolve, reject) => {
  consumer
    .run({
      autoCommit: false,
      async eachBatch({ batch, heartbeat }) {
        for (let i = 0; i < batch.messages.length && read < entries; i += BULK) {
          const some = batch.messages.slice(i, i + BULK);
          await store(some);
          read += some.length;
          await heartbeat();
        }
        if (read >= entries) resolve();
      },
    })
    .catch(reject);
});
done(read, began);

async function store(messages: readonly KafkaMessage[]): Promise<void> {
  const taken = messages.map(({ value }) => Entry.decode(value!));
  await events.insertMany(
    taken.map((entry) => ({ ...entry, _id: `${entry.service}/${entry.unit}/${entry.seq}` })),
    { ordered: false },
  );
  await sums.bulkWrite(taken.map(upsert), { ordered: false });
}

function upsert({ unit, type, recordedAt }: Entry): mongo.AnyBulkWriteOperation<{ _id: string; count: number }> {
  const month = new Date(recordedAt).toISOString().slice(0, 7);
  const filter = { _id: `${unit}/${type}/${month}` };
  return { updateOne: { filter, update: { $inc: { count: 1 } }, upsert: true } };
}
