import { join } from 'node:path';
import mongoose from 'mongoose';
import { Follower } from '@gdtx/dashboard/columns/follow';
import { startPlatform, type Platform } from '@gdtx/local/platform';
import { silentLog } from '@gdtx/service-kit/log';
import { dayInVietNam } from '@gdtx/territory/days';
import type { BenchContext, Benchmark, Measurement } from '../benchmark.js';
import { analyticsRows, registryFrom } from '../data/analytics-rows.js';
import { copyReadModel, registryOfTopics, type OwnCopy } from '../data/own-copy.js';
import { HttpClient } from '../http-client.js';
import { registryTaken } from '../registry-taken.js';
import { coverNation, fillAnalyticsTable, nationByProvince, type ByMap } from '../rivals/analytics-table.js';
import { findPostgres, startPostgres, type PostgresSession } from '../rivals/postgres.js';
import { grouped, median, milliseconds, quantile, timeEach } from '../rounds.js';

/** What adds up in a table as well as here. */
const FLOWS = ['learners-enrolled', 'attendances', 'learners-completed', 'certificates-issued', 'topics-held'];
const [FROM, TO] = ['2021-01', '2025-12'];
const ASKED = 200;
const LEAST_ASKED = 2 * FLOWS.length;
/** Until compiled code answers here, and every page is in the memory of the other. */
const WARM = 20 * FLOWS.length;
const AIM = 20;
/** The whole data set comes into memory first. */
const READY_WITHIN_MS = 600_000;
const MAPS = ['then', 'today'] as const;

interface Row {
  key: string;
  value: number | null;
}

export const analyticsTable: Benchmark = {
  name: 'analytics-table',
  about:
    'the nation by province over five years, beside PostgreSQL with the same values in an indexed analytics table with a column for the units of each level',
  async run(bench) {
    const bin = findPostgres();
    if (!bin) {
      bench.say('There is no PostgreSQL here (its programs on the PATH, or in /usr/lib/postgresql/*/bin): left out.');
      return [];
    }
    const engines = await bench.engines();
    const copy = await copyReadModel(await bench.readModel(), engines);
    const postgres = await startPostgres(bin);
    const session = postgres.session();
    try {
      await fill(bench, copy, session);
      const platform = await startPlatform({
        ...{ home: join(bench.home, 'platform'), engines, services: ['dashboard'] as const },
        ...{ topicPrefix: copy.topicPrefix, databasePrefix: copy.databasePrefix },
        env: { ...process.env, LOG_LEVEL: 'error' },
        readyWithinMs: READY_WITHIN_MS,
      });
      try {
        return await compare(bench, platform, session, postgres.version);
      } finally {
        await platform.stop();
      }
    } finally {
      await session.close();
      await postgres.stop();
      await copy.drop();
    }
  },
};

/** The same values: read from the read model, placed by the same registry. */
async function fill(bench: BenchContext, copy: OwnCopy, session: PostgresSession): Promise<void> {
  const registry = registryFrom(await registryOfTopics({ brokers: (await bench.engines()).kafkaBrokers, ...copy }));
  const connection = await mongoose.createConnection(copy.mongodbUri).asPromise();
  try {
    const follower = new Follower(connection, silentLog);
    await follower.start();
    await follower.stop();
    const rows = analyticsRows(follower.model, registry, dayInVietNam(Date.now()));
    bench.say(`${grouped(await fillAnalyticsTable(session, rows))} values are in the table`);
  } finally {
    await connection.close();
  }
}

async function compare(
  bench: BenchContext,
  platform: Platform,
  session: PostgresSession,
  version: string,
): Promise<Measurement[]> {
  const token = await platform.token({ sub: 'bench', roles: ['inspector'], units: ['vn'], expiresIn: '8h' });
  const client = new HttpClient(platform.service('dashboard').httpUrl, { authorization: `Bearer ${token}` });
  const asked = Math.max(Math.round(ASKED * bench.scale), LEAST_ASKED);
  const inTurn = (i: number) => FLOWS[i % FLOWS.length]!;
  const ours = (indicator: string, map: ByMap) =>
    client.get<{ rows: Row[] }>(
      `/v1/figures?indicator=${indicator}&unit=vn&from=${FROM}&to=${TO}&by=province&map=${map}`,
    );
  const theirs = (indicator: string, map: ByMap) => session.ask(nationByProvince(indicator, map, FROM, TO));
  try {
    await registryTaken(platform, token);
    for (const map of MAPS)
      for (const flow of FLOWS) demandSame(await ours(flow, map), await theirs(flow, map), flow, map);
    const took = async (map: ByMap, times = asked) => {
      let i = 0;
      return timeEach(times, () => ours(inTurn(i++), map));
    };
    const tookThere = async (map: ByMap, times = asked) => {
      const all: number[] = [];
      for (let i = 0; i < times; i++) all.push((await theirs(inTurn(i), map)).milliseconds);
      return all;
    };
    for (const map of MAPS) await Promise.all([await took(map, WARM), await tookThere(map, WARM)]);
    const rows: Measurement[] = [];
    const [mine, table] = [new Map<ByMap, number[]>(), `${version}, indexed analytics table`];
    for (const map of MAPS) {
      mine.set(map, await took(map));
      rows.push(row(map, mine.get(map)!, await tookThere(map), table, AIM));
    }
    await coverNation(session);
    for (const map of MAPS) await tookThere(map, WARM);
    for (const map of MAPS)
      rows.push(row(map, mine.get(map)!, await tookThere(map), `${table}, with an index made for this question`));
    return rows;
  } finally {
    client.close();
  }
}

/** What is compared has to give the same answers. */
function demandSame({ rows }: { rows: Row[] }, table: { rows: string[] }, indicator: string, map: ByMap): void {
  const said = (all: readonly (readonly [string, number])[]) =>
    JSON.stringify(all.filter(([, value]) => value !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));
  const here = said(rows.map(({ key, value }) => [key, value ?? 0] as const));
  const there = said(
    table.rows.map((line) => {
      const [key, value] = line.split('|');
      return [key!, Number(value)] as const;
    }),
  );
  if (here !== there) throw new Error(`${indicator} by ${map} isn’t the same in the table:\n${here}\n${there}`);
}

function row(map: ByMap, ours: number[], theirs: number[], against: string, aim?: number): Measurement {
  const ratio = median(theirs) / median(ours);
  return {
    figure: `the nation by province, five years, by ${map}, p50`,
    ours: shown(ours),
    rival: shown(theirs),
    ...{ against, ratio },
    ...(aim !== undefined && { aim: `at least ${aim} times faster`, reached: ratio >= aim }),
  };
}

const shown = (took: number[]) => `${milliseconds(median(took))} (p99 ${milliseconds(quantile(took, 0.99))})`;
