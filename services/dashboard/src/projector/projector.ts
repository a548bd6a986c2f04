import { availableParallelism } from 'node:os';
import { createConsumer, createTailer, type Log } from '@gdtx/kafka/client';
import { progressTopic } from '@gdtx/kafka/partition';
import type { UnknownEntry } from '../model.js';
import { CatchUp } from './catch-up.js';
import { inThreads } from './catch-up-threads.js';
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
  /** How threads reach the store's database, so that they can catch up from far behind; without it, it is done without them. */
  catchUp?: CatchUpWith;
}

export interface CatchUpWith {
  mongodbUri: string;
  /** Messages that are to be read, from which on it is worth starting threads. Default 100,000. */
  fromMessages?: number;
  /** Default: as many as there are processors, at most 4. */
  threads?: number;
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

const CATCH_UP_FROM = 100_000;
const MOST_THREADS = 4;
const CATCH_UP_BYTES = 128 * 1024 * 1024;

/** Reads what the owners say and folds it into the read model. */
export function startProjector(options: ProjectorOptions): Projector {
  const { brokers, clientId, groupId, topicPrefix, onCrash, log, sessionTimeoutMs } = options;
  const core = new ProjectorCore(options, (message, detail) => log?.('warn', message, detail));
  const connection = { brokers, clientId, ...(log ? { log } : {}) };
  const catchUp = catchUpOf(options, core);
  const reader = createConsumer({
    ...connection,
    ...(sessionTimeoutMs ? { sessionTimeoutMs } : {}),
    groupId,
    topics: core.topics,
    from: (topic, partition, end) => catchUp.position(topic, partition, end),
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
    counts: () => catchUp.addedTo(core.counts()),
    lag: () => core.projectionLag(),
    async stop() {
      clearInterval(ticker);
      await catchUp.stop();
      await Promise.all([reader.stop(), tailer.stop()]);
      await core.schedule.drain(LAST_FLUSH_MS);
      core.schedule.stop();
    },
  };
}

function catchUpOf(
  { brokers, clientId, topicPrefix, log, catchUp, maxBytes, store }: ProjectorOptions,
  core: ProjectorCore,
): CatchUp {
  const warn = (message: string, detail: Record<string, unknown>) => log?.('warn', message, detail);
  const { mongodbUri = '', fromMessages = CATCH_UP_FROM } = catchUp ?? {};
  const threads = catchUp?.threads ?? Math.min(availableParallelism(), MOST_THREADS);
  const work = { brokers, clientId, topicPrefix, services: core.services };
  const bytes = Math.floor((maxBytes ?? CATCH_UP_BYTES) / threads);
  return new CatchUp({
    position: (topic, partition) => core.loader.position(topic, partition),
    foldShare: inThreads({ ...work, mongodbUri, database: store.database ?? '', maxBytes: bytes }, warn),
    shares: threads,
    from: mongodbUri && store.database ? fromMessages : Infinity,
    warn,
  });
}
