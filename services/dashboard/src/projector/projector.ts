import { createConsumer, createTailer, type Log } from '@gdtx/kafka/client';
import { progressTopic } from '@gdtx/kafka/partition';
import type { UnknownEntry } from '../model.js';
import { ProjectorCore, type CoreOptions, type ProjectorCounts } from './core.js';
import type { OnStored } from './flusher.js';
import type { ProjectionLag } from './freshness.js';
import type { StoredFreshness } from './store.js';

export interface ProjectorOptions extends CoreOptions {
  brokers: readonly string[];
  clientId: string;
  /** Processes of one group share the partitions. */
  groupId: string;
  /** The process must end: reading has stopped for good. */
  onCrash(error: Error): void;
  log?: Log;
  sessionTimeoutMs?: number;
}

export interface Projector {
  /** The first assignment is being read. */
  readonly ready: Promise<void>;
  /** Everything in the assigned partitions is folded and stored. */
  caughtUp(): boolean;
  /** Documents as they were stored (`readUnitYear` unpacks one) and, with the last of a flush, the entries that are in them. */
  onChanged(listener: OnStored): () => void;
  /** Up to which entry of a ledger of this process' partitions `onChanged` has told. */
  seqOf(service: string, unit: string): number;
  freshness(): StoredFreshness;
  /** Ledgers of this process' partitions with entries that couldn't be folded. */
  incompleteUnits(): { service: string; unit: string; unknown: UnknownEntry[] }[];
  counts(): ProjectorCounts;
  /** How far the read model is behind what each service has published. */
  lag(): ProjectionLag[];
  /** Stores what was folded, then ends. */
  stop(): Promise<void>;
}

const TICK_MS = 100;
const LAST_FLUSH_MS = 5_000;

/** Reads what the owners say and folds it into the read model. */
export function startProjector(options: ProjectorOptions): Projector {
  const { brokers, clientId, groupId, topicPrefix, onCrash, log, sessionTimeoutMs } = options;
  const core = new ProjectorCore(options, (message, detail) => log?.('warn', message, detail));
  const connection = { brokers, clientId, ...(log ? { log } : {}) };
  const reader = createConsumer({
    ...connection,
    ...(sessionTimeoutMs ? { sessionTimeoutMs } : {}),
    groupId,
    topics: core.topics,
    from: (topic, partition) => core.loader.position(topic, partition),
    onBatch: (batch, control) => core.takeBatch(batch, control),
    onAssigned: (assignments) => core.assigned(assignments),
    onRevoked: (gone) => core.revoked(gone),
    onCrash,
  });
  const tailer = createTailer({
    ...connection,
    topic: progressTopic(topicPrefix),
    from: 'earliest',
    onBatch: (batch) => Promise.resolve(core.takeWords(batch)),
    onCrash,
  });
  // Whether it catches up doesn't matter: who was never heard is named.
  tailer.caughtUp.catch(() => undefined);
  const ticker = setInterval(() => core.tick(), TICK_MS);

  return {
    ready: reader.ready,
    caughtUp: () => reader.caughtUp() && core.idle,
    onChanged: (listener) => core.onChanged(listener),
    seqOf: (service, unit) => core.seqOf(service, unit),
    freshness: () => core.freshness(),
    incompleteUnits: () => core.incompleteUnits(),
    counts: () => core.counts(),
    lag: () => core.projectionLag(),
    async stop() {
      clearInterval(ticker);
      await Promise.all([reader.stop(), tailer.stop()]);
      await core.schedule.drain(LAST_FLUSH_MS);
      core.schedule.stop();
    },
  };
}
