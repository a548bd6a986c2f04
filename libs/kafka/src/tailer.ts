import { randomUUID } from 'node:crypto';
import type { TailerOptions, TopicTailer } from './contract.js';
import type { Driver } from './driver.js';
import { endsOf, memberOptions, ATTEMPTS } from './group-reader.js';
import { silent } from './log.js';
import { startReader } from './reader.js';
import { deferred } from './retrying.js';

/** See `createTailer`. */
export function createTopicTailer(driver: Driver, options: TailerOptions): TopicTailer {
  const { topic } = options;
  const wanted = options.partitions && new Set(options.partitions);
  const start = options.from === 'earliest' ? undefined : options.from;
  const member = memberOptions(options, `${options.clientId}-tail-${randomUUID()}`, [topic]);
  const ask = endsOf(driver, options);
  /** Survives rebalances (a restarted broker), which a reader's own positions don't. */
  const positions = new Map<number, bigint>();
  let goals: Map<number, bigint> | undefined;
  const caughtUp = deferred();

  const reader = startReader({
    member: driver.member(member),
    ends: async (topics) => {
      const ends = await ask(topics);
      goals ??= new Map([...(ends.get(topic) ?? [])].map(([partition, { high }]) => [partition, high]));
      return ends;
    },
    wanted: wanted && (({ partition }) => wanted.has(partition)),
    from: async (_, partition) => positions.get(partition) ?? start?.get(partition) ?? 'earliest',
    onBatch: (batch, control) => options.onBatch(batch, control),
    onMoved: moved,
    onCrash: (error) => {
      caughtUp.reject(error);
      options.onCrash(error);
    },
    sessionTimeoutMs: member.sessionTimeoutMs,
    attempts: options.attempts ?? ATTEMPTS,
    commitEveryMs: 0,
    log: options.log ?? silent,
  });

  function moved(): void {
    for (const [key, position] of reader.positions()) positions.set(Number(key.slice(topic.length + 1)), position);
    if (!goals) return;
    const reached = [...goals].every(
      ([partition, goal]) => (wanted && !wanted.has(partition)) || (positions.get(partition) ?? -1n) >= goal,
    );
    if (reached) caughtUp.resolve();
  }

  return {
    caughtUp: caughtUp.promise,
    positions: () => positions,
    async stop() {
      caughtUp.reject(new Error('the tailer was stopped before it had caught up'));
      await reader.stop();
    },
  };
}
