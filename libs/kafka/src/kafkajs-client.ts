import net from 'node:net';
import kafkajs, { type EachBatchPayload, type KafkaMessage, type RetryOptions } from 'kafkajs';
import { byTopic, flatten, gather } from './by-topic.js';
import type { Connect, ConnectionOptions, IncomingMessage, OutgoingMessage } from './contract.js';
import type { Bundle } from './fetched.js';
import type { AdminSession, Driver, GroupMember, MemberEvents, MemberOptions, ProducerSession } from './driver.js';
import { sparing, type Log, type LogLevel } from './log.js';
import './kafkajs-mended.js';
import { endsMembership, mayPass } from './kafkajs-errors.js';
import { asError, atMost, backoffMs, sleep } from './retrying.js';
import { steadied } from './steadied.js';

// With kafkajs-mended.ts the only file that knows kafkajs 2.2.4: it is without maintainers, and another client takes its place by implementing `Driver`.

const { Kafka, logLevel, ConfigResourceTypes } = kafkajs;

/** All five named, as kafkajs has other defaults under NODE_ENV=test. Sums up to about 4 s. */
const RETRY: RetryOptions = { initialRetryTime: 10, maxRetryTime: 1_000, factor: 0.2, multiplier: 2, retries: 9 };
/**
 * A group member tries until it is stopped. When kafkajs gives up, it starts again as a new member, and its group waits for the
 * former one until that one's session has run out; one that goes on trying is the same member when the broker is back.
 */
const RETRY_FOR_EVER: RetryOptions = { ...RETRY, maxRetryTime: 500, retries: Number.MAX_SAFE_INTEGER };
const CONNECTION_TIMEOUT_MS = 5_000;
const DISCONNECT_WITHIN_MS = 3_000;
const RESTART_AFTER_MS = 500;

export const kafkajsDriver: Driver = { producer, member, admin };

function open(options: ConnectionOptions, retry = RETRY, requestTimeout = 10_000) {
  const { brokers, clientId, connect = net.connect as Connect } = options;
  const log = options.log && sparing(options.log);
  const sockets = new Set<net.Socket>();
  let cut = false;
  const kafka = new Kafka({
    // An empty list is the one thing that ends kafkajs' attempts to connect.
    brokers: async () => (cut ? [] : [...brokers]),
    clientId,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout,
    retry,
    logLevel: log ? logLevel.WARN : logLevel.NOTHING,
    logCreator: () => (entry) => cut || !log || relayLog(log, entry),
    socketFactory: ({ host, port, onConnect }) => {
      if (cut) throw new Error('this client is closed');
      const socket = connect({ host, port }, onConnect);
      socket.setKeepAlive(true, 60_000).setNoDelay(true);
      sockets.add(socket);
      return socket.once('close', () => sockets.delete(socket));
    },
  });
  /** With an error, since kafkajs doesn't notice a socket that is merely closed on this side. */
  function drop(reason: string): void {
    for (const socket of sockets) socket.destroy(new Error(reason));
  }
  return {
    kafka,
    drop,
    /** Drops every socket and lets none be opened. */
    cut() {
      cut = true;
      drop('this client is closed');
    },
  };
}

function relayLog(
  log: Log,
  entry: { level: number; namespace: string; log: { message: string; [key: string]: unknown } },
): void {
  const { message, timestamp: _, logger: __, stack: ___, ...detail } = entry.log;
  // Bounded retries are what we want: see producer.ts for what is done after the last.
  if (message.startsWith('Limiting retries for the idempotent producer')) return;
  // What kafkajs calls an error it mostly survives; what it doesn't survive is told by a rejection or a crash.
  const level: LogLevel = entry.level <= logLevel.ERROR ? 'warn' : 'info';
  log(level, `kafka client: ${message}`, { from: entry.namespace, ...detail });
}

function producer(options: ConnectionOptions & { requestTimeoutMs: number }): ProducerSession {
  const { kafka, cut } = open(options, RETRY, options.requestTimeoutMs);
  const client = kafka.producer({
    idempotent: true,
    allowAutoTopicCreation: false,
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? -1,
  });
  return {
    connect: () => client.connect(),
    async send(messages) {
      const topicMessages = byTopic(messages).map(([topic, list]) => ({ topic, messages: grouped(list.map(toKafka)) }));
      const results = await client.sendBatch({ acks: -1, timeout: options.requestTimeoutMs, topicMessages });
      return results.map(({ topicName, partition, errorCode }) => ({ topic: topicName, partition, errorCode }));
    },
    discard: cut,
    async close() {
      await atMost(DISCONNECT_WITHIN_MS, client.disconnect()).finally(cut);
    },
  };
}

/** kafkajs puts messages together by partition with a `reduce` that copies each list once per message: they bring their own. */
function grouped<Message extends { partition: number }>(messages: Message[]): Message[] {
  const reduce = () => {
    const lists: Record<number, Message[]> = {};
    for (const message of messages) (lists[message.partition] ??= []).push(message);
    return lists;
  };
  return Object.defineProperty(messages, 'reduce', { value: reduce });
}

function toKafka({ partition, key, value, traceparent }: OutgoingMessage) {
  return traceparent === undefined ? { partition, key, value } : { partition, key, value, headers: { traceparent } };
}

function member(options: MemberOptions): GroupMember {
  const { kafka, cut, drop } = open(options, RETRY_FOR_EVER, options.requestTimeoutMs);
  let stopping: Promise<void> | undefined;
  const consumer = kafka.consumer({
    groupId: options.groupId,
    sessionTimeout: options.sessionTimeoutMs,
    rebalanceTimeout: options.rebalanceTimeoutMs,
    heartbeatInterval: options.heartbeatEveryMs,
    maxWaitTimeInMs: options.maxWaitMs,
    minBytes: 1,
    maxBytes: options.maxBytes,
    maxBytesPerPartition: options.maxBytesPerPartition,
    allowAutoTopicCreation: false,
    retry: { ...RETRY_FOR_EVER, restartOnFailure: async () => stopping === undefined },
  });

  function listen(events: MemberEvents): void {
    consumer.on('consumer.group_join', ({ payload }) => {
      // A join that was under way when we stopped; kafkajs would start to consume.
      if (stopping) return void consumer.disconnect().catch(() => {});
      events.joined(flatten(payload.memberAssignment));
    });
    consumer.on('consumer.rebalancing', () => events.lost());
    consumer.on('consumer.heartbeat', () => events.alive());
    // kafkajs would ask again over the same socket, and learn only from the kernel, after a quarter of an hour, that nobody is there.
    consumer.on('consumer.network.request_timeout', () => drop('no answer in time'));
    consumer.on('consumer.end_batch_process', ({ payload: { topic, partition, batchSize, lastOffset } }) => {
      if (batchSize === 0) events.skipped({ topic, partition }, BigInt(lastOffset) + 1n);
    });
    consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
      events.lost();
      // kafkajs starts again after some errors; after others it ends without another word.
      if (restart || stopping) return;
      if (!mayPass(error)) return events.crashed(error);
      options.log?.('warn', 'the consumer ended and is started again', { error: error.message });
      sleep(RESTART_AFTER_MS)
        .then(() => consume(events))
        .catch(events.crashed);
    });
  }

  async function connect(): Promise<void> {
    for (let attempt = 1; !stopping; attempt++) {
      try {
        await consumer.connect();
        // Where kafkajs itself chooses a position (out of range), the beginning repeats, the end would lose.
        return await consumer.subscribe({ topics: [...options.topics], fromBeginning: true });
      } catch (error) {
        options.log?.('warn', 'not connected yet', { attempt, error: asError(error).message });
        await sleep(backoffMs(attempt));
      }
    }
  }

  async function consume(events: MemberEvents): Promise<void> {
    await connect();
    if (stopping) return;
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: options.concurrency,
      eachBatch: (payload) => eachBatch(payload, events),
    });
  }

  return {
    run(told) {
      const events = steadied(told);
      listen(events);
      return consume(events);
    },
    pause(partitions) {
      try {
        consumer.pause(gather(partitions));
      } catch {
        // It has already ended; nothing is fetched then.
      }
    },
    resume: (partitions) => consumer.resume(gather(partitions)),
    seek: ({ topic, partition }, position) => consumer.seek({ topic, partition, offset: String(position) }),
    commit: async (positions) =>
      consumer.commitOffsets(
        positions.map(({ topic, partition, position }) => ({ topic, partition, offset: String(position) })),
      ),
    stop() {
      stopping ??= atMost(DISCONNECT_WITHIN_MS, consumer.disconnect()).finally(cut);
      return stopping;
    },
  };
}

async function eachBatch({ batch, heartbeat, resolveOffset }: EachBatchPayload, events: MemberEvents): Promise<void> {
  let lost: unknown;
  await events.batch({
    topic: batch.topic,
    partition: batch.partition,
    fetched: BigInt((batch as unknown as { fetchedOffset: string }).fetchedOffset),
    last: BigInt(batch.lastOffset()),
    highWatermark: BigInt(batch.highWatermark),
    messages: incoming(batch.messages),
    resolve: () => resolveOffset(batch.messages.at(-1)?.offset ?? batch.lastOffset()),
    async heartbeat() {
      try {
        if (!lost) await heartbeat();
      } catch (error) {
        // Other errors (a broker restarting) show again in kafkajs' own heartbeat after the batch.
        if (!endsMembership(error)) return;
        lost = error;
        events.lost();
      }
    },
  });
  // So that kafkajs joins again for certain: we have let the assignment go.
  if (lost) throw lost;
}

function incoming(messages: readonly KafkaMessage[]): readonly IncomingMessage[] {
  const [first] = messages as readonly Partial<Bundle>[];
  return first?.records ?? messages.map(toIncoming);
}

function toIncoming({ offset, key, value, headers }: KafkaMessage): IncomingMessage {
  const traceparent = headers?.traceparent;
  return traceparent === undefined ? { offset, key, value } : { offset, key, value, traceparent: String(traceparent) };
}

const NOT_LED = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION']);
const LED_ATTEMPTS = 8;

/** A topic that has just been made, or whose broker has just come up, has no leader yet: asked again for some seconds. */
async function onceLed<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const { type } = error as { type?: string };
      if (!type || !NOT_LED.has(type) || attempt === LED_ATTEMPTS) throw error;
      await sleep(backoffMs(attempt));
    }
  }
}

function admin(options: ConnectionOptions): AdminSession {
  const { kafka, cut } = open(options);
  const client = kafka.admin();
  return {
    connect: () => client.connect(),
    async ends(topic) {
      const offsets = await onceLed(() => client.fetchTopicOffsets(topic));
      return new Map(offsets.map(({ partition, high, low }) => [partition, { high: BigInt(high), low: BigInt(low) }]));
    },
    async create(topics, replicationFactor) {
      const existing = new Set(await client.listTopics());
      const missing = topics.filter(({ topic }) => !existing.has(topic));
      if (missing.length === 0) return;
      await client.createTopics({
        // kafkajs' own waiting fails when the broker asked doesn't know the new topic yet.
        waitForLeaders: false,
        topics: missing.map(({ topic, partitions, config }) => ({
          topic,
          numPartitions: partitions,
          replicationFactor,
          configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
        })),
      });
    },
    async describe(topics, settings) {
      const metadata = await client.fetchTopicMetadata({ topics: [...topics] });
      const { resources } = await client.describeConfigs({
        includeSynonyms: false,
        resources: topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name, configNames: [...settings] })),
      });
      return metadata.topics.map(({ name, partitions }) => {
        const entries = resources.find(({ resourceName }) => resourceName === name)?.configEntries ?? [];
        const config = Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
        return { topic: name, partitions: partitions.length, config };
      });
    },
    async close() {
      await atMost(DISCONNECT_WITHIN_MS, client.disconnect()).finally(cut);
    },
  };
}
