import { cpus, loadavg, totalmem } from 'node:os';
import type { Engines } from '@gdtx/engines/engines';
import { KAFKA_VERSION } from '@gdtx/engines/sources';
import mongoose from 'mongoose';

/** What figures are worthless without. */
export interface Machine {
  cores: number;
  processor: string;
  memoryGb: number;
  node: string;
  kafka: string;
  mongod: string;
  /** Running and waiting processes, averaged over a minute, before the first benchmark. */
  load: number;
}

/** How busy the machine is by others, to be asked before a benchmark begins. */
export function currentLoad(): number {
  return loadavg()[0]!;
}

export async function describeMachine(engines: Engines, load: number): Promise<Machine> {
  const connection = await mongoose.createConnection(engines.mongodbUri).asPromise();
  try {
    const { version } = (await connection.getClient().db('admin').command({ buildInfo: 1 })) as { version: string };
    return {
      cores: cpus().length,
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      memoryGb: Math.round(totalmem() / 1024 ** 3),
      node: process.versions.node,
      kafka: engines.kafka.controllable ? KAFKA_VERSION : 'given',
      mongod: version,
      load,
    };
  } finally {
    await connection.close();
  }
}

export function machineSentence({ cores, processor, memoryGb, node, kafka, mongod, load }: Machine): string {
  return (
    `${cores} cores (${processor}), ${memoryGb} GB, Node ${node}, Kafka ${kafka}, mongod ${mongod}; ` +
    `client, services and engines together; load ${load.toFixed(1)} when it began.`
  );
}
