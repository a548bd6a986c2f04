import type { ConnectionOptions, IncomingMessage, OutgoingMessage, TopicPartition } from './contract.js';

/**
 * What this library asks of a Kafka client. The guarantees (one send in flight, checked results, positions, staleness)
 * are made above it, so that another client takes kafkajs' place by implementing these few methods.
 */
export interface Driver {
  producer(options: ConnectionOptions & { requestTimeoutMs: number }): ProducerSession;
  member(options: MemberOptions): GroupMember;
  admin(options: ConnectionOptions): AdminSession;
}

/** One producer id and its sockets; used until the first failure, then discarded. */
export interface ProducerSession {
  connect(): Promise<void>;
  /** One idempotent request per broker, acks from all in-sync replicas; resolves with what was confirmed, unchecked. */
  send(messages: readonly OutgoingMessage[]): Promise<Confirmed[]>;
  /** Cuts the sockets: whatever is still in them is gone, and no retry will follow. */
  discard(): void;
  close(): Promise<void>;
}

export interface Confirmed extends TopicPartition {
  errorCode: number;
}

export interface MemberOptions extends ConnectionOptions {
  groupId: string;
  topics: readonly string[];
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  heartbeatEveryMs: number;
  requestTimeoutMs: number;
  maxWaitMs: number;
  maxBytesPerPartition: number;
  maxBytes: number;
  concurrency: number;
}

/** A member of a consumer group. It neither commits nor moves on by itself. */
export interface GroupMember {
  /** Connects (for as long as it takes), joins and consumes; resolves once consuming or stopped. */
  run(events: MemberEvents): Promise<void>;
  pause(partitions: readonly TopicPartition[]): void;
  resume(partitions: readonly TopicPartition[]): void;
  /** The next fetch of this partition starts at `position`. */
  seek(partition: TopicPartition, position: bigint): void;
  commit(positions: readonly (TopicPartition & { position: bigint })[]): Promise<void>;
  stop(): Promise<void>;
}

export interface MemberEvents {
  /** A new assignment; called before its first fetch, so that pausing in it means that nothing is fetched. */
  joined(assignment: readonly TopicPartition[]): void;
  /** The assignment is no longer ours (rebalance, unknown member, crash). `joined` follows, or `crashed`. */
  lost(): void;
  /** The coordinator has just confirmed the membership. */
  alive(): void;
  /** A stretch of offsets that holds no message for us (compacted away). */
  skipped(partition: TopicPartition, next: bigint): void;
  batch(raw: RawBatch): Promise<void>;
  /** The client has given up and will not come back by itself. */
  crashed(error: Error): void;
}

export interface RawBatch extends TopicPartition {
  /** The position that was asked for when this was fetched. */
  fetched: bigint;
  last: bigint;
  highWatermark: bigint;
  messages: readonly IncomingMessage[];
  /** Lets the client fetch on behind this batch; without it the batch is fetched again. */
  resolve(): void;
  /** Never rejects: a lost membership is told by `lost`. */
  heartbeat(): Promise<void>;
}

export interface Ends {
  low: bigint;
  /** The offset that the next message will get. */
  high: bigint;
}

export interface TopicPlan {
  topic: string;
  partitions: number;
  config: Record<string, string>;
}

export interface AdminSession {
  connect(): Promise<void>;
  /** By partition number; rejects while the topic doesn't exist. */
  ends(topic: string): Promise<Map<number, Ends>>;
  /** Creates what isn't there yet, without waiting until it can be used; an existing topic is left as it is. */
  create(topics: readonly TopicPlan[], replicationFactor: number): Promise<void>;
  /** Rejects until all of them have leaders. What the topics are, with the values of the named settings. */
  describe(topics: readonly string[], settings: readonly string[]): Promise<TopicPlan[]>;
  close(): Promise<void>;
}
