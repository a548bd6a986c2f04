import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createProducer, type EntryProducer } from '@gdtx/kafka/client';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines } from '@gdtx/testing/test-engines';
import mongoose, { type Connection } from 'mongoose';
import type { Change } from '../src/columns/follow.js';
import { dropFormer, rebuild, swapBack } from '../src/rebuild/rebuild.js';
import type { ServedModel } from '../src/served/served-model.js';
import { enrolledIn, rebuildPlace } from './rebuild-place.js';

jest.setTimeout(300_000);

const engines = testEngines('rebuild');
let producer: EntryProducer;
let run = 0;
const undo: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  producer = createProducer({ brokers: engines.brokers, clientId: 'test-owner' });
});
afterAll(() => producer.close());
afterEach(async () => {
  for (const back of undo.splice(0).reverse()) await back();
});

/** A place with a dashboard that has what was told so far. */
async function place() {
  run += 1;
  const home: Connection = await mongoose.createConnection(engines.mongodbUri(`d${run}`)).asPromise();
  const name = `${engines.topicPrefix}${run}.`;
  const made = await rebuildPlace({ name, brokers: engines.brokers, producer, home });
  undo.push(async () => {
    for (const database of await made.databases()) await home.getClient().db(database).dropDatabase();
    await home.close();
  });
  await made.publish(...made.tellMore(200));
  const served = await made.serve();
  undo.push(() => served.stop());
  const caughtUp = (who: ServedModel = served) =>
    eventually(() => {
      for (const { unit, entries } of made.ledgers.values())
        expect([unit, who.seqOf('programmes', unit)]).toEqual([unit, entries.length]);
    }, 30_000);
  await caughtUp();
  const serving = () => served.serving.place.number;
  return { ...made, home, served, serving, caughtUp };
}

const enrolled = (ledgers: ReadonlyMap<string, { entries: readonly { type: string }[] }>): number =>
  [...ledgers.values()].flatMap(({ entries }) => entries.filter(({ type }) => type.includes('Enrolled'))).length;

describe('a rebuild', () => {
  test('under traffic equals the live model and takes its place; the former one is kept, taken back, dropped', async () => {
    const { parts, served, serving, traffic, ledgers, caughtUp, said, databases, home } = await place();
    const heard: Change[] = [];
    served.onChange((change) => heard.push(change));
    const end = traffic();
    expect(await rebuild(parts())).toBe('swapped');
    expect(said).toContain('No difference.');
    await eventually(() => expect(serving()).toBe(2), 30_000);
    await end();
    await caughtUp();
    expect(enrolledIn(served)).toBe(enrolled(ledgers));
    // Whoever was listening heard of every ledger's last entry, by whichever model.
    const last = new Map(heard.map(({ unit, seq }) => [unit, seq]));
    expect([...last].sort()).toEqual([...ledgers.values()].map(({ unit, entries }) => [unit, entries.length]).sort());

    expect((await databases()).sort()).toEqual([home.name, `${home.name}_2`]);
    await expect(rebuild(parts())).rejects.toThrow('--drop-old or --back first');
    await swapBack(parts());
    await eventually(() => expect(serving()).toBe(1), 30_000);
    await caughtUp();
    expect(enrolledIn(served)).toBe(enrolled(ledgers));

    // While it leaves the other one, it still has it open.
    await eventually(() => dropFormer(parts()), 30_000);
    expect(await databases()).toEqual([home.name]);
    await expect(swapBack(parts())).rejects.toThrow('no former read model');
  });

  test('is taken by two dashboards at once, each whole and heard; so is the way back', async () => {
    const { parts, served: one, serve, traffic, ledgers, caughtUp, said, databases, home } = await place();
    const other = await serve();
    undo.push(() => other.stop());
    const both = [one, other];
    const numbers = () => both.map(({ serving }) => serving.place.number);
    const heard = both.map((served) => {
      const last = new Map<string, number>();
      served.onChange(({ unit, seq }) => last.set(unit, Math.max(seq, last.get(unit) ?? 0)));
      return last;
    });
    const allIn = async () => {
      for (const served of both) {
        await caughtUp(served);
        expect(enrolledIn(served)).toBe(enrolled(ledgers));
      }
    };
    const end = traffic();
    expect(await rebuild(parts())).toBe('swapped');
    expect(said).toContain('  2 of 2 dashboards have loaded it');
    await eventually(() => expect(numbers()).toEqual([2, 2]), 30_000);
    await swapBack(parts());
    await eventually(() => expect(numbers()).toEqual([1, 1]), 30_000);
    await end();
    await allIn();
    for (const last of heard) {
      expect([...last].sort()).toEqual([...ledgers.values()].map(({ unit, entries }) => [unit, entries.length]).sort());
    }
    await eventually(() => dropFormer(parts()), 30_000);
    expect(await databases()).toEqual([home.name]);
  });

  test('that is taken back while dashboards still load it is left by them, and is not dropped from under them', async () => {
    const { parts, served: one, serve, ledgers, caughtUp, home, databases } = await place();
    const other = await serve();
    undo.push(() => other.stop());
    const { pointer } = parts();
    // As a rebuild that was swapped leaves it; what dashboards do meanwhile is up to them.
    const built = (await pointer.begin(await pointer.read(), 'a test'))!;
    await pointer.swapTo(built);
    await pointer.swapBack(await pointer.read());
    await eventually(() => dropFormer(parts()), 60_000);
    await eventually(async () => {
      const readers = await parts().readers.all();
      expect(readers).toEqual([1, 1].map((serves) => ({ serves, holds: [1], joined: null })));
    }, 30_000);
    for (const served of [one, other]) {
      await caughtUp(served);
      expect([served.serving.place.number, enrolledIn(served)]).toEqual([1, enrolled(ledgers)]);
    }
    expect(await databases()).toEqual([home.name]);
  });

  test('drops of the dashboard’s own database the read model alone', async () => {
    const { parts, serving, home } = await place();
    await home.collection('registry').insertOne({ unit: 'vn' });
    await rebuild(parts());
    await expect(
      dropFormer(
        parts({ readers: { all: () => Promise.resolve([{ serves: 2, holds: [1, 2], joined: null }]) } as never }),
      ),
    ).rejects.toThrow('still read');
    await eventually(() => expect(serving()).toBe(2), 30_000);
    await eventually(() => dropFormer(parts()), 30_000);
    const left = (await home.db!.listCollections().toArray()).map(({ name }) => name);
    expect(left.sort()).toEqual(['read_model_readers', 'read_models', 'registry']);
  });

  test('finds what was changed by hand, says where, and swaps only where differences are accepted', async () => {
    const { parts, serving, said, databases, home, served, ledgers, caughtUp } = await place();
    const years = home.collection<{ _id: string; cells: { buffer: Uint8Array } | Buffer }>('unit_years');
    const tampered = (await years.findOne({ _id: 'programmes/unit-3/2024' }))!;
    const cells = Buffer.from(tampered.cells.buffer as Uint8Array);
    cells.writeDoubleLE(cells.readDoubleLE(8) + 1000, 8);
    await years.updateOne({ _id: tampered._id }, { $set: { cells } });
    await home
      .collection<{ _id: string }>('cursors')
      .updateOne({ _id: 'programmes/unit-5' }, { $set: { hash: Buffer.alloc(32) } });

    expect(await rebuild(parts())).toBe('different');
    const places = said.filter((line) => line.includes(': live '));
    expect(places).toHaveLength(2);
    expect(places[0]).toMatch(/^ {2}programmes unit-5 cursor \(hash of entry \d+\): live 0{64}, rebuilt [0-9a-f]{64}$/);
    expect(places[1]).toMatch(
      /^ {2}programmes unit-3 2024 [a-z-]+ \(.*2024-(09|10|11), recorded 2025-01\): live 1\d{3} \(\d+ exact\), rebuilt \d{1,3} \(\d+ exact\)$/,
    );
    expect(serving()).toBe(1);
    expect(await databases()).toEqual([home.name]);

    expect(await rebuild(parts(), true)).toBe('swapped');
    await eventually(() => expect(serving()).toBe(3), 30_000);
    await caughtUp();
    expect(enrolledIn(served)).toBe(enrolled(ledgers));
  });

  test('that was killed leaves the live model as it is; the next one clears up after it', async () => {
    const { parts, said, databases, home, serving } = await place();
    const { pointer } = parts();
    // What a kill leaves: a name in the pointer, half a database.
    const half = (await pointer.begin(await pointer.read(), 'a machine, process 1'))!;
    await home.getClient().db(half.database).collection('cursors').insertOne({ unit: 'half' });
    await expect(rebuild(parts())).rejects.toThrow('a machine, process 1 is rebuilding just now');
    expect(serving()).toBe(1);
    const long = { $set: { 'building.beatAt': new Date(Date.now() - 3_600_000) } };
    await home.collection<{ _id: string }>('read_models').updateOne({ _id: 'pointer' }, long);
    expect(await rebuild(parts())).toBe('swapped');
    expect(said).toContain(`Dropping ${half.database}, which a machine, process 1 left half built.`);
    expect((await databases()).sort()).toEqual([home.name, `${home.name}_3`]);
    await eventually(() => expect(serving()).toBe(3), 30_000);
  });

  test('that is stopped drops what it has begun', async () => {
    const { parts, databases, home, serving, traffic } = await place();
    const end = traffic();
    const stopping = new AbortController();
    const say = (line: string) => line.startsWith('Comparing') && stopping.abort(new Error('stopped'));
    await expect(rebuild(parts({ say, signal: stopping.signal }))).rejects.toThrow('stopped');
    await end();
    expect(await databases()).toEqual([home.name]);
    expect((await parts().pointer.read()).building).toBeNull();
    expect(serving()).toBe(1);
  });
});
