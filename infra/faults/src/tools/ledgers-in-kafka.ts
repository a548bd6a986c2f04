import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { topicOf } from '@gdtx/kafka/partition';
import { readValues } from './topic-values.js';

/** The highest seq of each ledger of a service (`service/unit`) that is in Kafka. */
export async function ledgersInKafka(
  brokers: readonly string[],
  topicPrefix: string,
  service: string,
): Promise<Map<string, number>> {
  const reached = new Map<string, number>();
  for (const { value } of await readValues(brokers, topicOf(topicPrefix, service))) {
    const { unit, seq } = Entry.decode(value);
    const name = `${service}/${unit}`;
    reached.set(name, Math.max(seq, reached.get(name) ?? 0));
  }
  return reached;
}
