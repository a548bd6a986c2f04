import { randomUUID } from 'node:crypto';
import {
  partitionKey,
  type ConnectionOptions,
  type ConsumerOptions,
  type PartitionReaderOptions,
  type ReaderTuning,
  type TopicReader,
} from './contract.js';
import type { Driver, Ends, MemberOptions } from './driver.js';
import { silent } from './log.js';
import { startReader, type ReaderPlan } from './reader.js';

const COMMIT_EVERY_MS = 1_000;
export const ATTEMPTS = 8;

export function createGroupReader(driver: Driver, options: ConsumerOptions): TopicReader {
  const member = memberOptions(options, options.groupId, options.topics);
  return readerOf(driver, options, member, { commitEveryMs: COMMIT_EVERY_MS });
}

/** See `createPartitionReader`. */
export function createPrivateReader(driver: Driver, options: PartitionReaderOptions): TopicReader {
  const topics = [...new Set(options.partitions.map(({ topic }) => topic))];
  const mine = new Set(options.partitions.map(({ topic, partition }) => partitionKey(topic, partition)));
  const member = memberOptions(options, `${options.clientId}-part-${randomUUID()}`, topics);
  const wanted = ({ topic, partition }: { topic: string; partition: number }) =>
    mine.has(partitionKey(topic, partition));
  return readerOf(driver, options, member, { commitEveryMs: 0, wanted });
}

function readerOf(
  driver: Driver,
  options: Omit<ConsumerOptions, 'groupId' | 'topics'>,
  member: MemberOptions,
  plan: Pick<ReaderPlan, 'commitEveryMs' | 'wanted'>,
): TopicReader {
  return startReader({
    ...plan,
    from: (topic, partition, end) => options.from(topic, partition, end),
    onBatch: (batch, control) => options.onBatch(batch, control),
    onAssigned: (assignments) => options.onAssigned?.(assignments),
    onRevoked: (assignments) => options.onRevoked?.(assignments),
    onCrash: (error) => options.onCrash(error),
    member: driver.member(member),
    ends: endsOf(driver, options),
    sessionTimeoutMs: member.sessionTimeoutMs,
    attempts: options.attempts ?? ATTEMPTS,
    log: options.log ?? silent,
  });
}

/** The defaults of every reader; see the reasons in contract.ts. */
export function memberOptions(
  options: ConnectionOptions & ReaderTuning,
  groupId: string,
  topics: readonly string[],
): MemberOptions {
  const sessionTimeoutMs = options.sessionTimeoutMs ?? 10_000;
  return {
    brokers: options.brokers,
    clientId: options.clientId,
    log: options.log,
    connect: options.connect,
    groupId,
    topics,
    sessionTimeoutMs,
    rebalanceTimeoutMs: options.rebalanceTimeoutMs ?? 60_000,
    heartbeatEveryMs: Math.min(2_000, sessionTimeoutMs / 3),
    requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
    maxWaitMs: options.maxWaitMs ?? 100,
    maxBytesPerPartition: options.maxBytesPerPartition ?? 2 * 1024 * 1024,
    maxBytes: 16 * 1024 * 1024,
    concurrency: 1,
  };
}

/** Asks with a connection of its own: it is needed at assignments only. */
export function endsOf(driver: Driver, connection: ConnectionOptions) {
  return async (topics: readonly string[]): Promise<Map<string, Map<number, Ends>>> => {
    if (topics.length === 0) return new Map();
    const admin = driver.admin(connection);
    try {
      await admin.connect();
      const found = new Map<string, Map<number, Ends>>();
      for (const topic of topics) found.set(topic, await admin.ends(topic));
      return found;
    } finally {
      await admin.close();
    }
  };
}
