import type { Ran } from './run-program.js';

/** What a measured program is told by whoever started it. */
export function environment() {
  const { KAFKA_BROKERS = '', TOPIC_PREFIX = '', TOPICS = '', ENTRIES = '0', MONGODB_URI = '' } = process.env;
  return {
    brokers: KAFKA_BROKERS.split(','),
    topicPrefix: TOPIC_PREFIX,
    topics: TOPICS.split(','),
    entries: Number(ENTRIES),
    mongodbUri: MONGODB_URI,
  };
}

/** Tells what was done since `began`, and ends. */
export function done(entries: number, began: number): never {
  say(entries, (performance.now() - began) / 1000);
  process.exit(0);
}

export function say(entries: number, seconds: number): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const ran: Ran = {
    entries,
    seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    mostMb: Math.round(maxRSS / 1024),
  };
  console.log(JSON.stringify(ran));
}
