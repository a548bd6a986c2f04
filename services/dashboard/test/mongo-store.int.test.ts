import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testEngines } from '@gdtx/testing/test-engines';
import mongoose, { type Connection } from 'mongoose';
import { createIndexes, createMongoStore } from '../src/projector/mongo-store.js';
import { bytesOf, type StoredUnitYear } from '../src/projector/stored-year.js';
import { storeContract } from './store-contract.js';

jest.setTimeout(30_000);

const engines = testEngines('mongo-store');
let server: Connection;
const used: Connection[] = [];

/** A database of its own. */
function database(): Connection {
  const connection = server.useDb(`${server.name}_${randomUUID().slice(0, 8)}`);
  used.push(connection);
  return connection;
}

beforeAll(async () => {
  server = await mongoose.createConnection(engines.mongodbUri('store')).asPromise();
});

afterAll(async () => {
  for (const connection of used) await connection.dropDatabase();
  await server.close();
});

describe('a store in MongoDB', () => {
  storeContract(async () => {
    const connection = database();
    await createIndexes(connection);
    return createMongoStore(connection);
  });

  test('has the indexes that its questions need, however often they are made', async () => {
    const connection = database();
    await createIndexes(connection);
    await createIndexes(connection);
    const plan = await connection
      .collection('cursors')
      .find({ service: 's', partition: { $in: [1, 2] } })
      .explain();
    expect(JSON.stringify(plan)).toContain('"indexName":"partition"');
  });

  test('keeps what it could store when one operation of many fails, and says which one', async () => {
    const connection = database();
    const store = createMongoStore(connection);
    await connection.createCollection('unit_years', { validator: { seq: { $ne: 13 } } });
    const documents = [11, 12, 13, 14].map((seq): StoredUnitYear => ({
      _id: `s/u${seq}/2024`,
      service: 's',
      unit: `u${seq}`,
      year: 2024,
      epoch: 0,
      seq,
      series: '[]',
      slots: [],
      cells: Buffer.alloc(0),
      levels: Buffer.alloc(0),
      balances: [],
    }));
    const { outdated, failed } = await store.writeUnitYears(documents);
    expect(outdated).toBe(0);
    expect(failed).toEqual([{ index: 2, error: expect.stringContaining('unit_years: 121') }]);
    const found = await store.unitYears(documents.map(({ _id }) => _id));
    expect(found.map(({ seq }) => seq).sort()).toEqual([11, 12, 14]);
    expect(bytesOf(found[0]!.cells)).toHaveLength(0);
  });

  test('says of every document of a command that failed that it failed', async () => {
    const connection = database();
    const store = createMongoStore(connection);
    const huge = Buffer.alloc(17 * 1024 * 1024);
    const base = { service: 's', unit: 'u', year: 2024, epoch: 0, seq: 1, series: '[]', slots: [], balances: [] };
    const small = { ...base, _id: 's/u/2024', cells: Buffer.alloc(28), levels: Buffer.alloc(0) };
    const { failed } = await store.writeUnitYears([small, { ...small, _id: 's/u/2025', cells: huge }]);
    expect(failed.map(({ index }) => index)).toEqual([1]);
    expect(await store.unitYears(['s/u/2024'])).toHaveLength(1);
  });
});
