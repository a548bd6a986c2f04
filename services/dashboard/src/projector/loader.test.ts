import { describe, expect, test } from '@jest/globals';
import { control } from '../../test/ledger-of.js';
import { Arena } from './arena.js';
import { Ledger } from './ledger.js';
import { Loader } from './loader.js';
import { MemoryStore } from './memory-store.js';
import { SeriesTable } from './series.js';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function ledger(unit = 'c1'): Ledger {
  const shared = { table: new SeriesTable(), arena: new Arena() };
  const made = new Ledger('programmes', unit, 3, shared, {
    yearChanged: () => undefined,
    isIncomplete: () => undefined,
  });
  made.evict();
  return made;
}

describe('what was stored', () => {
  test('is waited for while heartbeats go on', async () => {
    const store = new MemoryStore();
    let beats = 0;
    store.contexts = async () => {
      // It answers once it was waited for so long.
      while (beats < 3) await sleep(5);
      return [];
    };
    const heartbeat = () => Promise.resolve(void (beats += 1));
    const one = ledger();
    await new Loader(store, 20).documents([one], { ...control, heartbeat });
    expect(one.resident).toBe(true);
  });

  test('is asked for again when the store doesn’t answer, until the partition is somebody else’s', async () => {
    const store = new MemoryStore();
    let asked = 0;
    store.contexts = () => ((asked += 1) < 3 ? Promise.reject(new Error('away')) : Promise.resolve([]));
    const one = ledger();
    await new Loader(store).documents([one], control);
    expect([asked, one.resident]).toEqual([3, true]);
    asked = -10;
    await expect(new Loader(store).documents([ledger()], { ...control, isStale: () => true })).rejects.toThrow('away');
    expect(asked).toBe(-9);
  });

  test('is asked for some ledgers at a time, so that others have their turn', async () => {
    const store = new MemoryStore();
    const asked: string[] = [];
    let most = 0;
    store.contexts = (ids) => {
      asked.push(...ids);
      most = Math.max(most, ids.length);
      return Promise.resolve([]);
    };
    const ledgers = Array.from({ length: 9 }, (_, i) => ledger(`c${i}`));
    await new Loader(store).documents(ledgers, control);
    expect(asked).toEqual(ledgers.map(({ id }) => id));
    expect(most).toBeLessThan(9);
    expect(ledgers.every(({ resident }) => resident)).toBe(true);
  });

  test('isn’t taken in when the partition was given away meanwhile', async () => {
    const one = ledger();
    await new Loader(new MemoryStore()).documents([one], { ...control, isStale: () => true });
    expect(one.resident).toBe(false);
  });

  test('says where to go on, asked once for all partitions of an assignment', async () => {
    const store = new MemoryStore();
    await store.writeCheckpoints([{ _id: 't/1', topic: 't', partition: 1, position: 7n, waiting: [] }]);
    const { checkpoints } = store;
    let asked = 0;
    store.checkpoints = () => ((asked += 1), checkpoints.call(store));
    const loader = new Loader(store);
    expect(await Promise.all([loader.position('t', 1), loader.position('t', 2)])).toEqual([7n, 'earliest']);
    expect(asked).toBe(1);
    await sleep(60);
    await loader.position('t', 1);
    expect(asked).toBe(2);
  });
});
