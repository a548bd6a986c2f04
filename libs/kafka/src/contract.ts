import type { Socket } from 'node:net';
import type { Log } from './log.js';

/** Who connects to which brokers. */
export interface ConnectionOptions {
  /** `host:port` of any brokers of the cluster. */
  brokers: readonly string[];
  /** Shown in the broker's logs and metrics: the service's name. */
  clientId: string;
  /** Where warnings of the client go; silent when left out. */
  log?: Log;
  /** How a socket is made, for TLS or a tunnel. Default: plain TCP. */
  connect?: Connect;
}

/** Opens a socket and calls `onConnect` when it can be written to. */
export type Connect = (address: { host: string; port: number }, onConnect: () => void) => Socket;

export interface TopicPartition {
  topic: string;
  partition: number;
}

export interface OutgoingMessage extends TopicPartition {
  key?: Buffer | string;
  value: Buffer;
  /** W3C trace context, the only header there is (six headers halve the drain). */
  traceparent?: string;
}

/** Publishes; at most one batch of a producer is in flight, a second call waits for the first. */
export interface EntryProducer {
  /**
   * Resolves when every message is confirmed by all in-sync replicas. Otherwise rejects with {@link NotPublished}: some or
   * all may be there nevertheless, so leave them unmarked and send them again, in order. Readers skip what they know by seq.
   */
  sendBatch(messages: readonly OutgoingMessage[]): Promise<void>;
  /** Waits for what was handed over, then disconnects. */
  close(): Promise<void>;
}

/** It is not proven that the whole batch is in Kafka. Send it again; `cause` says what went wrong. */
export class NotPublished extends Error {
  override readonly name = 'NotPublished';
}

export interface ProducerOptions extends ConnectionOptions {
  /** A batch not confirmed after this time is given up. Default 20 s. */
  sendTimeoutMs?: number;
  /** A broker that hasn't answered one request after this time is asked again. Default 8 s. */
  requestTimeoutMs?: number;
}

export interface IncomingMessage {
  offset: bigint | string;
  key: Buffer | null;
  /** Null only for a tombstone of a compacted topic. */
  value: Buffer | null;
  traceparent?: string;
  /** Where the value lies, for who takes it from there: `value` is made whenever it is asked for. */
  place?: Place;
}

/** Bytes from `start` up to `end` of a memory that holds more; where `end` is before `start`, there is no value. */
export interface Place {
  memory: Buffer;
  start: number;
  end: number;
}

/** Messages of one partition, in order, each delivered at least once. */
export interface Batch extends TopicPartition {
  firstOffset: bigint;
  lastOffset: bigint;
  /** The offset that the next message of the partition would have got when this was fetched. */
  highWatermark: bigint;
  messages: readonly IncomingMessage[];
}

export interface BatchControl {
  /** To be called now and then by work longer than a few seconds: nothing else keeps the membership during a batch. Never rejects. */
  heartbeat(): Promise<void>;
  /** True when the partition isn't ours any more or the reader stops: leave off, the batch will come again, perhaps elsewhere. */
  isStale(): boolean;
}

/** A partition and the offset that is read next. */
export interface Assignment extends TopicPartition {
  position: bigint;
}

/** `'earliest'`, or the offset of the next message wanted (the last one handled, plus one). */
export type Position = bigint | 'earliest';

export interface ReaderTuning {
  /** Default 10 s; brokers allow 6 s to 5 min unless told otherwise. After a crash others get its partitions only when it has run out. */
  sessionTimeoutMs?: number;
  /** How long brokers wait for a running handler when members come and go. Default 60 s. */
  rebalanceTimeoutMs?: number;
  /** A broker that hasn't answered after this time is connected to anew. Default 10 s. */
  requestTimeoutMs?: number;
  /** Default 100 ms: how long a broker may hold back an empty answer. */
  maxWaitMs?: number;
  /** Default 2 MB. */
  maxBytesPerPartition?: number;
  /** How often a failing `onBatch` or `from` is tried, with growing pauses, before `onCrash`. Default 8: about 6 s. */
  attempts?: number;
}

export interface ConsumerOptions extends ConnectionOptions, ReaderTuning {
  groupId: string;
  topics: readonly string[];
  /**
   * The stored position, asked for at every assignment once the handlers of the one before have ended, of all its partitions at once.
   * `end`: the offset that the next message will get. It may take its time: the membership is kept meanwhile.
   */
  from(topic: string, partition: number, end: bigint): Promise<Position>;
  /** Must bear seeing a batch again. When it rejects, the same batch is tried again. */
  onBatch(batch: Batch, control: BatchControl): Promise<void>;
  /** Before the first batch of these partitions; awaited. */
  onAssigned?(assignments: readonly Assignment[]): void | Promise<void>;
  /** When these partitions are given away, by a rebalance or by `stop`; awaited before `from` is asked again. */
  onRevoked?(assignments: readonly TopicPartition[]): void | Promise<void>;
  /** The reader is dead and won't come back: end the process. Called at most once. */
  onCrash(error: Error): void;
}

/** Reads these partitions, whoever else reads them. */
export interface PartitionReaderOptions extends Omit<ConsumerOptions, 'groupId' | 'topics'> {
  partitions: readonly TopicPartition[];
}

export interface TopicReader {
  /** The first assignment is placed and being read. Waits for brokers and topics that aren't there yet; rejects when stopped before. */
  readonly ready: Promise<void>;
  /** By {@link partitionKey}, for the partitions assigned now: the next offset; all before are handled. */
  positions(): ReadonlyMap<string, bigint>;
  /** Everything known to be in the assigned partitions is handled. */
  caughtUp(): boolean;
  stop(): Promise<void>;
}

export interface TailerOptions extends ConnectionOptions, ReaderTuning {
  topic: string;
  /** Only these; all when left out. */
  partitions?: readonly number[];
  /** The next offset wanted by partition; partitions not in the map are read from the earliest. */
  from: 'earliest' | ReadonlyMap<number, bigint>;
  onBatch(batch: Batch, control: BatchControl): Promise<void>;
  onCrash(error: Error): void;
}

export interface TopicTailer {
  /** Everything that was in the topic when the tailer started is handled. Rejects when stopped or crashed before. */
  readonly caughtUp: Promise<void>;
  /** By partition number: the next offset. */
  positions(): ReadonlyMap<number, bigint>;
  stop(): Promise<void>;
}

/** The key of a partition in maps: `gdtx.programmes.v1/3`. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
