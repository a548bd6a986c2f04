import { Entry, Progress } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createTailer } from '@gdtx/kafka/client';
import { progressTopic, topicOf } from '@gdtx/kafka/partition';
import type { TestEngines } from '@gdtx/testing/test-engines';

export interface PublishedEntry {
  entry: Entry;
  partition: number;
  offset: number;
}

/** Everything that is in a service's topic now, with its place. */
export async function publishedEntries(engines: TestEngines, service: string): Promise<PublishedEntry[]> {
  const found: PublishedEntry[] = [];
  await readAll(engines, topicOf(engines.topicPrefix, service), (value, partition, offset) =>
    found.push({ entry: Entry.decode(value), partition, offset }),
  );
  return found;
}

/** What a service's relay has said about how far it is, as far as it isn't compacted away. */
export async function progressOf(engines: TestEngines, service: string): Promise<Progress[]> {
  const found: Progress[] = [];
  await readAll(engines, progressTopic(engines.topicPrefix), (value) => found.push(Progress.decode(value)));
  return found.filter((progress) => progress.service === service);
}

async function readAll(
  { brokers }: TestEngines,
  topic: string,
  take: (value: Buffer, partition: number, offset: number) => void,
): Promise<void> {
  const tailer = createTailer({
    ...{ brokers, clientId: 'test-reader', topic, from: 'earliest' },
    onBatch: async ({ messages, partition }) => {
      for (const { value, offset } of messages) if (value) take(value, partition, Number(offset));
    },
    onCrash: () => undefined,
  });
  await tailer.caughtUp;
  await tailer.stop();
}

/** The seqs of one ledger as a reader takes them, who skips what it knows: 1, 2, 3 … unless something came too early. */
export function taken(published: readonly PublishedEntry[], unit: string): number[] {
  const seqs: number[] = [];
  for (const { entry } of published) {
    if (entry.unit === unit && entry.seq > (seqs.at(-1) ?? 0)) seqs.push(entry.seq);
  }
  return seqs;
}

export const upTo = (seq: number): number[] => Array.from({ length: seq }, (_, i) => i + 1);
