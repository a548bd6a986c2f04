import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines } from '@gdtx/testing/test-engines';
import mongoose, { type Connection } from 'mongoose';
import { Conflict } from '../src/commit-transaction.js';
import { LedgerStore, STORE_OPTIONS, type Commit } from '../src/ledger-store.js';
import { stateChange, type StateChange } from '../src/state-change.js';

/** What guards a commit, in the database itself: of two who decided on the same only one comes through. */

const engines = testEngines('commit-transaction');
let connection: Connection;
let store: LedgerStore;

beforeAll(async () => {
  connection = await mongoose.createConnection(engines.mongodbUri('commits'), STORE_OPTIONS).asPromise();
  store = new LedgerStore(connection);
  await store.prepare();
}, 60_000);
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const head = (unit: string, before: number, published?: number): Commit['heads'][number] => ({
  ...{
    unit,
    before,
    seq: before + 1,
    hash: Buffer.alloc(32, before + 1),
    recordedAt: 1_000 + before,
    order: before + 1,
  },
  ...(published === undefined ? {} : { published }),
});
const state = (key: string, before: number, of: unknown = { open: true }): StateChange =>
  stateChange({ key, before, order: 7, ledgers: ['gdtx-a'], state: of });
const commit = (heads: Commit['heads'], states: Commit['states'] = []) => store.commit({ entries: [], heads, states });
const headOf = async (unit: string) => (await store.headsOf([unit])).get(unit);
const stateOf = async (key: string) => (await store.statesOf([key])).get(key);

describe('a commit', () => {
  test('makes heads and states, and then changes them', async () => {
    await commit([head('a', 0)], [state('class:a', 0)]);
    expect(await headOf('a')).toMatchObject({ seq: 1, recordedAt: 1_000, published: 0, pending: true });
    await commit([head('a', 1)], [state('class:a', 1, { open: false })]);
    expect(await headOf('a')).toMatchObject({ seq: 2, hash: Buffer.alloc(32, 2), order: 2 });
    expect(await stateOf('class:a')).toEqual({
      ...{ _id: 'class:a', version: 2, order: 7, ledgers: ['gdtx-a'], state: { open: false } },
    });
  });

  test('takes along how far a ledger is published, and never back', async () => {
    await commit([head('b', 0)]);
    await commit([head('b', 1, 1)]);
    await commit([head('b', 2, 0)]);
    await commit([head('b', 3)]);
    expect(await headOf('b')).toMatchObject({ seq: 4, published: 1 });
  });

  test('may change a head without adding to its ledger: who decided before and adds to it collides', async () => {
    await commit([head('held', 0)]);
    await commit([{ ...head('held', 0), before: 1, order: 8 }]);
    expect(await headOf('held')).toMatchObject({ seq: 1, order: 8 });
    await expect(commit([head('held', 1)])).rejects.toThrow(Conflict);
    await commit([{ ...head('held', 1), before: 8, order: 9 }]);
    expect(await headOf('held')).toMatchObject({ seq: 2, order: 9 });
  });

  test('stores what looks like an expression or a field as it is, and no state as none', async () => {
    const odd = { text: '$$ROOT', $add: [1, 2], 'a.b': '$version' };
    await commit([head('odd', 0)], [state('odd:1', 0, odd), { ...state('odd:2', 0), state: undefined }]);
    expect((await stateOf('odd:1'))!.state).toEqual(odd);
    expect(await stateOf('odd:2')).not.toHaveProperty('state');
  });
});

describe('a commit that rests on what is no longer so is refused as a whole', () => {
  const refused = async (heads: Commit['heads'], states: Commit['states']) => {
    const before = [await headOf('c'), await headOf('d'), await stateOf('class:c'), await stateOf('class:d')];
    await expect(commit(heads, states)).rejects.toThrow(Conflict);
    const after = [await headOf('c'), await headOf('d'), await stateOf('class:c'), await stateOf('class:d')];
    expect(after).toEqual(before);
  };
  beforeAll(async () => {
    await commit([head('c', 0)], [state('class:c', 0)]);
    await commit([head('c', 1)], [state('class:c', 1)]);
  });

  test('a head that has gone on', () => refused([head('c', 1), head('d', 0)], [state('class:c', 2)]));
  test('a head that is taken to be new', () => refused([head('c', 0)], []));
  test('a head that isn’t there', () => refused([head('d', 3)], [state('class:d', 0)]));
  test('a state that has gone on', () => refused([head('c', 2)], [state('class:c', 1)]));
  test('a state that is taken to be new', () => refused([head('c', 2)], [state('class:c', 0), state('class:d', 0)]));
  test('a state that isn’t there', () => refused([head('c', 2)], [state('class:d', 2)]));
});

test('a ledger is marked as published, which waits for nothing where all of it is, and never back', async () => {
  await commit([head('f', 0), head('g', 0)]);
  await commit([head('f', 1)]);
  await store.markPublished([
    { unit: 'f', seq: 1 },
    { unit: 'g', seq: 1 },
    { unit: 'nobody', seq: 1 },
  ]);
  // It is seen once a majority has it, which a mark doesn't wait for.
  await eventually(async () => expect(await headOf('g')).toMatchObject({ published: 1 }));
  expect(await headOf('f')).toMatchObject({ published: 1, pending: true });
  expect(await headOf('g')).not.toHaveProperty('pending');
  expect(await headOf('nobody')).toBeUndefined();
  await store.markPublished([{ unit: 'f', seq: 2 }]);
  await store.markPublished([{ unit: 'f', seq: 1 }]);
  await eventually(async () => expect(await headOf('f')).toMatchObject({ published: 2 }));
  expect(await headOf('f')).not.toHaveProperty('pending');
});

test('of many who commit on the same at once one comes through each time', async () => {
  await commit([head('e', 0)], [state('class:e', 0)]);
  const others = Array.from({ length: 6 }, () => new LedgerStore(connection));
  for (let before = 1; before <= 5; before++) {
    const tried = await Promise.allSettled(
      others.map((each) =>
        each.commit({ entries: [], heads: [head('e', before)], states: [state('class:e', before)] }),
      ),
    );
    const lost = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(lost.length).toBe(5);
    for (const why of lost) expect(why).toBeInstanceOf(Conflict);
  }
  expect(await headOf('e')).toMatchObject({ seq: 6 });
}, 60_000);
