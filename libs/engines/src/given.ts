import { setTimeout as pause } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { withoutPassword } from './choose.js';
import { givenEngine, type Engine } from './engine.js';
import { kafkaAnswers } from './kafka-answers.js';
import { SetUpError } from './set-up-error.js';

const PATIENCE_MS = 5_000;

/** The Kafka that KAFKA_BROKERS names. Throws a SetUpError when none of its brokers answers. */
export async function givenKafka(address: string, chosen: string): Promise<Engine> {
  const brokers = address.split(',').map((broker) => /^(.+):(\d+)$/.exec(broker.trim()));
  if (brokers.some((broker) => !broker)) {
    throw new SetUpError(`KAFKA_BROKERS=${address} is no list of addresses: say host:port, several with commas.`);
  }
  for (const until = Date.now() + PATIENCE_MS; ; await pause(200)) {
    const answers = await Promise.all(brokers.map((broker) => kafkaAnswers(Number(broker?.[2]), broker?.[1])));
    if (answers.some(Boolean)) return givenEngine('kafka', address, chosen);
    if (Date.now() > until) {
      throw new SetUpError(
        `No Kafka answers at ${address}, where KAFKA_BROKERS says: start it, or unset KAFKA_BROKERS to have one brought to this machine.`,
      );
    }
  }
}

/** The MongoDB that MONGODB_URI names. Throws a SetUpError when it does not answer or is no replica set, without which it has no transactions. */
export async function givenMongodb(uri: string, chosen: string): Promise<Engine> {
  const shown = withoutPassword(uri);
  const instead = 'or unset MONGODB_URI to have one brought to this machine';
  let client: mongo.MongoClient | undefined;
  let setName: unknown;
  try {
    client = await new mongo.MongoClient(uri, { serverSelectionTimeoutMS: PATIENCE_MS }).connect();
    ({ setName } = await client.db('admin').command({ hello: 1 }));
  } catch (error) {
    throw new SetUpError(
      `No MongoDB answers at ${shown}, where MONGODB_URI says (${(error as Error).message}): start it, ${instead}.`,
      { cause: error },
    );
  } finally {
    await client?.close();
  }
  if (setName) return givenEngine('mongodb', uri, chosen);
  throw new SetUpError(`The MongoDB at ${shown} is no replica set, which transactions need: make it one, ${instead}.`);
}
