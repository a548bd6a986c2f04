import type { ConnectionOptions } from './contract.js';
import type { Driver, TopicPlan } from './driver.js';
import { kafkajsDriver } from './kafkajs-client.js';
import { PARTITIONS, progressTopic, topicOf } from './partition.js';
import { backoffMs, sleep } from './retrying.js';

/** The services that say facts on a topic of their own. */
export const SPEAKING_SERVICES = ['provinces', 'centres', 'programmes', 'community-learning', 'inspections'] as const;

export interface TopicsOptions extends Omit<ConnectionOptions, 'clientId'> {
  clientId?: string;
  topicPrefix: string;
  /** Default: all five that say facts. The progress topic is always included. */
  services?: readonly string[];
  /** Default -1: the brokers' own. */
  replicationFactor?: number;
}

/** Entries are kept for ever: the topic is what read models are rebuilt from. */
const ENTRIES = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' };
/** An entry may carry a fact of a megabyte, which the brokers' default (1 MB with all overhead) would refuse for good. */
const ENTRY_MAX_BYTES = { 'max.message.bytes': String(4 * 1024 * 1024) };
const PROGRESS = { 'cleanup.policy': 'compact' };
/** A word a second and service: compacted soon, so that who starts reads minutes of it and not the brokers' default week. */
const PROGRESS_TIDY = { 'segment.ms': '600000', 'min.cleanable.dirty.ratio': '0.01' };

/** Within about ten seconds. */
const ATTEMPTS = 10;

/**
 * Creates the topics that aren't there yet; may be called by every service at every start, at once. Resolves when
 * they can be written to and read. Throws a sentence when a
 * topic is there with another number of partitions or forgets entries, since neither heals by itself.
 */
export function createTopics(options: TopicsOptions): Promise<void> {
  return ensureTopics(kafkajsDriver, options);
}

export async function ensureTopics(driver: Driver, options: TopicsOptions): Promise<void> {
  const { clientId = 'gdtx-topics', topicPrefix, services = SPEAKING_SERVICES } = options;
  const wanted: TopicPlan[] = [
    ...services.map((service) => ({ topic: topicOf(topicPrefix, service), partitions: PARTITIONS, config: ENTRIES })),
    { topic: progressTopic(topicPrefix), partitions: 1, config: PROGRESS },
  ];
  const admin = driver.admin({ ...options, clientId });
  try {
    await admin.connect();
    await patiently(() => admin.create(wanted.map(withNiceties), options.replicationFactor ?? -1));
    const topics = wanted.map(({ topic }) => topic);
    const settings = [...new Set(wanted.flatMap(({ config }) => Object.keys(config)))];
    const problems = compare(wanted, await patiently(() => admin.describe(topics, settings)));
    if (problems.length > 0) throw new Error(`Kafka's topics aren't as they must be: ${problems.join('; ')}`);
    for (const topic of topics) await patiently(() => admin.ends(topic));
  } finally {
    await admin.close();
  }
}

function withNiceties(plan: TopicPlan): TopicPlan {
  return { ...plan, config: { ...plan.config, ...(plan.config === PROGRESS ? PROGRESS_TIDY : ENTRY_MAX_BYTES) } };
}

/** New topics aren't known to every broker, or led by it, at once; and a busy one may need more time than it is given. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      await sleep(backoffMs(attempt));
    }
  }
}

function compare(wanted: readonly TopicPlan[], found: readonly TopicPlan[]): string[] {
  return wanted.flatMap(({ topic, partitions, config }) => {
    const is = found.find((plan) => plan.topic === topic);
    if (!is) return [`${topic} is missing`];
    const differing = Object.entries(config).filter(([name, value]) => is.config[name] !== value);
    return [
      ...(is.partitions === partitions ? [] : [`${topic} has ${is.partitions} partitions, not ${partitions}`]),
      ...differing.map(([name, value]) => `${topic} has ${name}=${is.config[name]}, not ${value}`),
    ];
  });
}
