/** The membership as it was is over, or so the coordinator says. */
export function endsMembership(error: unknown): boolean {
  return MEMBERSHIP_ENDS.has(String((error as { type?: string } | null)?.type));
}

const MEMBERSHIP_ENDS = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'NOT_COORDINATOR_FOR_GROUP',
]);

/**
 * kafkajs declares these not to be worth another attempt, and ends the consumer, although brokers that restart or a slow moment
 * cause them. What is wrong for good (settings that brokers refuse, a lacking right, a bug) isn't among them.
 */
export function mayPass(error: unknown): boolean {
  const { name, cause } = (error ?? {}) as { name?: string; cause?: unknown };
  return PASSING.has(String(name)) || (cause !== undefined && mayPass(cause));
}

const PASSING = new Set([
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSTimeout',
  'KafkaJSLockTimeout',
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
]);
