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
          const opened: Opened[] = [];
          for (const month of MONTHS) {
            const path = `/v1/figures/sources?indicator=${indicator}&unit=vn&from=${month}&to=${month}&map=then`;
            opened.push(await open(new URL(path, platform.gatewayUrl), token));
          }
          rows.push(row(indicator, opened));
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

interface Opened {
  /** Milliseconds until its first line, and its last one. */
  first: number;
  all: number;
  entries: number;
}

/** Reads all sources of a figure; rejects when they don't add up to it. */
async function open(url: URL, token: string): Promise<Opened> {
  const began = performance.now();
  const request = get(url, { headers: { authorization: `Bearer ${token}` } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let first = 0;
  let text = '';
  for await (const piece of response.setEncoding('utf8') as AsyncIterable<string>) {
    text += piece;
    if (first === 0 && text.includes('\n')) first = performance.now() - began;
  }
  const lines = text.trimEnd().split('\n');
  const proof = JSON.parse(lines.at(-1)!) as { equal?: boolean };
  if (response.statusCode !== 200 || proof.equal !== true) {
    throw new Error(`The sources of ${url.search} don’t add up (${response.statusCode}): ${lines.at(-1)}`);
  }
  return { first, all: performance.now() - began, entries: lines.length - 1 };
}

function row(indicator: string, opened: readonly Opened[]): Measurement {
  const first = opened.map((each) => each.first);
  const longest = Math.max(...first);
  const [entries, all] = [median(opened.map((each) => each.entries)), median(opened.map((each) => each.all))];
  return {
    figure: `sources of the nation’s ${indicator} of a month, until the first is there`,
    ours: `p50 ${milliseconds(median(first))}, the longest ${milliseconds(longest)}; all ${grouped(entries)} in ${milliseconds(all)}`,
    ...{ rival: milliseconds(AIM_MS), against: 'limit', ratio: longest / AIM_MS },
    ...{ aim: `at most ${milliseconds(AIM_MS)}`, reached: longest <= AIM_MS },
  };
}
