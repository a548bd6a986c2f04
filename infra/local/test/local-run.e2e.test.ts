import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '@gdtx/engines/ports';
import { isAlive } from '@gdtx/engines/process-identity';

/** `npm start` as a person meets it: the whole platform on engines of its own, told by what it prints. */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const bootstrap = join(root, 'infra/local/bootstrap.mjs');
const FIRST_START_MS = 300_000;
const run = promisify(execFile);

let home: string;
let env: NodeJS.ProcessEnv;
let runner: Runner;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gdtx-local-run-'));
  const { KAFKA_BROKERS: _k, MONGODB_URI: _m, NODE_OPTIONS: _o, ...inherited } = process.env;
  env = { ...inherited, GDTX_HOME: home, GDTX_PORT: String(await freePort()) };
});

afterAll(async () => {
  await runner?.end('SIGTERM');
  await rm(home, { recursive: true, force: true });
}, 60_000);

/** A running `npm start`, with all that it has printed. */
class Runner {
  printed = '';
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;

  constructor() {
    this.child = spawn(process.execPath, [bootstrap, 'start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (chunk) => (this.printed += String(chunk)));
    this.child.stderr?.on('data', (chunk) => (this.printed += String(chunk)));
    this.exited = new Promise((resolve) => this.child.once('exit', resolve));
  }

  async prints(what: RegExp, withinMs: number): Promise<RegExpExecArray> {
    for (const until = Date.now() + withinMs; Date.now() < until; await pause(50)) {
      const found = what.exec(this.printed);
      if (found) return found;
      if (this.child.exitCode !== null) break;
    }
    throw new Error(`never printed ${what}, but:\n${this.printed}`);
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }
}

const pidOf = async (file: string) => Number(await readFile(join(home, file), 'utf8'));

/** Process ids of all that a run has started. */
async function pids(): Promise<number[]> {
  const services = ['gateway', 'provinces', 'centres', 'programmes', 'community-learning', 'inspections', 'dashboard'];
  return Promise.all(['kafka/pid', 'mongodb/pid', ...services.map((name) => `pids/${name}.pid`)].map(pidOf));
}

describe('npm start', () => {
  test(
    'starts everything, publishes the first facts without a refusal, and says where to go',
    async () => {
      runner = new Runner();
      await runner.prints(/Ctrl-C stops everything/, FIRST_START_MS);
      const refused = [...runner.printed.matchAll(/ndjson: \d+ accepted, \d+ duplicate, (\d+) refused/g)].map(
        ([, n]) => n,
      );
      expect(refused.length).toBeGreaterThanOrEqual(5);
      expect(new Set(refused)).toEqual(new Set(['0']));
      expect((await pids()).every(isAlive)).toBe(true);
    },
    FIRST_START_MS,
  );

  test('the command that it prints shows a figure', async () => {
    const [command] = await runner.prints(/curl -s .*v1\/figures\?indicator.*/, 1);
    for (const until = Date.now() + 30_000; ; await pause(200)) {
      const { stdout } = await run('sh', ['-c', command], { cwd: root, env, timeout: 40_000 });
      const figure = JSON.parse(stdout) as { value?: number };
      if (figure.value === 29_813) break;
      if (Date.now() > until) throw new Error(`not the figure of the seed: ${stdout}`);
    }
  }, 60_000);

  test('a second run on the same data is refused in one sentence', async () => {
    const second = await run(process.execPath, [bootstrap, 'start'], { cwd: root, env, timeout: 40_000 }).catch(
      (error: unknown) => error,
    );
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^npm start \(process \d+\) is running on .*\n$/),
    });
    const reset = await run(process.execPath, [bootstrap, 'reset'], { cwd: root, env, timeout: 40_000 }).catch(
      (error: unknown) => error,
    );
    expect(reset).toMatchObject({ code: 1, stderr: expect.stringMatching(/is running on/) });
  }, 60_000);

  test('a service that crashes is said to have, and is started again', async () => {
    const before = await pidOf('pids/inspections.pid');
    process.kill(before, 'SIGKILL');
    await runner.prints(/inspections crashed \(SIGKILL\) and is started again in 0\.5 s/, 30_000);
    for (const until = Date.now() + 30_000; ; await pause(100)) {
      const now = await pidOf('pids/inspections.pid').catch(() => before);
      if (now !== before && isAlive(now)) break;
      if (Date.now() > until) throw new Error('it was not started again');
    }
  }, 90_000);

  test('Ctrl-C stops everything in order, and the data stays', async () => {
    const running = await pids();
    expect(await runner.end('SIGINT')).toBe(0);
    expect(runner.printed).toMatch(
      /Stopping the gateway, the owners, the dashboard\.\nStopping Kafka and MongoDB\.\nStopped\./,
    );
    expect(running.filter(isAlive)).toEqual([]);
    expect((await stat(join(home, 'mongodb', 'data'))).isDirectory()).toBe(true);
  }, 60_000);

  test('the second start publishes nothing again; reset clears what it has left', async () => {
    runner = new Runner();
    await runner.prints(/The platform is ready at \S+ after [\d.]+ s/, 90_000);
    expect(runner.printed).toMatch(/files of first facts were published before/);
    expect(await runner.end('SIGTERM')).toBe(0);
    const { stdout } = await run(process.execPath, [bootstrap, 'reset'], { cwd: root, env, timeout: 40_000 });
    expect(stdout).toBe(`Cleared ${home}: the next npm start begins with empty ledgers.\n`);
    await expect(stat(home)).rejects.toThrow('ENOENT');
  }, 120_000);
});
