import {
  NotPublished,
  partitionKey,
  type EntryProducer,
  type OutgoingMessage,
  type ProducerOptions,
} from './contract.js';
import type { Confirmed, Driver, ProducerSession } from './driver.js';
import { silent } from './log.js';
import { inRounds } from './rounds.js';
import { asError } from './retrying.js';

/** Sequence numbers are 32 bits and kafkajs doesn't wrap them as brokers expect; a new producer id long before that starts at 0 again. */
const MESSAGES_PER_SESSION = 2 ** 30;

/**
 * One send in flight, and a new producer id after every failure. Why both, from kafkajs 2.2.4's `sendMessages.js`:
 *
 * An idempotent producer numbers the messages of each partition; a broker takes a record batch whose numbers it has just seen for
 * a repetition and answers "stored" without storing it. kafkajs takes the numbers when it sends, and when the answer doesn't come
 * (time-out, connection lost) it gives them back, although the broker may have stored the batch. The next batch to be sent then
 * carries the same numbers. If that is the same batch again, all is well. But if it is another one of the same length (a concurrent
 * `send()` that was waiting for the broker's lock, or simply the next batch after the first was given up), the broker drops it and
 * confirms it: acknowledged, and lost. Of another length, it is refused as out of order, for ever.
 *
 * So: nobody sends while a batch is in flight; kafkajs itself may repeat that very batch; and once a batch is given up, its
 * producer id is never used again and its sockets are cut, so that no late repetition follows what comes next.
 *
 * The result is checked because kafkajs can resolve without having sent everything: it passes over partitions that its metadata
 * doesn't know, and those that move to a broker which has already answered.
 */
export function createEntryProducer(driver: Driver, options: ProducerOptions): EntryProducer {
  const { sendTimeoutMs = 20_000, requestTimeoutMs = 8_000, log = silent } = options;
  let session: ProducerSession | undefined;
  let sentBySession = 0;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  async function openSession(): Promise<ProducerSession> {
    if (session && sentBySession >= MESSAGES_PER_SESSION) {
      const old = session;
      session = undefined;
      await old.close();
    }
    if (!session) {
      session = driver.producer({ ...options, requestTimeoutMs });
      sentBySession = 0;
      await session.connect();
    }
    return session;
  }

  async function publish(messages: readonly OutgoingMessage[]): Promise<void> {
    const mine = await openSession();
    for (const round of inRounds(messages)) {
      if (session !== mine) throw new Error('given up between two requests');
      sentBySession += round.length;
      demandAllConfirmed(round, await mine.send(round));
    }
  }

  async function publishOrDiscard(messages: readonly OutgoingMessage[]): Promise<void> {
    if (closed) throw new NotPublished('The producer is closed');
    try {
      await withDeadline(publish(messages), sendTimeoutMs);
    } catch (thrown) {
      const error = asError(thrown);
      session?.discard();
      session = undefined;
      log('warn', 'a batch was not published; connecting anew before the next', { error: error.message });
      throw new NotPublished(`${messages.length} messages are not proven to be published: ${error.message}`, {
        cause: error,
      });
    }
  }

  return {
    sendBatch(messages) {
      if (messages.length === 0) return Promise.resolve();
      const turn = last.then(() => publishOrDiscard(messages));
      last = turn.catch(() => {});
      return turn;
    },
    async close() {
      const drained = last;
      last = last.then(() => void (closed = true));
      await drained;
      await last;
      await session?.close();
      session = undefined;
    },
  };
}

/** Throws unless every topic-partition of the round is confirmed without an error. */
function demandAllConfirmed(round: readonly OutgoingMessage[], confirmed: readonly Confirmed[]): void {
  const answers = new Map(confirmed.map((c) => [partitionKey(c.topic, c.partition), c.errorCode]));
  for (const { topic, partition } of round) {
    const key = partitionKey(topic, partition);
    const errorCode = answers.get(key);
    if (errorCode === undefined) throw new Error(`the answer doesn't mention ${key}`);
    if (errorCode !== 0) throw new Error(`${key} was answered with error ${errorCode}`);
  }
}

async function withDeadline(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not confirmed within ${ms} ms`)), ms);
  });
  // Once the session is discarded the work ends with an error that nobody waits for any more.
  work.catch(() => {});
  try {
    await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
