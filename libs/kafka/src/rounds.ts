import { partitionKey, type OutgoingMessage } from './contract.js';

/**
 * kafkajs puts all messages that a request holds for a partition into one record batch, and a broker refuses a record batch
 * larger than the topic's `max.message.bytes` for good. It also copies the list once per message, which a long list makes slow.
 */
export const ROUND_MESSAGES = 1_000;
export const ROUND_BYTES = 512 * 1024;

/** Splits a batch into requests to be sent one after another, each within the limits per partition, order kept per partition. */
export function inRounds(
  messages: readonly OutgoingMessage[],
  limits = { messages: ROUND_MESSAGES, bytes: ROUND_BYTES },
): OutgoingMessage[][] {
  const rounds: OutgoingMessage[][] = [];
  const filling = new Map<string, { round: number; messages: number; bytes: number }>();
  for (const message of messages) {
    const key = partitionKey(message.topic, message.partition);
    const bytes = message.value.length + (message.key?.length ?? 0);
    let open = filling.get(key);
    if (!open) filling.set(key, (open = { round: 0, messages: 0, bytes: 0 }));
    if (open.messages > 0 && (open.messages >= limits.messages || open.bytes + bytes > limits.bytes)) {
      open.round += 1;
      open.messages = 0;
      open.bytes = 0;
    }
    open.messages += 1;
    open.bytes += bytes;
    (rounds[open.round] ??= []).push(message);
  }
  return rounds;
}
