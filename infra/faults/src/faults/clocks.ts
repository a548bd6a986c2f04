import { setTimeout as pause } from 'node:timers/promises';
import { OWNERS, type Service } from '@gdtx/service-kit/services';
import { openDatabases } from '../checker/read-mongodb.js';
import type { Fault, FaultStage } from '../fault.js';
import { whileSending } from '../load/while-sending.js';
import { plainEnvironment } from '../stage.js';
import { WrongClocks } from '../tools/wrong-clock.js';
import { underLoad, type Scene, type Strike } from '../under-load.js';

const HOUR_MS = 3_600_000;
const WRONG_FOR_MS = 8_000;
const GOES_ON_WITHIN_MS = 60_000;

interface Lease {
  holder: string;
}

/** A clock goes wrong, is so for a while, and is right again. Meanwhile the same relays relay, and figures get newer. */
function wrongFor(stage: FaultStage, clocks: WrongClocks, service: Service, ms: number): Strike {
  return {
    what: `the clock of ${service} was an hour ${ms > 0 ? 'ahead' : 'behind'}`,
    async how(scene) {
      const before = await leases(stage);
      await clocks.set(service, ms);
      const { asOf } = await freshness(stage);
      // Something is recorded by the wrong clock.
      await whileSending(scene.load, pause(WRONG_FOR_MS), 2_000);
      await goesOn(stage, asOf);
      await clocks.set(service, 0);
      await goesOn(stage, (await freshness(stage)).asOf);
      const after = await leases(stage);
      for (const [owner, holder] of before) {
        if (after.get(owner) !== holder) throw new Error(`the relay of ${owner} has lost its lease`);
      }
      noRestarts(scene);
    },
  };
}

async function leases(stage: FaultStage): Promise<Map<string, string>> {
  return withDatabases(stage, async (databases) => {
    const holders = new Map<string, string>();
    for (const owner of OWNERS) {
      const lease = await databases.of(owner).collection<Lease & { _id: string }>('leases').findOne({ _id: 'relay' });
      holders.set(owner, lease?.holder ?? '');
    }
    return holders;
  });
}

/** As the dashboard has stored it. */
function freshness(stage: FaultStage): Promise<{ asOf: number }> {
  return withDatabases(stage, async (databases) => {
    const found = await databases.of('dashboard').collection<{ asOf: number | null }>('freshness').findOne({});
    return { asOf: found?.asOf ?? 0 };
  });
}

/** Resolves when figures hold more than what was recorded until `since`. */
async function goesOn(stage: FaultStage, since: number): Promise<void> {
  for (const until = performance.now() + GOES_ON_WITHIN_MS; (await freshness(stage)).asOf <= since; await pause(250)) {
    if (performance.now() > until) throw new Error('the figures got no newer');
  }
}

function noRestarts({ platform }: Scene): void {
  for (const owner of [...OWNERS, 'gateway', 'dashboard'] as const) {
    if (platform.service(owner).restartCount > 0) throw new Error(`${owner} has ended by itself`);
  }
}

/** In every ledger the moments of recording stand in the order of the entries. */
async function demandOrder(stage: FaultStage, leastHour: number): Promise<void> {
  await withDatabases(stage, async (databases) => {
    let wrong = 0;
    for (const owner of OWNERS) {
      const entries = databases.of(owner).collection<{ unit: string; seq: number; recordedAt: number }>('entries');
      let last = { unit: '', recordedAt: 0 };
      for await (const entry of entries.find().sort({ unit: 1, seq: 1 })) {
        if (entry.unit === last.unit && entry.recordedAt < last.recordedAt) {
          throw new Error(`${owner}/${entry.unit}/${entry.seq} was recorded before the entry in front of it`);
        }
        last = entry;
        if (Math.abs(entry.recordedAt - Date.now()) > HOUR_MS / 2) wrong += 1;
      }
    }
    stage.say(`${wrong} entries bear a moment that is half an hour or more from now.`);
    if (wrong < leastHour) throw new Error('the clock was not wrong when something was recorded');
  });
}

async function withDatabases<T>(
  stage: FaultStage,
  work: (databases: Awaited<ReturnType<typeof openDatabases>>) => Promise<T>,
): Promise<T> {
  const databases = await openDatabases((await stage.engines()).mongodbUri, stage.databasePrefix);
  try {
    return await work(databases);
  } finally {
    await databases.close();
  }
}

function wrongClock(name: string, ms: number, leastWrong: number): Fault {
  return {
    name,
    promise: `The clock of an owner, of the gateway and of the dashboard goes an hour ${ms > 0 ? 'forward' : 'back'}, one after the other: moments never decrease in a ledger, relays keep their leases, figures go on.`,
    engines: 'shared',
    async run(stage) {
      const clocks = await WrongClocks.under(stage.home);
      const owner = stage.random.oneOf(OWNERS);
      const strikes = [owner, 'gateway', 'dashboard', 'programmes'] as const;
      return underLoad(stage, {
        platform: { env: clocks.environment(plainEnvironment()) },
        strikes: strikes.map((service) => wrongFor(stage, clocks, service, ms)),
        after: () => demandOrder(stage, leastWrong),
      });
    },
  };
}

/** Ahead: ledgers hold moments to come. Behind: nothing may be recorded as of a moment that was said to be over. */
export const wrongClocks: readonly Fault[] = [
  wrongClock('clock-forward', HOUR_MS, 1),
  wrongClock('clock-back', -HOUR_MS, 0),
];
