import { describe, expect, test } from '@jest/globals';
import type { Cursor, StoredRecord } from '../src/model.js';
import type { StoredContext } from '../src/projector/context.js';
import type { Checkpoint, ProjectorStore } from '../src/projector/store.js';
import { bytesOf, type StoredUnitYear } from '../src/projector/stored-year.js';

const year = (seq: number, more: Partial<StoredUnitYear> = {}): StoredUnitYear => ({
  _id: 'programmes/c1/2024',
  service: 'programmes',
  unit: 'c1',
  year: 2024,
  epoch: 0,
  seq,
  series: '[["staff","","",""]]',
  slots: ['a'],
  cells: Buffer.alloc(28, seq),
  levels: Buffer.alloc(0),
  balances: [],
  ...more,
});
const cursor = (seq: number, more: Partial<Cursor> = {}): Cursor => ({
  _id: 'programmes/c1',
  service: 'programmes',
  unit: 'c1',
  partition: 3,
  epoch: 0,
  seq,
  hash: Buffer.alloc(32, 7),
  years: [2023, 2024],
  unknown: [],
  ...more,
});
const context = (seq: number, epoch = 0): StoredContext => ({
  _id: 'programmes/c1',
  service: 'programmes',
  unit: 'c1',
  epoch,
  seq,
  items: [{ of: 'class', id: 'a.b$c', values: [[1, '"literacy"']] }],
});
const record = (seq: number): StoredRecord => ({
  _id: 'visits/inspections/vn/v',
  collection: 'visits',
  service: 'inspections',
  unit: 'vn',
  id: 'v',
  epoch: 0,
  seq,
  stands: true,
  value: { place: 'district-1', 'a.b': 1 },
  pieces: [{ seq, recorded: 24_300, set: { place: 'district-1' }, append: {}, withdrawn: null }],
});
const checkpoint = (position: bigint, more: Partial<Checkpoint> = {}): Checkpoint => ({
  _id: 'gdtx.programmes.v1/3',
  topic: 'gdtx.programmes.v1',
  partition: 3,
  position,
  waiting: [],
  ...more,
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** What every store must do; `create` gives an empty one. */
export function storeContract(create: () => Promise<ProjectorStore>): void {
  describe('documents', () => {
    test('are replaced by newer ones only', async () => {
      const store = await create();
      expect(await store.writeUnitYears([year(5)])).toEqual({ outdated: 0, failed: [] });
      expect(await store.writeUnitYears([year(5, { slots: ['same'] })])).toEqual({ outdated: 1, failed: [] });
      expect(await store.writeUnitYears([year(4, { slots: ['older'] })])).toEqual({ outdated: 1, failed: [] });
      expect((await store.unitYears(['programmes/c1/2024']))[0]).toMatchObject({ seq: 5, slots: ['a'] });
      expect(await store.writeUnitYears([year(6)])).toEqual({ outdated: 0, failed: [] });
      const [found] = await store.unitYears(['programmes/c1/2024', 'programmes/c1/2025']);
      expect(found).toMatchObject({ seq: 6, series: '[["staff","","",""]]' });
      expect(Buffer.from(bytesOf(found!.cells))).toEqual(Buffer.alloc(28, 6));
    });

    test('of a newer epoch replace those of an older one, whatever their seq; never the other way round', async () => {
      const store = await create();
      await store.writeUnitYears([year(9)]);
      expect(await store.writeUnitYears([year(2, { epoch: 1 })])).toEqual({ outdated: 0, failed: [] });
      expect(await store.writeUnitYears([year(99)])).toEqual({ outdated: 1, failed: [] });
      expect(await store.writeUnitYears([year(1, { epoch: 1 })])).toEqual({ outdated: 1, failed: [] });
      expect(await store.writeUnitYears([year(3, { epoch: 1 })])).toEqual({ outdated: 0, failed: [] });
      expect((await store.unitYears(['programmes/c1/2024']))[0]).toMatchObject({ seq: 3, epoch: 1 });
    });

    test('come by the thousand', async () => {
      const store = await create();
      const many = Array.from({ length: 3500 }, (_, i) => year(1, { _id: `programmes/c${i}/2024`, unit: `c${i}` }));
      await store.writeUnitYears([many[7]!]);
      expect(await store.writeUnitYears(many)).toEqual({ outdated: 1, failed: [] });
      expect(await store.unitYears(many.map(({ _id }) => _id))).toHaveLength(3500);
    });

    test('that are thought to be new are not put over newer ones, and are put over older ones', async () => {
      const store = await create();
      const of = (unit: string, seq: number) => year(seq, { _id: `programmes/${unit}/2024`, unit });
      await store.writeUnitYears([of('c2', 5), of('c3', 9)]);
      const written = [of('c1', 1), of('c2', 6), of('c3', 8), of('c4', 1)];
      expect(await store.writeUnitYears(written, true)).toEqual({ outdated: 1, failed: [] });
      const found = await store.unitYears(written.map(({ _id }) => _id));
      expect(Object.fromEntries(found.map(({ unit, seq }) => [unit, seq]))).toEqual({ c1: 1, c2: 6, c3: 9, c4: 1 });
    });

    test('records that are inserted leave those as they are that are there', async () => {
      const store = await create();
      await store.writeRecords([record(5)]);
      const other = { ...record(1), _id: 'visits/inspections/vn/w', id: 'w' };
      expect(await store.insertRecords([record(6), other])).toEqual({ there: [0], failed: [] });
      expect(await store.insertRecords([])).toEqual({ there: [], failed: [] });
      const found = await store.records([record(5)._id, other._id]);
      expect(Object.fromEntries(found.map(({ id, seq }) => [id, seq]))).toEqual({ v: 5, w: 1 });
    });

    test('contexts, records and cursors likewise', async () => {
      const store = await create();
      for (const [seq, outdated] of [
        [3, 0],
        [2, 1],
        [4, 0],
      ] as const) {
        expect(await store.writeContexts([context(seq)])).toEqual({ outdated, failed: [] });
        expect(await store.writeRecords([record(seq)])).toEqual({ outdated, failed: [] });
        expect(await store.writeCursors([cursor(seq)])).toEqual({ outdated, failed: [] });
      }
      expect(await store.contexts(['programmes/c1', 'x'])).toEqual([context(4)]);
      expect(await store.records(['visits/inspections/vn/v', 'x'])).toEqual([record(4)]);
      expect(await all(store.cursors('programmes', [3]))).toEqual([cursor(4)]);
    });

    test('a few of all kinds are written together, or none of them', async () => {
      const store = await create();
      const few = (seq: number, cursorSeq = seq) => {
        return { contexts: [context(seq)], years: [year(seq)], cursors: [cursor(cursorSeq)] };
      };
      const stored = async () => [
        (await store.contexts(['programmes/c1']))[0]?.seq,
        (await store.unitYears(['programmes/c1/2024']))[0]?.seq,
        (await all(store.cursors('programmes', [3])))[0]?.seq,
      ];
      expect(await store.writeTogether!(few(3))).toBe(true);
      expect(await store.writeTogether!(few(4, 3))).toBe(false);
      expect(await stored()).toEqual([3, 3, 3]);
      expect(await store.writeTogether!({ contexts: [], years: [], cursors: [cursor(5)] })).toBe(true);
      expect(await store.writeTogether!(few(6))).toBe(true);
      expect(await stored()).toEqual([6, 6, 6]);
    });

    test('none at all is nothing to do', async () => {
      const store = await create();
      expect(await store.writeUnitYears([])).toEqual({ outdated: 0, failed: [] });
      expect(await store.unitYears([])).toEqual([]);
      await store.writeCheckpoints([]);
      await store.quarantine([]);
    });
  });

  test('cursors are those of a service and its partitions; incomplete ones are found', async () => {
    const store = await create();
    const unknown = [{ seq: 2, type: 'vn.gdtx.programmes.OfALaterVersion.v1' }];
    await store.writeCursors([
      cursor(1),
      cursor(1, { _id: 'programmes/c2', unit: 'c2', partition: 4, unknown }),
      cursor(1, { _id: 'centres/c1', service: 'centres' }),
    ]);
    expect((await all(store.cursors('programmes', [3, 5]))).map(({ _id }) => _id)).toEqual(['programmes/c1']);
    expect((await all(store.cursors('programmes', [3, 4]))).map(({ _id }) => _id).sort()).toEqual([
      'programmes/c1',
      'programmes/c2',
    ]);
    expect(await store.incomplete()).toMatchObject([{ service: 'programmes', unit: 'c2', unknown }]);
  });

  test('checkpoints never move back, unless the topic was made anew', async () => {
    const store = await create();
    const stored = async () => (await store.checkpoints())[0];
    await store.writeCheckpoints([checkpoint(5n)]);
    await store.writeCheckpoints([checkpoint(4n, { waiting: ['old'] })]);
    expect(await stored()).toEqual(checkpoint(5n));
    await store.writeCheckpoints([checkpoint(5n, { waiting: ['c1'] })]);
    expect(await stored()).toEqual(checkpoint(5n, { waiting: ['c1'] }));
    await store.writeCheckpoints([checkpoint(9_007_199_254_740_993n), checkpoint(1n, { _id: 'gdtx.programmes.v1/4' })]);
    expect(await store.checkpoints()).toHaveLength(2);
    await store.writeCheckpoints([checkpoint(2n, { reset: true })]);
    expect((await store.checkpoints()).find(({ _id }) => _id === 'gdtx.programmes.v1/3')).toEqual(checkpoint(2n));
  });

  test('what is set aside is kept once', async () => {
    const store = await create();
    const value = Buffer.from('x');
    const aside = { _id: 't/1/7', topic: 't', partition: 1, offset: 7n, reason: 'r', value, at: 5 };
    await store.quarantine([aside]);
    await store.quarantine([aside, { ...aside, _id: 't/1/8', offset: 8n }]);
  });

  test('how fresh it is is one document', async () => {
    const store = await create();
    await store.writeFreshness({ _id: 'now', asOf: null, services: {}, lacks: [], at: 1 });
    await store.writeFreshness({ _id: 'now', asOf: 5, services: { programmes: 5 }, lacks: [], at: 2 });
  });
}
