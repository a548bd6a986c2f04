import { Kafka, logLevel } from 'kafkajs';
import { done, environment } from '../programs/program.js';

/** Reads the topics from beginning to end with kafkajs as it is, its own defaults, and looks into nothing. */
const { brokers, topics, entries } = environment();
const began = performance.now();
const kafka = new Kafka({ brokers, clientId: 'bench-drain', logLevel: logLevel.NOTHING });
const consumer = kafka.consumer({ groupId: `bench-drain-${process.pid}-${Date.now()}` });
await consumer.connect();
await consumer.subscribe({ topics, fromBeginning: true });
let read = 0;
await new Promise<void>((resolve, reject) => {
  consumer
    .run({
      autoCommit: false,
      eachBatch({ batch }) {
        read += batch.messages.length;
        if (read >= entries) resolve();
        return Promise.resolve();
      },
    })
    .catch(reject);
});
done(read, began);
