import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testEngines } from '@gdtx/testing/test-engines';
import { eventually } from '@gdtx/testing/eventually';
import { FIRST_FACTS_ROLES, publishFirstFacts } from '../../src/first-facts.js';
import { startPlatform, type Platform } from '../../src/platform.js';

export interface Answer {
  status: number;
  body: any;
}

/** The whole platform as processes of its own on real engines, with the territory and the five seed texts published. */
export interface SeededPlatform {
  platform: Platform;
  said: string[];
  get(path: string, token?: string): Promise<Answer>;
  post(facts: unknown, token?: string, type?: string): Promise<Answer>;
  /** A figure as an inspector sees it. */
  figure(indicator: string, unit: string, query?: Record<string, string>): Promise<any>;
  /** The rows of a figure as {key: value}. */
  rows(indicator: string, unit: string, query: Record<string, string>): Promise<Record<string, number | null>>;
  /** The last line of a figure's sources, and the lines before it. */
  sources(indicator: string, unit: string, query?: Record<string, string>): Promise<{ entries: any[]; end: any }>;
  /** Publishes the files again and says what came of each. */
  publishAgain(): Promise<string[]>;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

export async function startSeededPlatform(suite: string): Promise<SeededPlatform> {
  const engines = testEngines(suite);
  const home = await mkdtemp(join(tmpdir(), 'gdtx-e2e-'));
  const said: string[] = [];
  const platform = await startPlatform({
    home,
    engines: { kafkaBrokers: engines.brokers, mongodbUri: process.env['MONGODB_URI']! },
    topicPrefix: engines.topicPrefix,
    databasePrefix: `${engines.topicPrefix.replaceAll(/[.-]/g, '_')}`,
    log: (line) => said.push(line),
  });
  const inspector = await platform.token({ roles: ['inspector'], units: ['vn'] });
  const publisher = await platform.token({ roles: FIRST_FACTS_ROLES, units: ['vn'] });
  const publishAll = (ledgers: string, say: (line: string) => void) =>
    publishFirstFacts({
      root: ROOT,
      home,
      ledgers,
      gatewayUrl: platform.gatewayUrl,
      token: async () => publisher,
      say,
    });

  const get = async (path: string, token = inspector): Promise<Answer> => {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(platform.gatewayUrl + path, { headers });
    return { status: response.status, body: parsed(await response.text()) };
  };
  const address = (path: string, indicator: string, unit: string, query: Record<string, string> = {}) =>
    `${path}?${new URLSearchParams({ indicator, unit, ...query })}`;
  const figure = async (indicator: string, unit: string, query?: Record<string, string>) => {
    const { status, body } = await get(address('/v1/figures', indicator, unit, query));
    if (status !== 200) throw new Error(`${indicator} of ${unit}: ${status} ${JSON.stringify(body)}`);
    return body;
  };

  const seeded: SeededPlatform = {
    platform,
    said,
    get,
    figure,
    async post(facts, token = publisher, type = 'application/json') {
      const response = await fetch(`${platform.gatewayUrl}/v1/facts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body: typeof facts === 'string' ? facts : JSON.stringify(facts),
      });
      return { status: response.status, body: parsed(await response.text()) };
    },
    async rows(indicator, unit, query) {
      const { rows } = await figure(indicator, unit, query);
      return Object.fromEntries(rows.map((row: any) => [row.key, row.value]));
    },
    async sources(indicator, unit, query) {
      const { status, body } = await get(address('/v1/figures/sources', indicator, unit, query));
      if (status !== 200) throw new Error(`sources of ${indicator} of ${unit}: ${status} ${JSON.stringify(body)}`);
      const lines: any[] = Array.isArray(body) ? body : [body];
      return { entries: lines.slice(0, -1), end: lines.at(-1) };
    },
    async publishAgain() {
      const lines: string[] = [];
      await publishAll('again', (line) => lines.push(line));
      return lines;
    },
    async stop() {
      await platform.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
  try {
    await publishAll('first', (line) => said.push(line));
    await caughtUp(seeded);
  } catch (error) {
    await seeded.stop();
    throw error;
  }
  return seeded;
}

/** The last entry of every ledger that the seeds write to is in the figures. */
async function caughtUp({ get }: SeededPlatform): Promise<void> {
  const ledgers = [
    'provinces/vn',
    'centres/vn',
    'community-learning/vn',
    'inspections/vn',
    'inspections/district-461',
    ...['gdtx-son-la', 'gdtx-thai-nguyen', 'gdtx-thanh-hoa'].flatMap((u) => [`centres/${u}`, `programmes/${u}`]),
    'centres/gdnn-gdtx-dong-ha',
    'centres/gdnn-gdtx-chi-linh',
  ];
  for (const ledger of ledgers) {
    const head = await get(`/v1/ledgers/${ledger}?limit=1`);
    if (head.status !== 200) throw new Error(`the seeds left no ledger ${ledger}: ${JSON.stringify(head.body)}`);
    await eventually(async () => {
      const { status } = await get(`/v1/figures?indicator=centres&after=${ledger}/${head.body.head.seq}`);
      if (status !== 200) throw new Error(`${ledger} isn't in the figures`);
    }, 60_000);
  }
}

/** JSON, or a list of the lines of NDJSON, or text. */
function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    const lines = text.trim().split('\n');
    return lines.length > 1 && lines.every((l) => l.startsWith('{')) ? lines.map((l) => JSON.parse(l)) : text;
  }
}
