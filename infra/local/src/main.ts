import { fileURLToPath } from 'node:url';
import { startEngines } from '@gdtx/engines/engines';
import { localHome } from '@gdtx/publisher/local-run';
import { SERVICES } from '@gdtx/service-kit/services';
import { FIRST_FACTS_ROLES, publishFirstFacts } from './first-facts.js';
import { gatewayPort } from './gateway-port.js';
import { holdHome } from './home-lock.js';
import { keepEngine } from './kept-engine.js';
import { startPlatform } from './platform.js';
import { stopLeftServices } from './service-process.js';
import { onStopSignals } from './signals.js';
import { whereToGo } from './where-to-go.js';

/** What `npm start` runs once the clone is set up: the engines, the services, the first facts; and all of it back in order. */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const began = Date.now();
const say = (line: string) => console.log(line);
/** How to take back what has been started so far, the newest last. */
const undo: (() => unknown)[] = [];
const stopping = new AbortController();
const { signal } = stopping;

async function start(): Promise<void> {
  const { env } = process;
  const home = localHome(env);
  undo.push(await holdHome(home, 'npm start'));
  const left = await stopLeftServices(home, SERVICES);
  if (left.length > 0) say(`Stopped what an earlier run had left: ${left.join(', ')}.`);
  const port = await gatewayPort(env);

  const engines = await startEngines({ home, onProgress: say, env, signal });
  undo.push(() => saying('Stopping Kafka and MongoDB.', () => engines.stop()));

  const platform = await startPlatform({ home, port, engines, log: say, env, signal });
  undo.push(() => saying('Stopping the gateway, the owners, the dashboard.', () => platform.stop()));
  for (const engine of [engines.kafka, engines.mongodb]) undo.push(keepEngine(engine, say));

  await publishFirstFacts({
    ...{ root, home, say, signal, gatewayUrl: platform.gatewayUrl },
    ledgers: `${engines.kafka.identity} ${engines.mongodb.identity}`,
    token: () => platform.token({ sub: 'npm start', roles: FIRST_FACTS_ROLES, units: ['vn'], expiresIn: '1h' }),
  });
  signal.throwIfAborted();
  say(whereToGo({ gatewayUrl: platform.gatewayUrl, seconds: (Date.now() - began) / 1000, home, env }));
}

async function saying(line: string, work: () => Promise<void>): Promise<void> {
  say(line);
  await work();
}

async function takeBack(): Promise<void> {
  for (let back = undo.pop(); back; back = undo.pop()) await back();
}

const starting = start();

onStopSignals(
  () => {
    stopping.abort();
    say('\nStopping in order; a second Ctrl-C ends everything at once.');
    void starting
      .catch(() => {})
      .then(takeBack)
      .then(
        () => {
          say('Stopped. The data stays; npm start goes on with it.');
          process.exit(0);
        },
        (error: Error) => {
          say(error.message);
          process.exit(1);
        },
      );
  },
  () => process.exit(130),
);

starting.catch(async (error: Error) => {
  if (signal.aborted) return;
  stopping.abort();
  const known = ['SetUpError', 'Failure'].includes(error.name);
  await takeBack().catch((then: Error) => console.error(then.message));
  console.error(known ? error.message : error.stack);
  process.exit(1);
});
