import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { silentLog } from '@gdtx/service-kit/log';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines } from '@gdtx/testing/test-engines';
import mongoose, { type Connection } from 'mongoose';
import { Follower, type Change } from '../src/columns/follow.js';
import { Arena } from '../src/projector/arena.js';
import { PackedYear } from '../src/projector/packed-year.js';
import { SeriesTable } from '../src/projector/series.js';

/** A ledger's document of 2024 with learners enrolled in September, as the projector stores it. */
function document(unit: string, seq: number, sum: number) {
  const table = new SeriesTable();
  const year = new PackedYear({ table, arena: new Arena() }, 2024, 0);
  year.addFlow(table.numberOf('learners-enrolled', 'refresher', '', undefined), 8, 24_300, sum, 0, 1);
  year.seq = seq;
  return year.toStored('programmes', unit);
}

const cursor = (unit: string, seq: number) => ({
  _id: `programmes/${unit}`,
  ...{ service: 'programmes', unit, partition: 1, epoch: 0, seq, hash: Buffer.alloc(32), years: [2024], unknown: [] },
});

describe('the follower', () => {
  let connection: Connection;
  let follower: Follower;
  const put = async (collection: string, value: { _id: string }) =>
    void (await connection
      .collection<{ _id: string }>(collection)
      .replaceOne({ _id: value._id }, value, { upsert: true }));
  const enrolled = () => {
    const chunks = follower.model.flows('learners-enrolled')?.chunks ?? [];
    return chunks.flatMap(({ sum, length }) => [...sum.subarray(0, length)]).reduce((a, b) => a + b, 0);
  };

  beforeAll(async () => {
    connection = await mongoose.createConnection(testEngines('follow').mongodbUri('dashboard')).asPromise();
    await put('unit_years', document('a', 1, 10));
    await put('cursors', cursor('a', 1));
    follower = new Follower(connection, silentLog);
    await follower.start();
  });
  afterAll(async () => {
    await follower.stop();
    await connection.close();
  });

  test('begins with what is stored', () => {
    expect(enrolled()).toBe(10);
    expect(follower.seqOf('programmes', 'a')).toBe(1);
  });

  test('who sees a cursor has what was folded before it, and hears which indicators changed', async () => {
    const heard: [Change, number][] = [];
    const stop = follower.onChange((change) => heard.push([change, enrolled()]));
    const reached = follower.reaches('programmes', 'b', 3, 30_000);
    await put('unit_years', document('b', 3, 5));
    await put('cursors', cursor('b', 3));
    expect(await reached).toBe(true);
    stop();
    expect(heard).toEqual([[{ service: 'programmes', unit: 'b', seq: 3, indicators: ['learners-enrolled'] }, 15]]);
  });

  test('an older document changes nothing, and an entry that doesn’t come isn’t waited for for ever', async () => {
    await put('unit_years', document('b', 2, 500));
    await put('cursors', cursor('b', 2));
    expect(await follower.reaches('programmes', 'b', 4, 300)).toBe(false);
    expect(enrolled()).toBe(15);
    expect(follower.seqOf('programmes', 'b')).toBe(3);
  });

  test('takes over how fresh everything is', async () => {
    await put('freshness', { _id: 'now', ...{ asOf: 1234, lacks: [], services: {}, at: 1 } });
    await eventually(() => expect(follower.freshness?.asOf).toBe(1234));
  });
});
