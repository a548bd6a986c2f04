import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { startPlatform, type Platform } from '@gdtx/local/platform';
import type { Benchmark, Measurement } from '../benchmark.js';
import { copyReadModel } from '../data/own-copy.js';
import { tellLateTotals } from '../late-totals.js';
import { registryTaken } from '../registry-taken.js';
import { grouped, median, milliseconds, quantile } from '../rounds.js';

/** Flows, levels, what the registry counts, and ratios. */
const MIX = [
  ...['learners-enrolled', 'attendances', 'learners-completed', 'certificates-issued', 'topics-held'],
  ...['learners-present', 'staff', 'learning-families', 'community-centres', 'classes'],
  ...['dropout-rate', 'certification-rate', 'retention-rate', 'topics-per-plan'],
];
const PERIOD = 'from=2021-01&to=2025-12';
const ASKED = 1_400;
const LEAST_ASKED = 10 * MIX.length;
const NEW_DAYS = 84;
/** The months as whose end figures are asked as known, one after the other: of 2021-07 to 2025-12. */
const KNOWN_MONTHS = 54;
const FIRST_KNOWN = 2021 * 12 + 6;
const AIM_MS = 10;
const AIM_NEW_DAY_MS = 250;
const AIM_KNOWN_MS = 250;
const AIM_COMMUNES_MS = 500;
const FACTS_A_SECOND = 200;
/** The unit in which the kernel counts the time of processes. */
const TICK_MS = 10;
const READY_WITHIN_MS = 600_000;

export const figures: Benchmark = {
  name: 'figures',
  about: 'the nation by province over five years, over HTTP with a token: flows, levels and ratios in turn',
  async run(bench) {
    const engines = await bench.engines();
    const copy = await copyReadModel(await bench.readModel(), engines);
    const { topicPrefix, databasePrefix } = copy;
    const platform = await startPlatform({
      ...{
        home: join(bench.home, 'platform'),
        engines,
        services: ['dashboard', 'gateway'],
        topicPrefix,
        databasePrefix,
      },
      readyWithinMs: READY_WITHIN_MS,
      env: { ...process.env, LOG_LEVEL: 'error', RATE_LIMIT: '100000000' },
      log: (line) => bench.say(line),
    });
    try {
      const asker = await Asker.at(platform);
      const asked = Math.max(Math.round(ASKED * bench.scale), LEAST_ASKED);
      const ask = (map: string, at = asker.dashboard) =>
        asker.many(
          at,
          inTurn(asked, () => `by=province&map=${map}`),
        );
      await ask('then');
      await ask('today');
      const rows: Measurement[] = [];
      for (const map of ['then', 'today']) rows.push(aimed(`by ${map}`, await ask(map), AIM_MS));
      const newDays = inTurn(NEW_DAYS, (i) => `by=province&map=${2019 + (i % 7)}-${month(i)}-17`);
      rows.push(aimed('by a day never asked before', await asker.many(asker.dashboard, newDays), AIM_NEW_DAY_MS));
      for (const map of ['then', 'today']) {
        const known = inTurn(NEW_DAYS, (i) => `by=province&map=${map}&known=${knownMonth(i)}`);
        rows.push(aimed(`by ${map}, as known at a month`, await asker.many(asker.dashboard, known), AIM_KNOWN_MS));
      }
      const telling = tellLateTotals(
        { brokers: engines.kafkaBrokers, topicPrefix },
        await copy.ledgers('programmes'),
        FACTS_A_SECOND,
      );
      const [then, today] = [await ask('then'), await ask('today')];
      await telling.stop();
      bench.say(`${grouped(telling.told())} facts came meanwhile`);
      rows.push(aimed(`by then, at ${FACTS_A_SECOND} facts a second`, then, AIM_MS));
      rows.push(aimed(`by today, at ${FACTS_A_SECOND} facts a second`, today, AIM_MS));
      for (const map of ['then', 'today']) {
        rows.push(shown(`by ${map}, through the gateway`, await ask(map, asker.gateway)));
      }
      const many = (more: (index: number) => string) => asker.many(asker.dashboard, inTurn(5 * MIX.length, more));
      rows.push(aimed('by commune, today', await many(() => 'by=commune&map=today'), AIM_COMMUNES_MS));
      const communes = await many((i) => `by=commune&map=2024-12-31&known=${knownMonth(i)}`);
      rows.push(aimed('by commune of 2024, as known at a month', communes, AIM_COMMUNES_MS));
      rows.push(shown('by centre, today', await many(() => 'by=centre&map=today')));
      asker.close();
      rows.push(await restart(platform));
      return rows;
    } finally {
      await platform.stop();
      await copy.drop();
    }
  },
};

/** Questions about each indicator in turn. */
function inTurn(count: number, more: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, i) => {
    return `/v1/figures?indicator=${MIX[i % MIX.length]}&unit=vn&${PERIOD}&${more(i)}`;
  });
}

const month = (index: number): string => String((Math.floor(index / 7) % 12) + 1).padStart(2, '0');

function knownMonth(index: number): string {
  const known = FIRST_KNOWN + ((index * 5) % KNOWN_MONTHS);
  return `${Math.floor(known / 12)}-${String((known % 12) + 1).padStart(2, '0')}`;
}

interface Took {
  milliseconds: number[];
  /** Of the dashboard's process, for each question. */
  cpu: number;
}

/** Asks over one connection that stays open, one question after the other. */
class Asker {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  private constructor(
    readonly dashboard: string,
    readonly gateway: string,
    private readonly pid: number,
    private readonly token: string,
  ) {}

  static async at(platform: Platform): Promise<Asker> {
    const { httpUrl, pid } = platform.service('dashboard');
    const token = await platform.token({ sub: 'bench', roles: ['inspector'], units: ['vn'], expiresIn: '8h' });
    await registryTaken(platform, token);
    return new Asker(httpUrl, platform.gatewayUrl, pid!, token);
  }

  async many(at: string, paths: readonly string[]): Promise<Took> {
    const took: number[] = [];
    const before = cpuTime(this.pid);
    for (const path of paths) {
      const began = performance.now();
      await this.one(new URL(path, at));
      took.push(performance.now() - began);
    }
    return { milliseconds: took, cpu: (cpuTime(this.pid) - before) / paths.length };
  }

  close(): void {
    this.agent.destroy();
  }

  private one(url: URL): Promise<void> {
    const headers = { authorization: `Bearer ${this.token}` };
    return new Promise((resolve, reject) => {
      get(url, { agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          if (response.statusCode === 200) resolve();
          else
            reject(
              new Error(`${response.statusCode} for ${url.href}: ${Buffer.concat(chunks).toString().slice(0, 500)}`),
            );
        });
      }).once('error', reject);
    });
  }
}

/** User and system time of a process, in milliseconds. */
function cpuTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function shown(name: string, { milliseconds: took, cpu }: Took): Measurement {
  const [p50, p99] = [median(took), quantile(took, 0.99)];
  return {
    figure: `the nation ${name.startsWith('by commune') || name.startsWith('by centre') ? '' : 'by province, '}${name}`,
    ours: `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}, CPU ${cpu.toFixed(1)} ms`,
  };
}

function aimed(name: string, took: Took, limit: number): Measurement {
  const p99 = quantile(took.milliseconds, 0.99);
  const against = { rival: milliseconds(limit), against: 'limit', ratio: p99 / limit };
  return { ...shown(name, took), ...against, aim: `p99 at most ${milliseconds(limit)}`, reached: p99 <= limit };
}

/** From the start of the process until it answers, with everything in memory. */
async function restart(platform: Platform): Promise<Measurement> {
  const dashboard = platform.service('dashboard');
  await dashboard.stop();
  const began = performance.now();
  await dashboard.start();
  const seconds = (performance.now() - began) / 1000;
  const cpu = cpuTime(dashboard.pid!) / 1000;
  return { figure: 'start of the dashboard', ours: `${seconds.toFixed(1)} s, CPU ${cpu.toFixed(1)} s` };
}
