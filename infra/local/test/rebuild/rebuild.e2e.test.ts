import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines } from '@gdtx/testing/test-engines';
import { startPlatform, type Platform } from '../../src/platform.js';
import { keptEnvironment } from '../../src/service-environment.js';
import { event, OURS, WORLD } from '../hostile/world.js';

const PROGRAM = fileURLToPath(new URL('../../../../services/dashboard/dist/rebuild/main.js', import.meta.url));
const ROLES = ['inspector', 'registrar', 'province-officer', 'commune-officer', 'centre-publisher'];

let home: string;
let platform: Platform;
let authorization: string;
const engines = testEngines('rebuild-e2e');

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gdtx-rebuild-'));
  platform = await startPlatform({
    home,
    engines: { kafkaBrokers: engines.brokers, mongodbUri: process.env['MONGODB_URI']! },
    topicPrefix: engines.topicPrefix,
    databasePrefix: engines.topicPrefix.replaceAll(/[.-]/g, '_'),
  });
  authorization = `Bearer ${await platform.token({ sub: 'rebuild', roles: ROLES, units: ['vn'] })}`;
  await eventually(async () => expect(await publish(WORLD)).toMatchObject({ refused: 0 }), 60_000);
}, 180_000);
afterAll(async () => {
  await platform.stop();
  await rm(home, { recursive: true, force: true });
}, 60_000);

async function publish(facts: unknown) {
  const headers = { authorization, 'content-type': 'application/json' };
  const body = JSON.stringify(facts);
  const response = await fetch(`${platform.gatewayUrl}/v1/facts`, { method: 'POST', headers, body });
  return (await response.json()) as { refused: number; results: { unit: string; seq: number }[] };
}

/** One learner more, and the figure in which that is: asked for again while it isn't there yet, which takes as long as the machine is busy. */
async function enrolAndAsk(number: number): Promise<{ status: number; value: number }> {
  const data = { class: 'k12', occurredOn: '2024-09-06', learners: { total: 1 } };
  const { results } = await publish([event(`rebuild-${number}`, 'programmes/LearnersEnrolled', OURS, data)]);
  const { unit, seq } = results[0]!;
  const query = `indicator=learners-enrolled&unit=${OURS}&after=programmes/${unit}/${seq}`;
  for (;;) {
    const response = await fetch(`${platform.gatewayUrl}/v1/figures?${query}`, { headers: { authorization } });
    const { value, slug } = (await response.json()) as { value: number; slug?: string };
    if (slug !== 'not-yet') return { status: response.status, value };
  }
}

/** Runs the command with the dashboard's environment, as an operator would; `until`: calls back with each line. */
async function command(args: string[], onLine: (line: string, child: ChildProcess) => void = () => {}) {
  const env = { ...process.env, NODE_OPTIONS: '', ...(await keptEnvironment(home, 'dashboard')) };
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const some = text.split('\n').filter(Boolean);
    lines.push(...some);
    for (const line of some) onLine(line, child);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, lines };
}

test('a read model is rebuilt and exchanged while figures are asked for; a kill in the middle leaves nothing half', async () => {
  const live = await fetch(`${platform.gatewayUrl}/v1/live`, { headers: { authorization } });
  const subscriber = live.body!.getReader();
  let asked = 0;
  let isOver = false;
  const first = (await enrolAndAsk(0)).value;
  const asking = (async () => {
    while (!isOver) expect(await enrolAndAsk((asked += 1))).toEqual({ status: 200, value: first + asked });
  })();

  const killed = await command([], (line, child) => line.startsWith('Building') && child.kill('SIGKILL'));
  expect(killed.code).toBeNull();
  const done = await eventually(async () => {
    const ran = await command([]);
    expect(ran.lines.join('\n')).not.toContain('is rebuilding just now');
    return ran;
  }, 60_000);
  expect([done.code, done.lines]).toEqual([0, expect.arrayContaining(['No difference.'])]);
  expect(done.lines[0]).toMatch(/left half built/);
  expect(done.lines.join('\n')).toContain('1 of 1 dashboards have loaded it');
  const back = await command(['--back']);
  expect([back.code, back.lines.join('\n')]).toEqual([0, expect.stringContaining('Swapped back')]);
  const dropped = await eventually(async () => {
    const ran = await command(['--drop-old']);
    expect(ran.code).toBe(0);
    return ran;
  }, 60_000);
  expect(dropped.lines).toEqual([expect.stringMatching(/^Dropped .*_3\.$/)]);

  isOver = true;
  await asking;
  expect(asked).toBeGreaterThan(5);
  // The subscriber is still connected, and hears of the last one.
  const { value: last } = await enrolAndAsk((asked += 1));
  expect(last).toBe(first + asked);
  const decoder = new TextDecoder();
  let heard = '';
  while (!heard.includes(`"seq":`) || !heard.includes('learners-enrolled')) {
    const { done: ended, value } = await subscriber.read();
    expect(ended).toBe(false);
    heard += decoder.decode(value);
  }
  await subscriber.cancel();
}, 420_000);

test('what it is asked for in the wrong way is said in a sentence', async () => {
  expect(await command(['--backwards'])).toMatchObject({ code: 2 });
  const both = await command(['--back', '--drop-old']);
  expect(both).toEqual({ code: 2, lines: ['One thing at a time: see --help.'] });
  expect((await command(['--back'])).lines).toEqual(['There is no former read model to go back to.']);
});
