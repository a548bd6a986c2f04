import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FIRST_FACTS_ROLES, publishFirstFacts } from '@gdtx/local/first-facts';
import { startPlatform, type Platform } from '@gdtx/local/platform';
import { publish } from '@gdtx/publisher/publish';
import { SERVICES, type Service } from '@gdtx/service-kit/services';
import { eventually } from '@gdtx/testing/eventually';
import { startBenchPlatform } from '../bench-platform.js';
import type { BenchContext, Benchmark, Measurement } from '../benchmark.js';
import { fact } from '../facts.js';
import { publisherAt } from '../gateway-publisher.js';
import { HttpClient } from '../http-client.js';
import { readLive } from '../live-reader.js';
import { PublishingLoad } from '../publishing-load.js';
import { residentBytes } from '../resident.js';
import { grouped, median } from '../rounds.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const MB = 1e6;
const EACH_MB = 150;
const DASHBOARD_MB = 600;
const UNITS = 200;
const SETTLES_MS = 20_000;
const LOAD_MS = 60_000;
const LEAST_MS = 300;
/** A smaller try-out takes a territory of 21 facts, which is quickly there. */
const WHOLE_TERRITORY_FROM = 0.01;
const SMALL_TERRITORY = 'infra/reference/00-territory-bac-thai.ndjson';
const SAMPLE_MS = 200;
const PATIENCE_MS = 60_000;
const READY_WITHIN_MS = 600_000;

type Sizes = Record<string, number>;

export const memory: Benchmark = {
  name: 'memory',
  about:
    'what each service holds in memory: at rest after what npm start publishes, and at most while 2,200 facts a second are published; the dashboard also with the whole data set',
  async run(bench) {
    const ours = await startBenchPlatform(bench, SERVICES, 'empty');
    const { platform } = ours;
    let rows: Measurement[];
    try {
      const units = await setUp(bench, platform);
      const atRest = await settled(bench, platform, SERVICES);
      const load = await PublishingLoad.prepare({ platform, units });
      const live = await readLive(
        platform.gatewayUrl,
        await platform.token({ roles: ['inspector'], units: ['vn'] }),
        'programmes',
      );
      const underLoad = sampled(platform, SERVICES);
      const { rate, backfillRate } = await load.run(Math.max(LOAD_MS * bench.scale, LEAST_MS), true);
      const most = underLoad.most();
      live.close();
      load.close();
      bench.say(`published ${grouped(rate + backfillRate)} facts a second`);
      rows = SERVICES.map((service) => row(service, most[service]!, 'under load', `${mb(atRest[service]!)} at rest`));
    } finally {
      await ours.stop();
    }
    return [...rows, await withDataSet(bench)];
  },
};

/** What `npm start` does to a fresh platform, and centres that publish. */
async function setUp(bench: BenchContext, platform: Platform): Promise<string[]> {
  const token = () => platform.token({ sub: 'bench', roles: FIRST_FACTS_ROLES, units: ['vn'], expiresIn: '1h' });
  const { gatewayUrl } = platform;
  if (bench.scale < WHOLE_TERRITORY_FROM) {
    await eventually(async () => {
      const lines = createReadStream(ROOT + SMALL_TERRITORY);
      const { refused } = await publish({ url: gatewayUrl, token: await token(), lines });
      if (refused > 0) throw new Error(`${refused} facts of the territory were refused`);
    }, PATIENCE_MS);
  } else {
    await publishFirstFacts({ root: ROOT, home: bench.home, ledgers: bench.home, gatewayUrl, token, say: bench.say });
  }
  const units = Array.from({ length: UNITS }, (_, index) => `bench-memory-${index}`);
  const client = new HttpClient(gatewayUrl);
  const registrar = await publisherAt(platform, client, { sub: 'bench', roles: ['registrar'], units: ['vn'] });
  const about = { kind: 'gdtx', seat: 'province-19', knownSince: '2020-01-01' };
  const centres = units.map((centre) =>
    fact('centres', 'vn', 'CentreEstablished', { centre, name: { vi: centre }, ...about }),
  );
  // As a publisher does: an owner that has only just heard of the territory may ask for a moment.
  await eventually(() => registrar.publish(centres), PATIENCE_MS, SAMPLE_MS);
  client.close();
  return units;
}

/** The whole data set in the dashboard's columns. */
async function withDataSet(bench: BenchContext): Promise<Measurement> {
  const { topicPrefix, mongodbUri, entries } = await bench.readModel();
  const databasePrefix = new URL(mongodbUri).pathname.slice(1).replace(/dashboard$/, '');
  const platform = await startPlatform({
    ...{ home: join(bench.home, 'data-set'), engines: await bench.engines(), topicPrefix, databasePrefix },
    ...{ services: ['dashboard'] as const, env: { ...process.env, LOG_LEVEL: 'warn' }, readyWithinMs: READY_WITHIN_MS },
  });
  try {
    const { dashboard } = await settled(bench, platform, ['dashboard']);
    return row('dashboard', dashboard!, `with ${grouped(entries)} entries`, 'at rest');
  } finally {
    await platform.stop();
  }
}

/** Some time without work, then the middle of some looks. */
async function settled(bench: BenchContext, platform: Platform, services: readonly Service[]): Promise<Sizes> {
  await pause(Math.max(SETTLES_MS * bench.scale, LEAST_MS));
  const looks: Sizes[] = [];
  for (let i = 0; i < 5; i++) {
    looks.push(sizes(platform, services));
    await pause(SAMPLE_MS);
  }
  return Object.fromEntries(services.map((service) => [service, median(looks.map((look) => look[service]!))]));
}

/** The most that was seen of each, from now on until it is asked for. */
function sampled(platform: Platform, services: readonly Service[]): { most(): Sizes } {
  const most = sizes(platform, services);
  const timer = setInterval(() => {
    for (const [name, size] of Object.entries(sizes(platform, services))) most[name] = Math.max(most[name]!, size);
  }, SAMPLE_MS);
  return {
    most() {
      clearInterval(timer);
      return most;
    },
  };
}

function sizes(platform: Platform, services: readonly Service[]): Sizes {
  return Object.fromEntries(services.map((name) => [name, residentBytes(platform.service(name).pid!)]));
}

function row(service: Service, bytes: number, when: string, note: string): Measurement {
  const limit = service === 'dashboard' ? DASHBOARD_MB : EACH_MB;
  return {
    figure: `resident memory of ${service}, ${when}`,
    ours: `${mb(bytes)} (${note})`,
    rival: `${limit} MB`,
    against: 'limit',
    ratio: bytes / MB / limit,
    aim: `at most ${limit} MB`,
    reached: bytes <= limit * MB,
  };
}

const mb = (bytes: number) => `${Math.round(bytes / MB)} MB`;
