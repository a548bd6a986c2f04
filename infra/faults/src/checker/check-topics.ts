import { partitionOf } from '@gdtx/kafka/partition';
import { ledgerName, type LedgerEntry, type Ledgers } from './check-ledgers.js';
import type { Violation } from './violation.js';

/** An entry as it was found in Kafka. */
export interface TopicEntry {
  service: string;
  unit: string;
  seq: number;
  id: string;
  hash: Buffer;
  partition: number;
  offset: bigint;
}

/**
 * Every entry of every ledger is in Kafka, in the partition of its unit, as the ledger has it; the first appearances of a
 * unit's entries are in order and without a gap. That an entry comes again is allowed. `messages` are in the order of each partition.
 */
export function checkTopics(ledgers: Ledgers, messages: readonly TopicEntry[]): Violation[] {
  const violations: Violation[] = [];
  const reached = new Map<string, number>();
  for (const message of messages) {
    const { unit, seq, partition, offset, id, hash } = message;
    const name = ledgerName(message);
    const place = `offset ${offset} of partition ${partition}`;
    if (partition !== partitionOf(unit)) {
      violations.push({
        kind: 'kafka-partition',
        what: `${name}/${seq} lies at ${place}, and not in ${partitionOf(unit)}`,
      });
    }
    const last = reached.get(name) ?? 0;
    if (seq > last + 1) violations.push({ kind: 'kafka-order', what: `${name}/${seq} follows ${last} at ${place}` });
    if (seq > last) reached.set(name, seq);
    const entry: LedgerEntry | undefined = ledgers.get(name)?.[seq - 1];
    if (!entry || entry.seq !== seq || entry.id !== id || !entry.hash.equals(hash)) {
      violations.push({ kind: 'kafka-changed', what: `${name}/${seq} at ${place} isn't the entry of the ledger` });
    }
  }
  for (const [name, entries] of ledgers) {
    const head = entries.at(-1)?.seq ?? 0;
    const seen = reached.get(name) ?? 0;
    if (seen < head)
      violations.push({ kind: 'not-in-kafka', what: `${name} ends at ${seen} in Kafka and at ${head} in its ledger` });
  }
  return violations;
}
