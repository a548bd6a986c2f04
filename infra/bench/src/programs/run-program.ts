import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { topicOf } from '@gdtx/kafka/partition';
import { SPEAKING_SERVICES } from '@gdtx/kafka/topics';
import type { DataSet } from '../data/data-set.js';

/** What a measured program has done, and what it took of the machine, from its start to its end. */
export interface Ran {
  entries: number;
  /** From its first connection until everything was done. */
  seconds: number;
  cpuSeconds: number;
  /** Resident, at most. */
  mostMb: number;
}

export interface Program {
  /** Under dist/. */
  script: string;
  flags?: readonly string[];
  mongodbUri?: string;
  /** Default: all of the data set. */
  entries?: number;
}

/** Runs a program over the data set as a process of its own, as it would run in production: compiled. */
export async function runProgram(of: Program, { brokers, topicPrefix, entries }: DataSet): Promise<Ran> {
  const script = fileURLToPath(new URL(`../../dist/${of.script}`, import.meta.url));
  const child = spawn(process.execPath, [...(of.flags ?? []), script], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
      KAFKAJS_NO_PARTITIONER_WARNING: '1',
      KAFKA_BROKERS: brokers.join(','),
      TOPIC_PREFIX: topicPrefix,
      TOPICS: SPEAKING_SERVICES.map((service) => topicOf(topicPrefix, service)).join(','),
      ENTRIES: String(of.entries ?? entries),
      MONGODB_URI: of.mongodbUri ?? '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`${of.script} ended with exit code ${code}`);
  return JSON.parse(said.trim().split('\n').at(-1)!) as Ran;
}
