import { randomUUID } from 'node:crypto';

/** Where the engines of this test run are; `npm test` starts them. A suite has its own topics and databases. */
export interface TestEngines {
  brokers: string[];
  topicPrefix: string;
  /** The address of one of this suite's databases. */
  mongodbUri(name: string): string;
}

export function testEngines(suite: string): TestEngines {
  const { KAFKA_BROKERS, MONGODB_URI } = process.env;
  if (!KAFKA_BROKERS || !MONGODB_URI) {
    throw new Error('There are no engines: run the tests with `npm test`, or set KAFKA_BROKERS and MONGODB_URI.');
  }
  const run = `${suite}-${randomUUID().slice(0, 8)}`;
  return {
    brokers: KAFKA_BROKERS.split(','),
    topicPrefix: `test.${run}.`,
    mongodbUri(name) {
      const uri = new URL(MONGODB_URI);
      uri.pathname = `/test_${run}_${name}`.replaceAll('-', '_');
      return uri.href;
    },
  };
}
