import type {
  ConsumerOptions,
  EntryProducer,
  PartitionReaderOptions,
  ProducerOptions,
  TailerOptions,
  TopicReader,
  TopicTailer,
} from './contract.js';
import { createGroupReader, createPrivateReader } from './group-reader.js';
import { kafkajsDriver } from './kafkajs-client.js';
import { createEntryProducer } from './producer.js';
import { createTopicTailer } from './tailer.js';

export { NotPublished, partitionKey } from './contract.js';
export type {
  Assignment,
  Batch,
  BatchControl,
  Connect,
  ConnectionOptions,
  ConsumerOptions,
  EntryProducer,
  IncomingMessage,
  OutgoingMessage,
  PartitionReaderOptions,
  Position,
  ProducerOptions,
  ReaderTuning,
  TailerOptions,
  TopicPartition,
  TopicReader,
  TopicTailer,
} from './contract.js';
export type { Log, LogLevel } from './log.js';

/** An idempotent producer; connects at the first batch, and again after every failure. */
export function createProducer(options: ProducerOptions): EntryProducer {
  return createEntryProducer(kafkajsDriver, options);
}

/** Reads topics as a member of a group: partitions are shared among its members, each read from the position stored by the caller. */
export function createConsumer(options: ConsumerOptions): TopicReader {
  return createGroupReader(kafkajsDriver, options);
}

/** Reads some partitions only, each from the position stored by the caller, whoever else reads them; commits nothing. As a tailer does it. */
export function createPartitionReader(options: PartitionReaderOptions): TopicReader {
  return createPrivateReader(kafkajsDriver, options);
}

/**
 * Reads the whole of a topic, whoever else reads it: for a private copy in every replica. The client knows no reading without
 * a group, so each process is the only member of a group with a random name, `<clientId>-tail-<uuid>`, and commits nothing;
 * brokers forget such a group as soon as its member has gone.
 */
export function createTailer(options: TailerOptions): TopicTailer {
  return createTopicTailer(kafkajsDriver, options);
}
