import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { OWNERS, type Owner } from '@gdtx/service-kit/services';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines } from '@gdtx/testing/test-engines';
import { startPlatform, type Platform } from '../../src/platform.js';
import { databaseOf } from '../../src/service-environment.js';
import { OURS, THEIRS, WORLD } from './world.js';

const EVERY_ROLE = ['inspector', 'registrar', 'province-officer', 'commune-officer', 'centre-publisher', 'operator'];

export type SentBody = NonNullable<RequestInit['body']>;

export interface Answer {
  status: number;
  /** Its media type. */
  type: string;
  body: any;
}

export interface HostilePlatform {
  platform: Platform;
  /** Holds keys and logs. */
  home: string;
  tokens: {
    /** Every role, every unit. */
    all: string;
    inspector: string;
    /** The publishers of Son La and of Thanh Hoa. */
    ours: string;
    theirs: string;
    /** Officers and registrars of Son La. */
    province: string;
  };
  get(path: string, token?: string | null, headers?: Record<string, string>): Promise<Answer>;
  post(body: SentBody, token?: string | null, headers?: Record<string, string>): Promise<Answer>;
  /** POST /v1/facts/preview. */
  preview(body: SentBody, token?: string | null): Promise<Answer>;
  /** All that the owners hold: their ledgers' heads and how many entries there are, and the versions of their states. */
  stored(): Promise<Record<Owner, unknown>>;
  /** Lines of errors in the services' logs. */
  errors(): Promise<string[]>;
  stop(): Promise<void>;
}

/** The whole platform as processes of its own on real engines, with a small world in it. */
export async function startHostilePlatform(): Promise<HostilePlatform> {
  const engines = testEngines('hostile');
  const home = await mkdtemp(join(tmpdir(), 'gdtx-hostile-'));
  const databasePrefix = engines.topicPrefix.replaceAll(/[.-]/g, '_');
  const mongodbUri = process.env['MONGODB_URI']!;
  const platform = await startPlatform({
    ...{ home, databasePrefix, topicPrefix: engines.topicPrefix },
    engines: { kafkaBrokers: engines.brokers, mongodbUri },
    // Every parameter of every route is asked for in a minute or two, by one and the same subject.
    env: { ...process.env, RATE_LIMIT: '1000000' },
  });
  const database = await new mongo.MongoClient(mongodbUri).connect();
  const token = (sub: string, roles: string[], unit: string) => platform.token({ sub, roles, units: [unit] });
  const tokens = {
    all: await token('all', EVERY_ROLE, 'vn'),
    inspector: await token('inspector', ['inspector'], 'vn'),
    ours: await token('ours', ['centre-publisher'], OURS),
    theirs: await token('theirs', ['centre-publisher'], THEIRS),
    province: await token('province', ['registrar', 'province-officer', 'inspector'], 'province-14'),
  };

  const ask = async (path: string, init: RequestInit, token: string | null) => {
    const headers = { ...(token !== null && { authorization: `Bearer ${token}` }), ...(init.headers as object) };
    const response = await fetch(platform.gatewayUrl + path, { ...init, headers });
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    return { status: response.status, type, body: read(await bodyOf(response, type)) };
  };
  const hostile: HostilePlatform = {
    platform,
    home,
    tokens,
    get: (path, token = tokens.inspector, headers = {}) => ask(path, { headers }, token),
    post: (body, token = tokens.ours, headers = {}) =>
      ask(
        '/v1/facts',
        {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', ...headers },
          duplex: 'half',
        } as RequestInit,
        token,
      ),
    preview: (body, token = tokens.province) =>
      ask(
        '/v1/facts/preview',
        { method: 'POST', body, headers: { 'content-type': 'application/json' } } as RequestInit,
        token,
      ),
    async stored() {
      const all = OWNERS.map(async (owner) => [owner, await storedBy(database.db(databaseOf(databasePrefix, owner)))]);
      return Object.fromEntries(await Promise.all(all)) as Record<Owner, unknown>;
    },
    errors: () => errorsIn(join(home, 'logs')),
    async stop() {
      await database.close();
      await platform.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
  try {
    await tellTheWorld(hostile);
  } catch (error) {
    await hostile.stop();
    throw error;
  }
  return hostile;
}

/** The head of an event stream comes, and its end never. */
async function bodyOf(response: Response, type: string): Promise<string> {
  if (type !== 'text/event-stream') return response.text();
  await response.body?.cancel();
  return '';
}

/** JSON, a list of NDJSON's lines, or text. */
function read(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    const lines = text.trim().split('\n');
    return lines.every((line) => line.startsWith('{')) ? lines.map((line) => JSON.parse(line)) : text;
  }
}

async function storedBy(database: mongo.Db) {
  const heads = await database
    .collection('heads')
    .find({}, { projection: { seq: 1, hash: 1 } })
    .sort({ _id: 1 })
    .toArray();
  // How far a replica has come is among the states, and changes by itself.
  const own = { _id: { $not: /^committer:/ } } as object;
  const states = await database
    .collection('states')
    .find(own, { projection: { version: 1 } })
    .sort({ _id: 1 })
    .toArray();
  return {
    heads: heads.map(({ _id, seq, hash }) => `${String(_id)} ${seq} ${hash.toString('hex')}`),
    states: states.map(({ _id, version }) => `${String(_id)} ${version}`),
    entries: await database.collection('entries').countDocuments(),
  };
}

async function errorsIn(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => /^\{"level":[56]0,/.test(line) || (line !== '' && !line.startsWith('{')));
}

/** Again while a service hasn't heard yet of what another has just taken in. */
async function tellTheWorld(on: HostilePlatform): Promise<void> {
  await eventually(
    async () => {
      const { body } = await on.post(JSON.stringify(WORLD), on.tokens.all);
      if (body.refused !== 0) throw new Error(`the world was refused: ${JSON.stringify(body)}`);
    },
    60_000,
    300,
  );
  const ledgers = [
    'provinces/vn',
    'centres/vn',
    'community-learning/vn',
    'inspections/province-14',
    `programmes/${OURS}`,
  ];
  for (const ledger of ledgers) {
    const { body } = await on.get(`/v1/ledgers/${ledger}?limit=1`);
    await eventually(async () => {
      const { status } = await on.get(`/v1/figures?indicator=centres&after=${ledger}/${body.head.seq}`);
      if (status !== 200) throw new Error(`${ledger} isn't in the figures`);
    }, 60_000);
  }
}
