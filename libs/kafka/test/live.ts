import { describe } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Assignment, Batch, BatchControl, ConsumerOptions, OutgoingMessage, Position } from '../src/contract.js';
import { createConsumer } from '../src/client.js';

const given = process.env.KAFKA_BROKERS;

export const brokers = given ? given.split(',') : [];

/** Tests with a real Kafka, or the reason why they don't run: jest keeps quiet about what it skips. */
export function describeOr(reason: string | undefined, name: string, tests: () => void): void {
  if (reason === undefined) return describe(name, tests);
  process.stderr.write(`Skipped "${name}": ${reason}\n`);
  describe.skip(name, tests);
}

export function withKafka(name: string, tests: () => void): void {
  describeOr(given ? undefined : 'KAFKA_BROKERS names no broker.', name, tests);
}

/** A prefix of topics that no other test uses. */
export function ownPrefix(): string {
  return `t${randomUUID().slice(0, 8)}.`;
}

export async function eventually(check: () => boolean, what: string, withinMs = 30_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (!check()) {
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function messagesFor(topic: string, partition: number, values: readonly string[]): OutgoingMessage[] {
  return values.map((value) => ({ topic, partition, key: 'unit', value: Buffer.from(value) }));
}

export function numbered(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, i) => String(from + i));
}

/** What a consumer under test was given, in the order in which it was given. */
export class Heard {
  readonly values: string[] = [];
  readonly assigned: (readonly Assignment[])[] = [];
  readonly revoked: number[] = [];
  readonly crashes: Error[] = [];

  take(batch: Batch): void {
    for (const { value } of batch.messages) this.values.push(String(value));
  }
}

export function listen(
  options: Pick<ConsumerOptions, 'groupId' | 'topics'> & Partial<ConsumerOptions>,
  heard = new Heard(),
  start: Position = 'earliest',
) {
  const reader = createConsumer({
    brokers,
    clientId: 'test',
    from: async () => start,
    onBatch: async (batch: Batch, _: BatchControl) => heard.take(batch),
    onAssigned: (assignments) => void heard.assigned.push(assignments),
    onRevoked: (assignments) => void heard.revoked.push(assignments.length),
    onCrash: (error) => void heard.crashes.push(error),
    ...options,
  });
  return { reader, heard };
}
