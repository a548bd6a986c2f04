import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { Entry, Progress } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createProducer, type EntryProducer } from '@gdtx/kafka/client';
import { PARTITIONS, partitionOf, progressTopic, topicOf } from '@gdtx/kafka/partition';
import { createTopics } from '@gdtx/kafka/topics';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines } from '@gdtx/testing/test-engines';
import mongoose, { type Connection } from 'mongoose';
import { FOLDS } from '../src/indicators/folds/all.js';
import type { Cursor, UnitYear } from '../src/model.js';
import { createIndexes, createMongoStore } from '../src/projector/mongo-store.js';
import { startProjector, type Projector, type ProjectorOptions } from '../src/projector/projector.js';
import { readUnitYear, type StoredUnitYear } from '../src/projector/stored-year.js';
import { BreakingStore } from './breaking-store.js';
import { LedgerOf } from './ledger-of.js';
import { flowsOf } from './world.js';

jest.setTimeout(60_000);

const engines = testEngines('projector');
const SERVICES = ['programmes'];
let producer: EntryProducer;
let server: Connection;
let run = 0;

beforeAll(async () => {
  server = await mongoose.createConnection(engines.mongodbUri('dashboard')).asPromise();
  producer = createProducer({ brokers: engines.brokers, clientId: 'test-owner' });
});

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

afterAll(async () => {
  await producer.close();
  await server.close();
});

/** Topics, a database and owners of its own. */
async function place() {
  const name = `${engines.topicPrefix}${(run += 1)}.`;
  await createTopics({ brokers: engines.brokers, topicPrefix: name, services: SERVICES });
  const connection = server.useDb(`${server.name}_${run}`);
  await createIndexes(connection);
  stops.push(() => connection.dropDatabase());
  const ledgers = new Map<string, LedgerOf>();
  const asked: string[] = [];
  const ledger = (unit: string) => {
    if (!ledgers.has(unit)) ledgers.set(unit, new LedgerOf('programmes', unit));
    return ledgers.get(unit)!;
  };
  const topic = topicOf(name, 'programmes');
  const send = (values: [unit: string, value: Buffer][]) =>
    producer.sendBatch(values.map(([unit, value]) => ({ topic, partition: partitionOf(unit), value })));
  const publish = (...entries: Entry[]) =>
    send(entries.map((entry) => [entry.unit, Buffer.from(Entry.encode(entry).finish())]));
  const owners: ProjectorOptions['owners'] = {
    async *heads() {
      for (const { unit, entries } of ledgers.values()) {
        const last = entries.at(-1);
        if (last) yield { unit, seq: last.seq, hash: last.hash };
      }
    },
    async republish(_, unit, fromSeq) {
      asked.push(`${unit}/${fromSeq}`);
      await publish(...ledger(unit).entries.slice(fromSeq - 1));
    },

    async *readLedger(_, unit) {
      yield* ledger(unit).entries;
    },
    close: () => undefined,
  };
  const store = createMongoStore(connection);
  const crashes: Error[] = [];

  const start = async (options: Partial<ProjectorOptions> = {}): Promise<Projector> => {
    const projector = startProjector({
      brokers: engines.brokers,
      topicPrefix: name,
      clientId: 'test-projector',
      groupId: `${name}projector`,
      services: SERVICES,
      store,
      owners,
      onCrash: (error) => crashes.push(error),
      patienceMs: 2_000,
      sessionTimeoutMs: 6_000,
      ...options,
    });
    stops.push(() => projector.stop());
    await projector.ready;
    return projector;
  };
  const cursorOf = (unit: string) => connection.collection<Cursor>('cursors').findOne({ _id: `programmes/${unit}` });
  const yearOf = async (unit: string, year = 2024): Promise<UnitYear> => {
    const id = `programmes/${unit}/${year}`;
    const stored = await connection.collection<StoredUnitYear>('unit_years').findOne({ _id: id });
    if (!stored) throw new Error(`there is no ${id}`);
    return readUnitYear(stored as StoredUnitYear);
  };
  /** Waits until a ledger is stored so far. */
  const reach = (unit: string, seq: number) => eventually(async () => expect((await cursorOf(unit))?.seq).toBe(seq));
  const documents = async () => {
    const found = await connection.collection<StoredUnitYear>('unit_years').find().sort({ _id: 1 }).toArray();
    const cursors = await connection.collection<Cursor>('cursors').find().sort({ _id: 1 }).toArray();
    return { years: found.map((each) => readUnitYear(each as StoredUnitYear)), cursors };
  };
  return {
    name,
    connection,
    store,
    ledger,
    publish,
    send,
    start,
    asked,
    crashes,
    cursorOf,
    yearOf,
    reach,
    documents,
    topic,
  };
}

const on = (day: string) => ({ on: day });

function centre(ledger: LedgerOf, enrolments: number[] = [40, 2, 1]): LedgerOf {
  ledger.tell('ClassOpened', { class: 'a', type: 'literacy', openedOn: on('2024-09-01') });
  for (const total of enrolments) enrol(ledger, total);
  return ledger;
}

function enrol(ledger: LedgerOf, total: number, occurredOn = '2024-09-05'): Entry {
  return ledger.tell('LearnersEnrolled', { class: 'a', occurredOn, learners: { total } });
}

describe('a projector on real engines', () => {
  test('folds what is published, once, and goes on from its checkpoint after a restart', async () => {
    const { ledger, publish, start, reach, yearOf, connection, topic } = await place();
    const c1 = centre(ledger('c1'));
    await publish(...c1.entries, ...c1.entries);
    const first = await start();
    await reach('c1', 4);
    expect(flowsOf(await yearOf('c1'), 'literacy-learners')).toEqual({ '2024-09': 43 });
    await eventually(() => expect(first.caughtUp()).toBe(true));
    expect(first.counts()).toMatchObject({ taken: 4, repeated: 4 });
    await first.stop();
    const checkpoint = await connection.collection<{ _id: string }>('checkpoints').findOne({
      _id: `${topic}/${partitionOf('c1')}`,
    });
    expect(checkpoint).toMatchObject({ position: 8 });

    await publish(enrol(c1, 7));
    const second = await start();
    await reach('c1', 5);
    expect(second.counts()).toMatchObject({ taken: 1, repeated: 0 });
    await publish(c1.withdraw(2));
    await reach('c1', 6);
    expect(flowsOf(await yearOf('c1'), 'learners-enrolled')).toEqual({ '2024-09': 10 });
  });

  test('far behind, threads fold what there is, and it goes on from there with what they had to leave', async () => {
    const { ledger, publish, start, reach, yearOf, asked, store, documents, connection } = await place();
    const units = Array.from({ length: 40 }, (_, i) => `c${i}`);
    for (const unit of units) centre(ledger(unit));
    const [gap, anew] = [ledger('c0'), ledger('c1')];
    anew.withdraw(1);
    anew.tell('ClassOpened', { class: 'a', type: 'refresher', openedOn: on('2024-09-01') });
    const all = units.flatMap((unit) => ledger(unit).entries);
    const lost = gap.entries[2]!;
    await publish(...all.filter((entry) => entry !== lost));
    const mongodbUri = engines.mongodbUri('dashboard');
    const projector = await start({ store, catchUp: { mongodbUri, fromMessages: 100, threads: 2 } });
    const taken = () => projector.counts().taken;
    await eventually(() => expect(taken()).toBeGreaterThanOrEqual(all.length - 2));
    await reach('c39', 4);
    // The hole is found by comparing heads, the correction folded anew.
    await reach('c0', 4);
    await reach('c1', 6);
    expect(asked).toContain('c0/3');
    const { cells } = await yearOf('c1');
    const refreshers = cells.filter(
      ({ indicator, category }) => indicator === 'learners-enrolled' && category === 'refresher',
    );
    expect(refreshers.reduce((sum, cell) => sum + cell.sum, 0)).toBe(43);
    await publish(enrol(ledger('c39'), 7));
    await reach('c39', 5);
    const { years, cursors } = await documents();
    await projector.stop();

    await Promise.all(
      ['unit_years', 'cursors', 'checkpoints', 'contexts'].map((name) => connection.dropCollection(name)),
    );
    await start();
    for (const { unit, seq } of cursors) await reach(unit, seq);
    await eventually(async () => expect((await documents()).years).toEqual(years));
  });

  test('asks for what is missing, and sets aside what is no entry', async () => {
    const { ledger, publish, send, start, asked, reach, yearOf, connection } = await place();
    const c1 = centre(ledger('c1'));
    const c2 = centre(ledger('c2'), [5]);
    await publish(c1.entries[0]!, c1.entries[1]!, c1.entries[3]!);
    await send([['c2', Buffer.from('poison')]]);
    await publish(...c2.entries);
    const projector = await start();
    await reach('c1', 4);
    await reach('c2', 2);
    expect(asked).toEqual(['c1/3']);
    expect(flowsOf(await yearOf('c1'), 'learners-enrolled')).toEqual({ '2024-09': 43 });
    expect(await connection.collection('quarantine').countDocuments()).toBe(1);
    expect(projector.counts()).toMatchObject({ quarantined: 1, gaps: 0 });
    // The last entry of a ledger, lost: nothing follows it.
    enrol(c1, 9);
    await projector.stop();
    await start();
    await reach('c1', 5);
    expect(asked).toEqual(['c1/3', 'c1/5']);
  });

  test('folds entries of a type that becomes known, and ledgers whose past is corrected', async () => {
    const { ledger, publish, start, reach, yearOf, cursorOf } = await place();
    const c1 = centre(ledger('c1'));
    c1.tell('HeadcountReported', { class: 'a', reportedOn: '2024-10-01', learners: { total: 30 } });
    enrol(c1, 8);
    await publish(...c1.entries);
    const folds = new Map(FOLDS.folds);
    folds.delete('vn.gdtx.programmes.HeadcountReported.v1');
    const older = await start({ folds: { ...FOLDS, folds } });
    await reach('c1', 6);
    expect(older.incompleteUnits()).toMatchObject([{ unit: 'c1', unknown: [{ seq: 5 }] }]);
    await older.stop();
    const newer = await start();
    await eventually(async () => expect((await cursorOf('c1'))?.epoch).toBe(1));
    expect(newer.incompleteUnits()).toEqual([]);
    expect((await yearOf('c1')).levels.filter(({ mode, value }) => mode === 'set' && value === 30)).toHaveLength(1);

    c1.withdraw(1);
    c1.tell('ClassOpened', { class: 'a', type: 'refresher', openedOn: on('2024-09-01') });
    await publish(...c1.entries.slice(6));
    await reach('c1', 8);
    expect(flowsOf(await yearOf('c1'), 'refresher-trainees')).toEqual({ '2024-09': 51 });
    expect(flowsOf(await yearOf('c1'), 'literacy-learners')).toEqual({});
  });

  test('says how fresh it is, tells who follows, and keeps going when MongoDB refuses for a while', async () => {
    const { name, store, ledger, publish, start, reach, connection, crashes } = await place();
    const breaking = new BreakingStore(store);
    const projector = await start({ store: breaking });
    const told: number[] = [];
    projector.onChanged((_, entries) => told.push(...entries.map(({ seq }) => seq)));
    const c1 = centre(ledger('c1'));
    let refused = 0;
    breaking.fault = (step) => (step === 'years' && refused++ < 3 ? { kind: 'breaks', after: 0 } : undefined);
    await publish(...c1.entries);
    await reach('c1', 4);
    expect([refused, told]).toEqual([4, [1, 2, 3, 4]]);
    const at = Date.now();
    const offsets = Array.from({ length: PARTITIONS }, (_, p) => (p === partitionOf('c1') ? 4 : 0));
    const word = Buffer.from(Progress.encode({ service: 'programmes', at, offsets }).finish());
    await producer.sendBatch([{ topic: progressTopic(name), partition: 0, key: 'programmes', value: word }]);
    await eventually(() => expect(projector.freshness()).toMatchObject({ asOf: at, lacks: [] }));
    await eventually(async () =>
      expect(await connection.collection('freshness').findOne({})).toMatchObject({ asOf: at, lacks: [] }),
    );
    expect(crashes).toEqual([]);
  });

  test('dying between documents and cursor, or going on as a zombie, counts nothing twice', async () => {
    const { store, ledger, publish, start, reach, yearOf, documents } = await place();
    const breaking = new BreakingStore(store);
    const dying = await start({ store: breaking });
    const c1 = centre(ledger('c1'));
    await publish(...c1.entries);
    await reach('c1', 4);
    let broken = 0;
    breaking.fault = (step) => (step === 'cursors' ? ((broken += 1), { kind: 'breaks', after: 0 }) : undefined);
    await publish(enrol(c1, 3), enrol(c1, 4, '2025-01-10'));
    await eventually(() => expect(broken).toBeGreaterThan(0));
    expect(flowsOf(await yearOf('c1'), 'learners-enrolled')).toEqual({ '2024-09': 46 });
    // It lives on, cut off from its cursors; another one, of another group, takes the same partitions.
    await start({ groupId: 'another' });
    await reach('c1', 6);
    await publish(enrol(c1, 1), c1.withdraw(3));
    await reach('c1', 8);
    breaking.fault = () => undefined;
    await publish(enrol(c1, 10));
    await reach('c1', 9);
    await eventually(() => expect(dying.caughtUp()).toBe(true));
    expect(flowsOf(await yearOf('c1'), 'learners-enrolled')).toEqual({ '2024-09': 55 });
    expect(flowsOf(await yearOf('c1', 2025), 'learners-enrolled')).toEqual({ '2025-01': 4 });
    const before = await documents();
    await dying.stop();
    expect(await documents()).toEqual(before);
  });

  test('shares its partitions with another process of its group, and takes them back', async () => {
    const { ledger, publish, start, reach, yearOf } = await place();
    const units = Array.from({ length: 24 }, (_, i) => centre(ledger(`unit-${i}`)));
    await publish(...units.flatMap(({ entries }) => entries));
    const one = await start();
    await reach('unit-7', 4);
    const two = await start();
    await publish(...units.map((each) => enrol(each, 7)));
    for (const { unit } of units) await reach(unit, 5);
    await eventually(() => expect(two.counts().taken).toBeGreaterThan(0));
    // What one had taken and could not store before it was given away, the other takes again.
    expect(one.counts().taken + two.counts().taken).toBeGreaterThanOrEqual(24 * 5);
    await two.stop();
    await publish(...units.map((each) => enrol(each, 1)));
    for (const { unit } of units) await reach(unit, 6);
    for (const { unit } of units) expect(flowsOf(await yearOf(unit), 'learners-enrolled')).toEqual({ '2024-09': 51 });
  });
});

test('in any order across units, with any repetitions: the same documents', async () => {
  const units = ['c1', 'c2', 'c3'];
  const tell = (ledger: (unit: string) => LedgerOf) => {
    for (const unit of units) {
      const told = centre(ledger(unit), [4, 5]);
      told.withdraw(2);
      enrol(told, 3, '2023-12-31');
    }
    return units.map((unit) => ledger(unit).entries);
  };
  const reference = await place();
  const entries = tell(reference.ledger);
  await reference.publish(...entries.flat());
  await reference.start();
  for (const unit of units) await reference.reach(unit, 5);
  const whole = await reference.documents();

  const order = fc.array(fc.record({ unit: fc.nat(2), again: fc.nat(2) }), { minLength: 5, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(order, async (steps) => {
      const { ledger, publish, start, reach, documents } = await place();
      tell(ledger);
      const next = [0, 0, 0];
      const mixed: Entry[] = [];
      for (const { unit, again } of steps) {
        const from = Math.max(0, next[unit]! - again);
        mixed.push(...ledger(units[unit]!).entries.slice(from, next[unit]! + 1));
        next[unit] = Math.min(5, next[unit]! + 1);
      }
      for (const [i, unit] of units.entries()) mixed.push(...ledger(unit).entries.slice(next[i]));
      const projector = await start();
      await publish(...mixed);
      for (const unit of units) await reach(unit, 5);
      expect(await documents()).toEqual(whole);
      await projector.stop();
    }),
    { numRuns: 4 },
  );
});
