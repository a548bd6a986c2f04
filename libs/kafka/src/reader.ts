import type { Assignment, BatchControl, ConsumerOptions, TopicPartition } from './contract.js';
import { Assigned } from './assigned.js';
import type { Ends, GroupMember, RawBatch } from './driver.js';
import type { Log } from './log.js';
import { asError, backoffMs, deferred, sleep } from './retrying.js';

export interface ReaderPlan extends Pick<ConsumerOptions, 'from' | 'onBatch' | 'onAssigned' | 'onRevoked' | 'onCrash'> {
  member: GroupMember;
  /** The ends of the topics' partitions, by topic and partition. */
  ends(topics: readonly string[]): Promise<Map<string, Map<number, Ends>>>;
  /** Partitions that are assigned but not wanted stay paused. */
  wanted?(partition: TopicPartition): boolean;
  /** Called when positions have changed. */
  onMoved?(): void;
  sessionTimeoutMs: number;
  attempts: number;
  /** 0: never. */
  commitEveryMs: number;
  log: Log;
  now?(): number;
}

export interface Reader {
  ready: Promise<void>;
  positions(): ReadonlyMap<string, bigint>;
  caughtUp(): boolean;
  stop(): Promise<void>;
}

/**
 * Reads as a group member: places each assignment at the caller's positions, delivers what comes next and nothing else, and
 * ends with `onCrash` when it can't go on.
 *
 * In kafkajs the partitions of a new assignment are fetched from the committed offset at once. So they are paused in `joined`, which
 * comes before the first fetch, and are resumed when the stored positions are known and sought.
 */
export function startReader(plan: ReaderPlan): Reader {
  const { member, log, now = () => performance.now() } = plan;
  let current: Assigned | undefined;
  let stopping: Promise<void> | undefined;
  let crashed = false;
  let aliveAt = now();
  let callbacks: Promise<void> = Promise.resolve();
  const running = new Set<Promise<void>>();
  const ready = deferred();
  const commits = plan.commitEveryMs > 0 ? setInterval(() => void commit(), plan.commitEveryMs).unref() : undefined;

  const over = () => crashed || stopping !== undefined;

  function crash(thrown: unknown): void {
    if (over()) return;
    crashed = true;
    clearInterval(commits);
    const error = asError(thrown);
    log('error', 'the reader ends', { error: error.message });
    revoke();
    ready.reject(error);
    member.stop().catch(() => {});
    plan.onCrash(error);
  }

  /** Callbacks run one after another, in the order of what they tell of. */
  function tell(callback: () => void | Promise<void>): Promise<void> {
    callbacks = callbacks.then(callback).catch(crash);
    return callbacks;
  }

  function revoke(): void {
    const gone = current;
    if (!gone) return;
    current = undefined;
    member.pause(gone.partitions);
    if (gone.announced) tell(() => plan.onRevoked?.(gone.partitions));
  }

  function joined(assignment: readonly TopicPartition[]): void {
    revoke();
    aliveAt = now();
    member.pause(assignment);
    const mine = new Assigned(assignment.filter((partition) => plan.wanted?.(partition) ?? true));
    current = mine;
    place(mine).catch(crash);
  }

  async function place(mine: Assigned): Promise<void> {
    // A position asked for while an old handler still writes would be out of date.
    await Promise.all([...running, callbacks]);
    const found = await persistently(
      'finding the positions',
      () => findPositions(mine.partitions),
      () => current !== mine,
    );
    if (!found || current !== mine) return;
    for (const { assignment, high } of found) mine.place(assignment, high);
    mine.announced = true;
    await tell(() => plan.onAssigned?.(found.map(({ assignment }) => assignment)));
    if (current !== mine || over()) return;
    for (const { assignment } of found) member.seek(assignment, assignment.position);
    member.resume(mine.partitions);
    ready.resolve();
    plan.onMoved?.();
  }

  async function findPositions(partitions: readonly TopicPartition[]) {
    const ends = await plan.ends([...new Set(partitions.map(({ topic }) => topic))]);
    return Promise.all(
      partitions.map(async ({ topic, partition }) => {
        const { low, high } = ends.get(topic)?.get(partition) ?? { low: 0n, high: 0n };
        const stored = await plan.from(topic, partition, high);
        let position = stored === 'earliest' || stored < low ? low : stored;
        if (position > high) {
          log('warn', 'the stored position lies behind the end of the log; reading from its beginning', {
            ...{ topic, partition, stored: String(stored), end: String(high) },
          });
          position = low;
        }
        const assignment: Assignment = { topic, partition, position };
        return { assignment, high };
      }),
    );
  }

  /** Tries until it succeeds, has failed too often (then it throws), or is no longer wanted (undefined). */
  async function persistently<T>(
    what: string,
    work: () => Promise<T>,
    obsolete: () => boolean,
    between?: () => Promise<void>,
  ) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (thrown) {
        if (obsolete() || over()) return undefined;
        if (attempt >= plan.attempts) throw thrown;
        log('warn', `${what} failed; trying again`, { attempt, error: asError(thrown).message });
        await sleep(backoffMs(attempt));
        await between?.();
        if (obsolete() || over()) return undefined;
      }
    }
  }

  async function deliver(raw: RawBatch): Promise<void> {
    const mine = current;
    if (!mine || over()) return;
    const verdict = mine.examine(raw);
    if (verdict.do === 'seek') member.seek(raw, verdict.position);
    if (verdict.do !== 'deliver') return;
    const { batch } = verdict;

    // Once a handler may have seen "stale" and left off, the batch doesn't count as handled, whatever comes after.
    let stale = false;
    const isStale = () => (stale ||= current !== mine || over() || now() - aliveAt > plan.sessionTimeoutMs);
    const control: BatchControl = { isStale, heartbeat: () => raw.heartbeat() };
    try {
      const handled =
        !isStale() &&
        (await persistently(
          'onBatch',
          async () => (await plan.onBatch(batch, control), true),
          isStale,
          () => raw.heartbeat(),
        ));
      if (!handled || isStale())
        return log('info', 'a batch was left to be read again', { topic: batch.topic, partition: batch.partition });
      mine.advance(batch);
      raw.resolve();
      plan.onMoved?.();
    } catch (thrown) {
      crash(thrown);
    } finally {
      mine.release(batch);
    }
  }

  /** For displays of lag only; positions come from `from`. */
  async function commit(): Promise<void> {
    const moved = current?.takeUncommitted() ?? [];
    if (moved.length === 0) return;
    await member
      .commit(moved)
      .catch((error: Error) => log('debug', 'offsets were not committed', { error: error.message }));
  }

  function track(work: Promise<void>): Promise<void> {
    running.add(work);
    return work.finally(() => running.delete(work));
  }

  member
    .run({
      joined: (assignment) => void (over() || joined(assignment)),
      lost: revoke,
      alive: () => void (aliveAt = now()),
      skipped: (partition, next) => {
        current?.skip(partition, next);
        plan.onMoved?.();
      },
      batch: (raw) => track(deliver(raw)),
      crashed: crash,
    })
    .catch(crash);

  return {
    ready: ready.promise,
    positions: () => current?.positions() ?? new Map(),
    caughtUp: () => current?.caughtUp() ?? false,
    stop() {
      stopping ??= (async () => {
        clearInterval(commits);
        await Promise.all(running);
        if (!crashed) await commit();
        revoke();
        ready.reject(new Error('the reader was stopped before it was ready'));
        // What the caller does when it gives partitions away ends before another member takes them.
        await callbacks;
        await member.stop();
      })();
      return stopping;
    },
  };
}
