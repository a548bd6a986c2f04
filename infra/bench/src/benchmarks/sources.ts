import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { withDatabase } from '@gdtx/engines/engines';
import { startPlatform } from '@gdtx/local/platform';
import { databaseOf } from '@gdtx/local/service-environment';
import mongoose from 'mongoose';
import type { Benchmark, Measurement } from '../benchmark.js';
import { fillLedgers } from '../data/ledgers.js';
import { copyReadModel } from '../data/own-copy.js';
import { registryTaken } from '../registry-taken.js';
import { grouped, median, milliseconds } from '../rounds.js';

/** Whose ledgers the figures open into. */
const OWNERS = ['programmes', 'community-learning', 'centres'] as const;
/** All lines of the first one are read, too. */
const INDICATORS = ['learners-enrolled', 'learners-completed', 'attendances'];
const MONTHS = ['2022-03', '2023-10', '2024-05', '2025-03', '2025-10'];
const AIM_MS = 200;
const READY_WITHIN_MS = 600_000;

export const sources: Benchmark = {
  name: 'sources',
  about:
    'the entries behind a figure of the nation in a month, read from their owners’ ledgers, streamed, and added up again',
  async run(bench) {
    const engines = await bench.engines();
    const copy = await copyReadModel(await bench.readModel(), engines);
    const { topicPrefix, databasePrefix } = copy;
    const connection = await mongoose.createConnection(engines.mongodbUri).asPromise();
    const client = connection.getClient();
    const databases = new Map(
      OWNERS.map((service) => {
        const { pathname } = new URL(withDatabase(engines.mongodbUri, databaseOf(databasePrefix, service)));
        return [service as string, client.db(pathname.slice(1))];
      }),
    );
    try {
      const entries = await fillLedgers(bench, databases);
      bench.say(`${grouped(entries)} entries are in their owners’ ledgers`);
      const platform = await startPlatform({
        ...{ home: join(bench.home, 'platform'), engines, topicPrefix, databasePrefix },
        ...{ services: ['dashboard', 'gateway', ...OWNERS], readyWithinMs: READY_WITHIN_MS },
        env: { ...process.env, LOG_LEVEL: 'error' },
        log: (line) => bench.say(line),
      });
      try {
        const token = await platform.token({ sub: 'bench', roles: ['inspector'], units: ['vn'], expiresIn: '8h' });
        await registryTaken(platform, token);
        const rows: Measurement[] = [];
        for (const indicator of INDICATORS) {
          const of = (month: string) =>
            new URL(
              `/v1/figures/sources?indicator=${indicator}&unit=vn&from=${month}&to=${month}&map=then`,
              platform.gatewayUrl,
            );
          const first: number[] = [];
          for (const month of MONTHS) first.push(await untilFirst(of(month), token));
          const whole = indicator === INDICATORS[0] ? await readAll(of(MONTHS.at(-1)!), token) : undefined;
          rows.push(row(indicator, first, whole));
        }
        return rows;
      } finally {
        await platform.stop();
      }
    } finally {
      for (const database of databases.values()) await database.dropDatabase();
      await connection.close();
      await copy.drop();
    }
  },
};

async function ask(url: URL, token: string): Promise<IncomingMessage> {
  const request = get(url, { headers: { authorization: `Bearer ${token}` } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`${response.statusCode} for ${url.href}`);
  return response.setEncoding('utf8');
}

/** Milliseconds until the first line is there; then nobody reads on. */
async function untilFirst(url: URL, token: string): Promise<number> {
  const began = performance.now();
  const response = await ask(url, token);
  for await (const piece of response as AsyncIterable<string>) if (piece.includes('\n')) break;
  return performance.now() - began;
}

interface Whole {
  entries: number;
  /** Milliseconds. */
  took: number;
}

/** Reads all sources of a figure; rejects when they don't add up to it. */
async function readAll(url: URL, token: string): Promise<Whole> {
  const began = performance.now();
  let text = '';
  for await (const piece of (await ask(url, token)) as AsyncIterable<string>) text += piece;
  const lines = text.trimEnd().split('\n');
  const proof = JSON.parse(lines.at(-1)!) as { equal?: boolean };
  if (proof.equal !== true) throw new Error(`The sources of ${url.search} don’t add up: ${lines.at(-1)}`);
  return { entries: lines.length - 1, took: performance.now() - began };
}

function row(indicator: string, first: readonly number[], whole: Whole | undefined): Measurement {
  const longest = Math.max(...first);
  const all = whole ? `; all ${grouped(whole.entries)} of them in ${(whole.took / 1000).toFixed(1)} s` : '';
  return {
    figure: `sources of the nation’s ${indicator} of a month, until the first is there`,
    ours: `p50 ${milliseconds(median(first))}, the longest ${milliseconds(longest)}${all}`,
    ...{ rival: milliseconds(AIM_MS), against: 'limit', ratio: longest / AIM_MS },
    ...{ aim: `at most ${milliseconds(AIM_MS)}`, reached: longest <= AIM_MS },
  };
}
