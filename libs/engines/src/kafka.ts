import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Java } from './choose.js';
import type { Engine } from './engine.js';
import { EngineProcess, stopLeftOver } from './engine-process.js';
import { exists } from './cache.js';
import { kafkaAnswers } from './kafka-answers.js';
import { kafkaProperties, LOG4J2 } from './kafka-config.js';
import { keptPorts } from './kept-ports.js';
import { kafkaLibs, wheelProgram, type Provisioning } from './provision.js';
import { fileSystemRefusal, SetUpError } from './set-up-error.js';

const run = promisify(execFile);
/** Two or three seconds on a machine that has nothing else to do; one that is killed too soon begins anew, and has as much to do again. */
const READY_WITHIN_MS = 180_000;
const HEAP = ['-XX:+UseSerialGC', '-Xms384m', '-Xmx384m'];

/** A Kafka of one node under `home`/kafka, provisioned if need be, formatted at its first start, and answering. */
export async function startKafka(
  chosen: { java: Java; because: string },
  { home, env, onProgress, signal }: Provisioning & { home: string },
): Promise<Engine> {
  const folder = resolve(home, 'kafka');
  const at = { env, onProgress, signal };
  const [libs, java] = await Promise.all([
    kafkaLibs(at),
    chosen.java.kind === 'path' ? 'java' : wheelProgram(chosen.java.wheel, at),
  ]);
  const identity = { name: 'Kafka', folder, pidFile: join(folder, 'pid') };
  if (await stopLeftOver(identity)) onProgress('Stopped the Kafka of an earlier run that had not been stopped.');

  const [port, controllerPort] = (await keptPorts(join(folder, 'ports.json'), 2)) as [number, number];
  const dataDir = join(folder, 'data');
  const properties = join(folder, 'server.properties');
  const logging = join(folder, 'log4j2.xml');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(properties, kafkaProperties({ port, controllerPort, dataDir }));
    await writeFile(logging, LOG4J2);
  } catch (error) {
    throw fileSystemRefusal(error, folder) ?? error;
  }

  const options = [`-Dlog4j2.configurationFile=${logging}`, `-Dkafka.logs.dir=${folder}`, '-cp', join(libs, '*')];
  if (!(await exists(join(dataDir, 'meta.properties')))) await format(java, options, properties, env);

  const engine = new EngineProcess({
    ...identity,
    command: java,
    args: [...HEAP, ...options, 'kafka.Kafka', properties],
    env: { ...env },
    logFile: join(folder, 'kafka.log'),
    answers: () => kafkaAnswers(port),
    readyWithinMs: READY_WITHIN_MS,
    signal,
    explain: ({ lastWords }) => explainKafka(lastWords, port),
  });
  await engine.start();
  return {
    name: 'kafka',
    address: `127.0.0.1:${port}`,
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

async function format(java: string, options: string[], properties: string, env: NodeJS.ProcessEnv): Promise<void> {
  // A Kafka cluster id is a UUID in base64url: 22 characters, of which the first may be no dash (it would look like an option).
  const id = randomBytes(16).toString('base64url').replace(/^-/, 'A');
  const args = ['-Xmx64m', '-XX:TieredStopAtLevel=1', ...options, 'kafka.tools.StorageTool', 'format'];
  try {
    await run(java, [...args, '-t', id, '-c', properties, '--standalone'], { env, timeout: READY_WITHIN_MS });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1);
    throw new SetUpError(
      `Kafka's data folder could not be laid out (${said || (error as Error).message}): ` +
        'check that Java runs here (java -version), then run npm run reset and try again.',
      { cause: error },
    );
  }
}

/** The sentence for what is known to keep Kafka from starting. */
export function explainKafka(lastWords: string, port: number): string | undefined {
  if (/Address already in use|BindException/.test(lastWords)) {
    return `Port ${port} of Kafka was taken by another program while it started: try again, and it takes another one.`;
  }
  if (/No space left on device/.test(lastWords))
    return 'The disk is full, so Kafka could not start: free about 1 GB, then try again.';
  if (/insufficient memory|Cannot allocate memory|Could not reserve enough space/.test(lastWords)) {
    return 'Kafka found too little memory: close other programs so that about 1 GB is free, then try again.';
  }
  return undefined;
}
