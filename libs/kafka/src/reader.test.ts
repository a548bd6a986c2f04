import { expect, test } from '@jest/globals';
import type { BatchControl, Position, TopicPartition } from './contract.js';
import type { GroupMember, MemberEvents, RawBatch } from './driver.js';
import { startReader, type ReaderPlan } from './reader.js';

const p0 = { topic: 't', partition: 0 };
const p1 = { topic: 't', partition: 1 };
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A reader over a group member that does what the test says, and a diary of what happened. */
function reading(overrides: Partial<ReaderPlan> = {}) {
  const diary: string[] = [];
  const names = (partitions: readonly TopicPartition[]) => partitions.map(({ partition }) => partition).join(',');
  let events!: MemberEvents;
  const member: GroupMember = {
    run: async (given) => void (events = given),
    pause: (partitions) => void diary.push(`pause ${names(partitions)}`),
    resume: (partitions) => void diary.push(`resume ${names(partitions)}`),
    seek: ({ partition }, position) => void diary.push(`seek ${partition} to ${position}`),
    commit: async (positions) =>
      void diary.push(`commit ${positions.map(({ partition, position }) => `${partition}:${position}`)}`),
    stop: async () => void diary.push('stop'),
  };
  const end = { low: 0n, high: 10n };
  const reader = startReader({
    member,
    ends: async () =>
      new Map([
        [
          't',
          new Map([
            [0, end],
            [1, end],
          ]),
        ],
      ]),
    from: async (): Promise<Position> => 5n,
    onBatch: async ({ firstOffset, lastOffset }) => void diary.push(`batch ${firstOffset}-${lastOffset}`),
    onAssigned: (assignments) =>
      void diary.push(`assigned ${assignments.map(({ partition, position }) => `${partition}:${position}`)}`),
    onRevoked: (assignments) => void diary.push(`revoked ${names(assignments)}`),
    onCrash: (error) => void diary.push(`crash ${error.message}`),
    sessionTimeoutMs: 1_000,
    attempts: 3,
    commitEveryMs: 0,
    log: () => {},
    ...overrides,
  });
  const raw = (from: number, to: number, partition = 0): RawBatch => ({
    ...{ topic: 't', partition, fetched: BigInt(from), last: BigInt(to), highWatermark: 10n },
    messages: Array.from({ length: to - from + 1 }, (_, i) => ({ offset: String(from + i), key: null, value: null })),
    resolve: () => void diary.push(`resolve ${to}`),
    heartbeat: async () => {},
  });
  /** Joins and waits until the assignment is read; forgets the diary. */
  async function joined(...assignment: TopicPartition[]) {
    events.joined(assignment);
    await settled();
    diary.length = 0;
  }
  return { reader, diary, raw, joined, events: () => events };
}

test('an assignment is paused at once, and read when its stored positions are sought', async () => {
  const { reader, diary, events } = reading({ from: async (_, partition) => (partition ? 'earliest' : 7n) });
  events().joined([p0, p1]);
  expect(diary).toEqual(['pause 0,1']);
  await reader.ready;
  expect(diary.slice(1)).toEqual(['assigned 0:7,1:0', 'seek 0 to 7', 'seek 1 to 0', 'resume 0,1']);
});

test('what is fetched before the positions are known is not delivered', async () => {
  const { diary, events, raw } = reading();
  events().joined([p0]);
  await events().batch(raw(5, 6));
  expect(diary).toEqual(['pause 0']);
});

test('a handled batch moves the position', async () => {
  const { reader, diary, joined, events, raw } = reading();
  await joined(p0);
  await events().batch(raw(5, 9));
  expect(diary).toEqual(['batch 5-9', 'resolve 9']);
  expect(reader.positions().get('t/0')).toBe(10n);
  expect(reader.caughtUp()).toBe(true);
});

test('a position behind the end of the log is not waited for', async () => {
  const { diary, reader, events } = reading({ from: async () => 11n });
  events().joined([p0]);
  await reader.ready;
  expect(diary).toContain('seek 0 to 0');
});

test('a new assignment tells of the old one first, and asks for positions when its handler has ended', async () => {
  let finish = () => {};
  const asked: string[] = [];
  const { diary, joined, events, raw } = reading({
    from: async () => (asked.push(diary.join(' ')), 5n),
    onBatch: () => new Promise<void>((resolve) => (finish = () => (diary.push('handler ends'), resolve()))),
  });
  await joined(p0);
  const handled = events().batch(raw(5, 6));
  events().lost();
  events().joined([p0, p1]);
  await settled();
  expect(diary).toEqual(['pause 0', 'pause 0,1', 'revoked 0']);
  finish();
  await handled;
  await settled();
  expect(asked.at(-1)).toContain('handler ends');
  expect(diary).not.toContain('resolve 6');
  expect(diary.at(-1)).toBe('resume 0,1');
});

test('a handler sees that its partition was given away, and its batch does not count', async () => {
  let control!: BatchControl;
  const { reader, diary, joined, events, raw } = reading({
    onBatch: async (_, given) => {
      control = given;
      expect(control.isStale()).toBe(false);
      events().lost();
      expect(control.isStale()).toBe(true);
    },
  });
  await joined(p0);
  await events().batch(raw(5, 6));
  expect(diary).not.toContain('resolve 6');
  expect(reader.positions().size).toBe(0);
  expect(reader.caughtUp()).toBe(false);
});

test('without a word from the coordinator for a session, a handler is stale, and stays so', async () => {
  let time = 0;
  const { diary, joined, events, raw } = reading({
    now: () => time,
    onBatch: async (_, { isStale }) => {
      time = 1_001;
      expect(isStale()).toBe(true);
      events().alive();
      expect(isStale()).toBe(true);
    },
  });
  await joined(p0);
  await events().batch(raw(5, 6));
  expect(diary).toEqual([]);
});

test('a failing handler gets the same batch again', async () => {
  let failures = 2;
  const { diary, joined, events, raw } = reading({
    onBatch: async ({ firstOffset }) => {
      diary.push(`try ${firstOffset}`);
      if (failures-- > 0) throw new Error('the database is away');
    },
  });
  await joined(p0);
  await events().batch(raw(5, 6));
  expect(diary).toEqual(['try 5', 'try 5', 'try 5', 'resolve 6']);
});

test('a handler that keeps failing ends the reader, once and aloud', async () => {
  const { reader, diary, joined, events, raw } = reading({ onBatch: () => Promise.reject(new Error('a bug')) });
  await joined(p0);
  await events().batch(raw(5, 6));
  events().crashed(new Error('and more'));
  expect(diary).toEqual(['pause 0', 'stop', 'crash a bug', 'revoked 0']);
  await events().batch(raw(5, 6));
  expect(diary).toHaveLength(4);
  await reader.stop();
});

test('positions that cannot be found end the reader', async () => {
  const { reader, diary, events } = reading({ from: () => Promise.reject(new Error('no checkpoint')) });
  events().joined([p0]);
  await expect(reader.ready).rejects.toThrow('no checkpoint');
  expect(diary).toContain('crash no checkpoint');
  expect(diary).not.toContain('resume 0');
});

test('a client that gives up for good is told', async () => {
  const { reader, diary, events } = reading();
  events().crashed(new Error('not authorised'));
  await expect(reader.ready).rejects.toThrow('not authorised');
  expect(diary).toEqual(['stop', 'crash not authorised']);
});

test('an assignment that is replaced before it is placed is never read', async () => {
  const { diary, events } = reading();
  events().joined([p0]);
  events().joined([p1]);
  await settled();
  expect(diary).toEqual(['pause 0', 'pause 0', 'pause 1', 'assigned 1:5', 'seek 1 to 5', 'resume 1']);
});

test('unwanted partitions stay paused', async () => {
  const { reader, diary, events } = reading({ wanted: ({ partition }) => partition === 1 });
  events().joined([p0, p1]);
  await reader.ready;
  expect(diary).toEqual(['pause 0,1', 'assigned 1:5', 'seek 1 to 5', 'resume 1']);
});

test('stopping waits for the handler, commits for the displays of lag, leaves and tells', async () => {
  let finish = () => {};
  const { reader, diary, joined, events, raw } = reading({
    onBatch: () => new Promise<void>((resolve) => (finish = resolve)),
  });
  await joined(p0);
  const handled = events().batch(raw(5, 6));
  const stopped = reader.stop();
  await settled();
  expect(diary).toEqual([]);
  finish();
  await Promise.all([handled, stopped, reader.stop()]);
  expect(diary).toEqual(['commit 0:5', 'pause 0', 'revoked 0', 'stop']);
});

test('offsets are committed now and then, and failing at it harms nothing', async () => {
  const { reader, diary, joined, events, raw } = reading({ commitEveryMs: 10 });
  await joined(p0);
  await events().batch(raw(5, 6));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(diary.filter((line) => line.startsWith('commit'))).toEqual(expect.arrayContaining(['commit 0:7']));
  await reader.stop();
});
