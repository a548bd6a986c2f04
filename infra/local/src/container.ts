import { fileURLToPath } from 'node:url';
import { commaList, readConfig } from '@gdtx/service-kit/config';
import { createLocalIssuer, createServiceKeys } from '@gdtx/service-kit/local-issuer';
import { SERVICES } from '@gdtx/service-kit/services';
import { createTopics } from '@gdtx/kafka/topics';
import { keysOf, localHome } from '@gdtx/publisher/local-run';
import { z } from 'zod';
import { FIRST_FACTS_ROLES, publishFirstFacts } from './first-facts.js';

/** What docker-compose.yml runs once before and once after the services: what `npm start` does itself. */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const say = (line: string) => console.log(line);

/** Topics and keys. */
async function prepare(): Promise<void> {
  const config = z.object({ KAFKA_BROKERS: commaList, GDTX_TOPIC_PREFIX: z.string().default('gdtx.') });
  const { KAFKA_BROKERS: brokers, GDTX_TOPIC_PREFIX: topicPrefix } = readConfig(config, process.env);
  const keys = keysOf(localHome());
  await createLocalIssuer(keys);
  await createServiceKeys(keys, SERVICES);
  await createTopics({ brokers, topicPrefix });
  say(`The keys are in ${keys}, the topics at ${brokers.join(', ')}.`);
}

/** Reference facts and seeds. */
async function publish(): Promise<void> {
  const { GATEWAY_HTTP: gatewayUrl } = readConfig(z.object({ GATEWAY_HTTP: z.url() }), process.env);
  const home = localHome();
  const issuer = await createLocalIssuer(keysOf(home));
  await publishFirstFacts({
    ...{ root, home, say, gatewayUrl, ledgers: gatewayUrl },
    token: () => issuer.sign({ sub: 'first-facts', roles: FIRST_FACTS_ROLES, units: ['vn'], expiresIn: '1h' }),
  });
}

const work = { prepare, publish }[process.argv[2] ?? ''];
if (!work) throw new Error('say prepare or publish');
await work();
