import { createPartitionReader, partitionKey, type ConnectionOptions } from '@gdtx/kafka/client';
import type { Behind } from './catch-up.js';
import { ProjectorCore, type ProjectorCounts } from './core.js';
import type { LedgerOwners } from './owners.js';
import type { ProjectorStore } from './store.js';

export interface ShareOptions extends ConnectionOptions {
  topicPrefix: string;
  store: ProjectorStore;
  maxBytes: number;
  services: readonly string[];
}

const LOOK_EVERY_MS = 500;
/** What isn't stored when it has to stop is folded again by whoever comes next. */
const STOPPED_FLUSH_MS = 2_000;
const LAST_FLUSH_MS = 10 * 60_000;

/**
 * Owners aren't asked while catching up: a ledger with a gap, or one that has to be folded anew, stays where it is, and
 * comparing heads afterwards finds it.
 */
const NOBODY: LedgerOwners = {
  async *heads() {},
  republish: () => Promise.resolve(),
  readLedger: () => {
    throw new Error('nobody is asked while catching up');
  },
  close() {},
};

/** Folds some partitions up to their ends and stores all of it. Rejects when reading or storing has failed for good. */
export async function foldShare(
  options: ShareOptions,
  share: readonly Behind[],
  signal: AbortSignal,
  report: (counts: ProjectorCounts) => void,
): Promise<void> {
  const { topicPrefix, store, maxBytes, services, ...connection } = options;
  const warn = (message: string, detail: Record<string, unknown>) => connection.log?.('warn', message, detail);
  const core = new ProjectorCore({ topicPrefix, store, maxBytes, services, owners: NOBODY, catchingUp: true }, warn);
  const left = new Map(share.map(({ topic, partition, end }) => [partitionKey(topic, partition), end]));
  let [resolve, reject]: [() => void, (error: Error) => void] = [() => undefined, () => undefined];
  const over = new Promise<void>((...both) => ([resolve, reject] = both));
  signal.addEventListener('abort', resolve);
  if (signal.aborted) resolve();
  const reader = createPartitionReader({
    ...connection,
    partitions: share,
    from: (topic, partition) => core.loader.position(topic, partition),
    onAssigned: (assignments) => core.assigned(assignments),
    onRevoked: (gone) => core.revoked(gone),
    async onBatch(batch, control) {
      await core.takeBatch(batch, control);
      if (control.isStale()) return;
      const key = partitionKey(batch.topic, batch.partition);
      if (batch.lastOffset + 1n >= (left.get(key) ?? 0n)) left.delete(key);
      if (left.size === 0) resolve();
    },
    onCrash: reject,
  });
  reader.ready.catch(reject);
  const looking = setInterval(() => {
    core.trim();
    report(core.counts());
    // Offsets before an end may hold nothing.
    if (reader.caughtUp()) resolve();
  }, LOOK_EVERY_MS);
  try {
    await over;
    const deadline = performance.now() + LAST_FLUSH_MS;
    while (!core.idle && !signal.aborted && performance.now() < deadline) await core.schedule.drain(STOPPED_FLUSH_MS);
    await core.schedule.drain(STOPPED_FLUSH_MS);
    core.trim();
    report({ ...core.counts(), bytes: 0, gaps: 0 });
  } finally {
    clearInterval(looking);
    await reader.stop();
    core.schedule.stop();
  }
}
