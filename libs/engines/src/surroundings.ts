import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Surroundings, wantsDocker } from './choose.js';
import { dockerSilence } from './testcontainers.js';
import type { Env } from './open-url.js';

const run = promisify(execFile);

/** Looks around: which Java and mongod are on the PATH, and whether Docker answers if it is asked for. */
export async function lookAround(env: Env): Promise<Surroundings> {
  const [javaOnPath, mongodOnPath, dockerSilent] = await Promise.all([
    env.KAFKA_BROKERS ? undefined : javaVersion(env),
    env.MONGODB_URI ? undefined : mongodVersion(env),
    wantsDocker(env) ? dockerSilence() : undefined,
  ]);
  return { env, platform: process.platform, arch: process.arch, javaOnPath, mongodOnPath, dockerSilent };
}

async function javaVersion(env: Env): Promise<number | undefined> {
  const said = await run('java', ['-version'], { env, timeout: 20_000 }).catch(() => undefined);
  return said && javaMajor(said.stderr + said.stdout);
}

/** The major version in what `java -version` says, 8 for "1.8.0". */
export function javaMajor(said: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(said);
  return match ? Number(match[1]) : undefined;
}

async function mongodVersion(env: Env): Promise<string | undefined> {
  const said = await run('mongod', ['--version'], { env, timeout: 20_000 }).catch(() => undefined);
  return said && /db version v(\S+)/.exec(said.stdout)?.[1];
}
