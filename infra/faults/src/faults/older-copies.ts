import { setTimeout as pause } from 'node:timers/promises';
import { databaseOf } from '@gdtx/local/service-environment';
import { readHeads, openDatabases } from '../checker/read-mongodb.js';
import type { Fault, FaultStage } from '../fault.js';
import { loadFact } from '../load/fact.js';
import { sendOnce } from '../load/send.js';
import { CENTRES, CLASSES } from '../load/world.js';
import { DatabaseCopies } from '../tools/database-copies.js';
import { ledgersInKafka } from '../tools/ledgers-in-kafka.js';
import { publishersTokens, underLoad, type Scene, type Strike } from '../under-load.js';

const OWNER = 'programmes';
const SAYS_SO_WITHIN_MS = 60_000;
const KEEPS_STILL_FOR_MS = 4_000;

async function withCopies<T>(
  { engines }: Pick<Scene, 'engines'>,
  work: (copies: DatabaseCopies) => Promise<T>,
): Promise<T> {
  const copies = await DatabaseCopies.at(engines.mongodbUri);
  try {
    return await work(copies);
  } finally {
    await copies.close();
  }
}

/** Keeps a copy of a service's database as it is in the middle of publishing. */
function kept(stage: FaultStage, service: 'dashboard' | typeof OWNER, label: string): Strike {
  return {
    what: `kept a copy of ${service}'s database`,
    async how(scene) {
      await scene.platform.service(service).kill({ restart: false });
      await withCopies(scene, (copies) => copies.keep(databaseOf(stage.databasePrefix, service), label));
      await scene.platform.service(service).start();
    },
  };
}

function restored(stage: FaultStage, service: 'dashboard' | typeof OWNER, label: string) {
  return (scene: Pick<Scene, 'engines'>) =>
    withCopies(scene, (copies) => copies.restore(databaseOf(stage.databasePrefix, service), label));
}

const olderDashboard: Fault = {
  name: 'older-dashboard-database',
  promise:
    "The dashboard's database is restored from an older copy, while facts are published and after: it catches up from Kafka to equal figures.",
  engines: 'shared',
  run(stage) {
    const goBack = async (scene: Scene) => {
      await scene.platform.service('dashboard').kill({ restart: false });
      await restored(stage, 'dashboard', 'old')(scene);
      await scene.platform.service('dashboard').start();
    };
    return underLoad(stage, {
      strikes: [kept(stage, 'dashboard', 'old'), { what: 'restored the copy', how: goBack }],
      after: goBack,
    });
  },
};

/** The owner runs on an older copy: it says so, and neither records nor publishes anything. */
async function refusesToFork(stage: FaultStage, { platform, engines }: Scene): Promise<string> {
  const service = platform.service(OWNER);
  const databases = await openDatabases(engines.mongodbUri, stage.databasePrefix);
  const why = async () => {
    const response = await fetch(`${service.httpUrl}/readyz`, { signal: AbortSignal.timeout(2_000) });
    return response.status === 503 ? ((await response.json()) as { missing?: string[] }).missing?.join(' ') : undefined;
  };
  try {
    // It never becomes ready on this copy.
    const starting = service.start().catch(() => undefined);
    let said: string | undefined;
    for (const until = performance.now() + SAYS_SO_WITHIN_MS; !/older than what was published/.test(said ?? '');) {
      said = await why().catch(() => undefined);
      if (performance.now() > until) throw new Error(`it does not say that its database is older, but ${said}`);
      await pause(100);
    }
    const before = await readHeads(databases);
    const inKafka = await ledgersInKafka(engines.kafkaBrokers, stage.topicPrefix, OWNER);
    const data = { class: CLASSES[0], occurredOn: '2024-03-04', learners: { total: 1 } };
    const facts = CENTRES.map((unit) =>
      loadFact({ id: `fork-${unit}`, service: OWNER, unit, name: 'LearnersEnrolled', data }),
    );
    const [token] = await publishersTokens(platform);
    for (const until = performance.now() + KEEPS_STILL_FOR_MS; performance.now() < until; await pause(200)) {
      const { results } = await sendOnce(facts, { gatewayUrl: platform.gatewayUrl, token: token!, form: 'array' });
      const taken = results.find(({ status, refusal }) => status !== 'refused' || !refusal?.retryable);
      if (taken) throw new Error(`it answers ${JSON.stringify(taken)} on an older database`);
    }
    const unchanged = async (now: ReadonlyMap<string, unknown>, then: ReadonlyMap<string, unknown>) =>
      JSON.stringify([...now].sort()) === JSON.stringify([...then].sort());
    if (!(await unchanged(await readHeads(databases), before))) throw new Error('it recorded on an older database');
    const later = await ledgersInKafka(engines.kafkaBrokers, stage.topicPrefix, OWNER);
    if (!(await unchanged(later, inKafka))) throw new Error('it published from an older database');
    await service.stop();
    await starting;
    return said!;
  } finally {
    await databases.close();
  }
}

const olderOwner: Fault = {
  name: 'older-owner-database',
  promise: `The database of an owner is restored to an older point than Kafka: it says so and refuses to record rather than fork a ledger; on the newest copy it goes on.`,
  engines: 'shared',
  async run(stage) {
    let said = '';
    const seen = await underLoad(stage, {
      strikes: [
        kept(stage, OWNER, 'old'),
        {
          what: `restored the copy under ${OWNER}, and what was there before`,
          async how(scene) {
            await scene.platform.service(OWNER).stop();
            await withCopies(scene, (copies) => copies.keep(databaseOf(stage.databasePrefix, OWNER), 'new'));
            await restored(stage, OWNER, 'old')(scene);
            said = await refusesToFork(stage, scene);
            await restored(stage, OWNER, 'new')(scene);
            await scene.platform.service(OWNER).start();
          },
        },
      ],
    });
    return `it said: ${said}; ${seen}`;
  },
};

export const olderCopies: readonly Fault[] = [olderDashboard, olderOwner];
