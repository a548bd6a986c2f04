import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort } from '@gdtx/engines/ports';
import { isAlive } from '@gdtx/engines/process-identity';
import { ServiceProcess, stopLeftServices } from '../src/service-process.js';

const script = fileURLToPath(new URL('./fake-service.mjs', import.meta.url));
const PATIENCE_MS = 15_000;

let home: string;
let service: ServiceProcess;
let said: string[];
let crashWhen: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'gdtx-service-'));
  crashWhen = join(home, 'crash');
  said = [];
  service = await newService();
});
afterEach(async () => {
  await service.stop();
  await rm(home, { recursive: true, force: true });
});

async function newService(): Promise<ServiceProcess> {
  const port = await freePort();
  return new ServiceProcess({
    name: 'programmes',
    script,
    home,
    env: { PATH: process.env.PATH, HTTP_PORT: String(port), STARTS: join(home, 'starts'), CRASH_WHEN: crashWhen },
    isReady: async () => (await fetch(`http://127.0.0.1:${port}`)).ok,
    say: (line) => said.push(line),
    pauseFactor: 0.1,
  });
}

const starts = async () => (await readFile(join(home, 'starts'), 'utf8')).trim().split('\n');

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !holds(); await pause(20)) {
    if (Date.now() > end) throw new Error(`still not so; said: ${said.join(' | ')}`);
  }
}

test('starts, is ready, stops in order, and starts again', async () => {
  await service.start();
  await service.ready(PATIENCE_MS);
  const first = service.pid as number;
  await service.stop();
  expect(isAlive(first)).toBe(false);
  expect(await starts()).toEqual([String(first), 'stopped']);
  await service.start();
  await service.ready(PATIENCE_MS);
  expect(service.pid).not.toBe(first);
  expect(service.restartCount).toBe(0);
  expect(said).toEqual([]);
});

test('stopped and started again at once, it has not crashed', async () => {
  await service.start();
  await service.ready(PATIENCE_MS);
  await service.stop();
  await service.start();
  await service.ready(PATIENCE_MS);
  await pause(200);
  expect(service.restartCount).toBe(0);
  expect(said).toEqual([]);
});

test('killed, it is said to have crashed and is started again', async () => {
  await service.start();
  await service.ready(PATIENCE_MS);
  await service.kill();
  await until(() => service.pid !== undefined);
  await service.ready(PATIENCE_MS);
  expect(service.restartCount).toBe(1);
  expect(said.join('\n')).toMatch(
    /^programmes crashed \(SIGKILL\) and is started again in 0\.05 s\. Its log: .*logs\/programmes\.log$/,
  );
});

test('killed to stay down, it stays down', async () => {
  await service.start();
  await service.ready(PATIENCE_MS);
  await service.kill({ restart: false });
  await pause(300);
  expect(service.pid).toBeUndefined();
  expect(said).toEqual([]);
  await service.start();
  await service.ready(PATIENCE_MS);
});

test('crashing at every start before it was ever ready, it is given up with its last words', async () => {
  await writeFile(crashWhen, '');
  await service.start();
  const refused = await service.ready(PATIENCE_MS).catch((error: Error) => error.message);
  expect(refused).toMatch(/^programmes does not start. Its log: .*programmes.log\n/);
  expect(refused).toContain('    the service could not start: no database');
  expect(await starts()).toHaveLength(3);
  expect(said).toHaveLength(3);
  expect(said.at(-2)).toContain('    the service could not start: no database');
  expect(said.at(-1)).toBe('programmes crashed (exit code 1) and is not started again.');
});

test('crashing after it was ready, it is tried again until it comes up', async () => {
  await service.start();
  await service.ready(PATIENCE_MS);
  await writeFile(crashWhen, '');
  await service.kill();
  await until(() => service.restartCount >= 4);
  await rm(crashWhen);
  await service.ready(PATIENCE_MS);
}, 30_000);

test('what a dead run has left is stopped, and a stranger with its process id is not', async () => {
  // As after a power cut of the runner: a process nobody watches any more, and its id in the file that the runner wrote.
  const orphan = spawn(process.execPath, [script, `--home=${home}`], {
    env: { PATH: process.env.PATH, HTTP_PORT: String(await freePort()), STARTS: join(home, 'starts') },
    detached: true,
    stdio: 'ignore',
  });
  const gone = once(orphan, 'exit');
  const pid = orphan.pid as number;
  await mkdir(join(home, 'pids'), { recursive: true });
  await writeFile(join(home, 'pids', 'programmes.pid'), `${pid}\n`);
  expect(await stopLeftServices(home, ['programmes', 'centres'])).toEqual(['programmes']);
  await gone;
  expect(isAlive(pid)).toBe(false);
  await writeFile(join(home, 'pids', 'centres.pid'), `${process.pid}\n`);
  expect(await stopLeftServices(home, ['centres'])).toEqual([]);
});
