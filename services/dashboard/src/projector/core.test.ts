import { describe, expect, test } from '@jest/globals';
import { partitionOf } from '@gdtx/kafka/partition';
import { FOLDS } from '../indicators/folds/all.js';
import { LAYOUT, monthNumber } from '../model.js';
import { control, message } from '../../test/ledger-of.js';
import { flowsOf, storedOf, TestProjector, World, yearOf } from '../../test/world.js';
import { MemoryStore } from './memory-store.js';
import type { TakenEntry } from './intake.js';
import type { Lack } from './store.js';

const on = (day: string) => ({ on: day });
const opened = (id = 'a', type = 'literacy') => ({ class: id, type, openedOn: on('2024-09-01') });
const enrolled = (total: number, day = '2024-09-05') => ({ class: 'a', occurredOn: day, learners: { total } });

/** A world in which a centre has opened a class and enrolled 40, 2 and 1. */
function centre(unit = 'c1') {
  const world = new World();
  const ledger = world.ledger('programmes', unit);
  ledger.tell('ClassOpened', opened());
  for (const total of [40, 2, 1]) ledger.tell('LearnersEnrolled', enrolled(total));
  return { world, ledger };
}

/** What is stored after everything was published once and in order. */
async function expected(world: World) {
  const clean = new World();
  for (const [id, ledger] of world.ledgers) clean.ledgers.set(id, ledger);
  clean.publishAll();
  const store = new MemoryStore();
  const projector = new TestProjector(clean, store);
  await projector.assign();
  await projector.readAndFlush();
  return storedOf(store);
}

async function started(world: World, store = new MemoryStore(), options = {}) {
  const projector = new TestProjector(world, store, options);
  await projector.assign();
  return { projector, store };
}

describe('entries', () => {
  test('are folded into a document by year, with cursor and checkpoint', async () => {
    const { world, ledger } = centre();
    world.publishAll();
    const { projector, store } = await started(world);
    await projector.readAndFlush();
    expect(flowsOf(yearOf(store, 'programmes/c1/2024'), 'literacy-learners')).toEqual({ '2024-09': 43 });
    const partition = partitionOf('c1');
    expect(store.cursorsById.get('programmes/c1')).toEqual({
      _id: 'programmes/c1',
      service: 'programmes',
      unit: 'c1',
      partition,
      epoch: 0,
      seq: 4,
      hash: ledger.entries[3]!.hash,
      years: [2024],
      unknown: [],
      layout: LAYOUT,
    });
    expect(store.checkpointsById.get(`test.programmes.v1/${partition}`)).toMatchObject({ position: 4n, waiting: [] });
    expect(store.contextsById.get('programmes/c1')).toMatchObject({ seq: 2 });
  });

  test('that come again change nothing, in one batch or in many', async () => {
    const { world, ledger } = centre();
    world.publish(...ledger.entries, ...ledger.entries.slice(1), ...ledger.entries);
    const { projector, store } = await started(world);
    for (let i = 0; i < 3; i++) await projector.readAndFlush(2);
    expect(storedOf(store)).toEqual(await expected(world));
    expect(projector.core.counts()).toMatchObject({ taken: 4, repeated: 7 });
  });

  test('that come late, after others of their partition, are folded as if in time', async () => {
    const { world, ledger } = centre();
    const other = world.ledger('programmes', 'c1-neighbour');
    other.tell('ClassOpened', opened('z'));
    world.publish(ledger.entries[0]!, other.entries[0]!, ...ledger.entries.slice(1));
    const { projector, store } = await started(world);
    await projector.readAndFlush(1);
    expect(storedOf(store)).toEqual(await expected(world));
  });

  test('withdrawn are taken away in the month in which they were withdrawn', async () => {
    const { world, ledger } = centre();
    ledger.withdraw(3, { recordedAt: Date.UTC(2025, 4, 2) });
    world.publishAll();
    const { projector, store } = await started(world);
    await projector.readAndFlush();
    const year = yearOf(store, 'programmes/c1/2024');
    expect(flowsOf(year, 'learners-enrolled')).toEqual({ '2024-09': 41 });
    const enrolments = year.cells.filter(({ indicator }) => indicator === 'learners-enrolled');
    expect(enrolments.map(({ recorded, sum, exact }) => [recorded, sum, exact])).toEqual([
      [monthNumber('2025-01'), 43, 3],
      [monthNumber('2025-05'), -2, -1],
    ]);
    const present = year.levels.filter(({ indicator }) => indicator === 'learners-present');
    expect(present.map(({ seq, withdrawn }) => [seq, withdrawn])).toEqual([
      [2, null],
      [3, monthNumber('2025-05')],
      [4, null],
    ]);
  });

  test('withdrawn take back their records, balances and words on months', async () => {
    const world = new World();
    const ledger = world.ledger('programmes', 'c1');
    const to = on('2022-02-16');
    ledger.tell('OpeningBalanceDeclared', { measure: 'attendances', programmeTypes: ['refresher'], count: 9, to });
    ledger.tell('PeriodClosed', { month: '2024-09' });
    ledger.withdraw(1);
    ledger.withdraw(2);
    world.publishAll();
    const { projector, store } = await started(world);
    await projector.readAndFlush();
    const [balance] = yearOf(store, 'programmes/c1/2022').balances;
    expect(balance).toMatchObject({ seq: 1, withdrawn: monthNumber('2025-01') });
    expect([...store.recordsById.values()].map(({ _id, stands }) => [_id, stands])).toEqual([
      ['balances/programmes/c1/1', false],
    ]);
    const { periods, lastSeqs } = yearOf(store, 'programmes/c1/2024');
    expect(periods).toMatchObject([{ what: 'closed', seq: 2, withdrawn: monthNumber('2025-01') }]);
    // Of what is said in the month, closing it is no part.
    expect(lastSeqs![8]).toBe(0);
  });

  test('of the registry only move their ledger on', async () => {
    const world = new World();
    world.ledger('centres', 'vn').tell('CentreEstablished', { centre: 'c1', kind: 'gdtx' });
    world.publishAll();
    const { projector, store } = await started(world);
    await projector.readAndFlush();
    expect(store.cursorsById.get('centres/vn')).toMatchObject({ seq: 1, unknown: [], years: [] });
    expect(store.years.size).toBe(0);
  });
});

describe('a gap', () => {
  test('holds the ledger up, is asked for once, and heals by what is sent again', async () => {
    const { world, ledger } = centre();
    ledger.tell('LearnersEnrolled', enrolled(7));
    world.publish(...ledger.entries.filter(({ seq }) => seq !== 3));
    const { projector, store } = await started(world);
    await projector.readAndFlush();
    expect(store.cursorsById.get('programmes/c1')!.seq).toBe(2);
    expect(projector.core.freshness().lacks).toContainEqual({ service: 'programmes', unit: 'c1', why: 'gap' });
    await projector.pass(200);
    await projector.pass(200);
    expect(world.asked).toEqual(['programmes/c1/3']);
    // Other processes see it in the checkpoint.
    await projector.flush();
    expect(store.checkpointsById.get(`test.programmes.v1/${partitionOf('c1')}`)!.waiting).toEqual(['c1']);
    await projector.readAndFlush();
    expect(storedOf(store)).toEqual(await expected(world));
    await projector.pass(10_000);
    expect(world.asked).toHaveLength(1);
    expect(projector.core.freshness().lacks).not.toContainEqual({ service: 'programmes', unit: 'c1', why: 'gap' });
    await projector.flush();
    expect(store.checkpointsById.get(`test.programmes.v1/${partitionOf('c1')}`)!.waiting).toEqual([]);
  });

  test('is asked for again with growing pauses while nothing comes, and not asked for while its owner is asked', async () => {
    const { world, ledger } = centre();
    world.publish(...ledger.entries.slice(1));
    world.down.add('programmes');
    const { projector } = await started(world);
    await projector.read();
    await projector.pass(200);
    await projector.pass(4_000);
    expect(world.asked).toHaveLength(1);
    await projector.pass(1_500);
    expect(world.asked).toHaveLength(2);
    await projector.pass(5_500);
    expect(world.asked).toHaveLength(2);
    world.down.clear();
    await projector.pass(5_000);
    expect(world.asked).toEqual(Array(3).fill('programmes/c1/1'));
    await projector.read();
    expect(projector.core.counts()).toMatchObject({ taken: 4, gaps: 0, asked: 3 });
  });

  test('at the end of a ledger is found by comparing heads, once the relay says that all is published', async () => {
    const { world, ledger } = centre();
    world.publish(...ledger.entries.slice(0, 3));
    const { projector, store } = await started(world);
    await projector.pass(100);
    await projector.read();
    for (let i = 0; i < 2; i++) {
      expect(world.asked).toEqual([]);
      await projector.pass(1_000);
      projector.say('programmes');
      await projector.flush();
    }
    await projector.pass(300);
    await projector.pass(300);
    expect(world.asked).toEqual(['programmes/c1/4']);
    await projector.readAndFlush();
    expect(storedOf(store)).toEqual(await expected(world));
    expect(projector.core.counts()).toMatchObject({ foundByHeads: 1 });
  });

  test('at the end isn’t one while the entry is on its way', async () => {
    const { world, ledger } = centre();
    world.publish(...ledger.entries.slice(0, 3));
    const { projector } = await started(world);
    await projector.pass(100);
    await projector.readAndFlush();
    world.publish(ledger.entries[3]!);
    for (let i = 0; i < 4; i++) {
      projector.say('programmes');
      await projector.pass(1_000);
    }
    await projector.readAndFlush();
    await projector.pass(31_000);
    expect(world.asked).toEqual([]);
  });

  test('at the end is asked for also when the relay stays silent, and looked for every ten minutes', async () => {
    const { world, ledger } = centre();
    world.publishAll();
    const { projector } = await started(world);
    await projector.readAndFlush();
    await projector.pass(100);
    ledger.tell('LearnersEnrolled', enrolled(9));
    await projector.pass(9 * 60_000);
    await projector.pass(40_000);
    expect(world.asked).toEqual([]);
    await projector.pass(60_000);
    await projector.pass(31_000);
    await projector.pass(300);
    expect(world.asked).toEqual(['programmes/c1/5']);
  });

  test('heads that can’t be read are read later', async () => {
    const { world, ledger } = centre();
    world.publish(...ledger.entries.slice(0, 3));
    world.down.add('programmes');
    const { projector } = await started(world);
    await projector.pass(100);
    expect(projector.warnings).toContain('the heads of a service could not be read');
    world.down.clear();
    await projector.readAndFlush();
    await projector.pass(16_000);
    await projector.pass(31_000);
    await projector.pass(300);
    expect(world.asked).toEqual(['programmes/c1/4']);
  });

  test('another entry in the place of the last one is told', async () => {
    const { world, ledger } = centre();
    world.publishAll();
    const { projector } = await started(world);
    await projector.readAndFlush();
    ledger.entries.pop();
    ledger.tell('LearnersEnrolled', enrolled(99));
    await projector.pass(100);
    expect(projector.core.counts().forked).toBe(1);
  });
});

describe('what can’t be folded', () => {
  test('a value that is no entry is set aside, and its neighbours flow', async () => {
    const { world, ledger } = centre();
    const topic = world.topic('programmes');
    const partition = partitionOf('c1');
    world.publish(ledger.entries[0]!);
    topic.append(partition, Buffer.from('not an entry'));
    topic.append(partition, null);
    world.publish(...ledger.entries.slice(1));
    const { projector, store } = await started(world);
    await projector.readAndFlush();
    expect(flowsOf(yearOf(store, 'programmes/c1/2024'), 'learners-enrolled')).toEqual({ '2024-09': 43 });
    expect([...store.quarantined.values()]).toMatchObject([
      {
        _id: `test.programmes.v1/${partition}/1`,
        offset: 1n,
        reason: 'it is no protobuf message',
        value: Buffer.from('not an entry'),
      },
      { _id: `test.programmes.v1/${partition}/2`, reason: 'it is empty' },
    ]);
    expect(projector.core.counts()).toMatchObject({ quarantined: 2, taken: 4 });
    expect(projector.warnings).toEqual(['values that can’t be read were set aside']);
  });

  test('a fact that can’t be read, or has a date that can’t be, is set aside and named', async () => {
    const { world, ledger } = centre();
    ledger.tell('LearnersEnrolled', {}, { bytes: Buffer.from([255]) });
    ledger.tell('LearnersEnrolled', enrolled(5, '2024-19-05'));
    ledger.tell('LearnersEnrolled', enrolled(6));
    world.publishAll();
    const { projector, store } = await started(world);
    await projector.readAndFlush();
    expect(flowsOf(yearOf(store, 'programmes/c1/2024'), 'learners-enrolled')).toEqual({ '2024-09': 49 });
    expect(store.cursorsById.get('programmes/c1')!.unknown.map(({ seq }) => seq)).toEqual([5, 6]);
    expect(store.quarantined.size).toBe(2);
  });

  test('a type that isn’t known moves the ledger on and is named; known at the next start, nothing is lost', async () => {
    const { world, ledger } = centre();
    ledger.tellUnknown();
    ledger.withdraw(5);
    ledger.tell('HeadcountReported', { class: 'a', reportedOn: '2024-10-01', learners: { total: 30 } });
    ledger.tell('LearnersEnrolled', enrolled(8, '2025-01-10'));
    world.publishAll();
    const store = new MemoryStore();
    const folds = new Map(FOLDS.folds);
    folds.delete('vn.gdtx.programmes.HeadcountReported.v1');
    const { projector } = await started(world, store, { folds: { ...FOLDS, folds } });
    await projector.readAndFlush();
    const names = ['vn.gdtx.programmes.OfALaterVersion.v1', 'vn.gdtx.programmes.HeadcountReported.v1'];
    const unknown = [5, 7].map((seq, i) => ({ seq, type: names[i] }));
    expect(store.cursorsById.get('programmes/c1')).toMatchObject({ seq: 8, unknown });
    expect(projector.core.incompleteUnits()).toEqual([{ service: 'programmes', unit: 'c1', unknown }]);
    const lack: Lack = { service: 'programmes', unit: 'c1', why: 'unknown-facts' };
    expect(projector.core.freshness().lacks).toContainEqual(lack);
    await projector.revoke();

    world.down.add('programmes');
    const { projector: newer } = await started(world, store);
    await newer.pass(100);
    expect(newer.warnings).toContain('a ledger could not be folded anew');
    // Entries that come meanwhile are folded into what there is.
    const last = ledger.tell('LearnersEnrolled', enrolled(1, '2025-01-11'));
    world.publish(last);
    await newer.readAndFlush();
    expect(flowsOf(yearOf(store, 'programmes/c1/2025'), 'learners-enrolled')).toEqual({ '2025-01': 9 });
    world.down.clear();
    await newer.pass(2_000);
    await newer.pass(100);
    await newer.flush();
    const { epoch, unknown: left, seq } = store.cursorsById.get('programmes/c1')!;
    expect([epoch, left.map((each) => each.seq), seq]).toEqual([1, [5], 9]);
    const { levels } = yearOf(store, 'programmes/c1/2024');
    expect(levels.some(({ mode, value, day }) => mode === 'set' && value === 30 && day === '2024-10-01')).toBe(true);
    const whole = await expected(world);
    const withoutEpochs = (what: object) => JSON.parse(JSON.stringify(what).replaceAll('"epoch":1', '"epoch":0'));
    expect(withoutEpochs(storedOf(store))).toEqual(withoutEpochs(whole));
    // And goes on from there.
    world.publish(ledger.tell('LearnersEnrolled', enrolled(1, '2025-02-01')));
    await newer.readAndFlush();
    expect(flowsOf(yearOf(store, 'programmes/c1/2025'), 'learners-enrolled')).toEqual({ '2025-01': 9, '2025-02': 1 });
  });
});

test('a ledger that was stored before documents held all that they hold now is folded anew', async () => {
  const { world, ledger } = centre();
  ledger.tell('PeriodClosed', { month: '2024-09' });
  world.publishAll();
  const { projector, store } = await started(world);
  await projector.readAndFlush();
  await projector.revoke();
  const { periods, remarks: _, ...document } = store.years.get('programmes/c1/2024')!;
  const { layout, ...cursor } = store.cursorsById.get('programmes/c1')!;
  expect([periods!.toString(), layout]).not.toContain(undefined);
  store.years.set('programmes/c1/2024', document);
  store.cursorsById.set('programmes/c1', cursor);

  world.down.add('programmes');
  const { projector: newer } = await started(world, store);
  await newer.pass(100);
  // What comes meanwhile makes no new form of what is in the old one.
  world.publish(ledger.tell('PeriodReopened', { unit: 'c1', month: '2024-09', reason: 'x' }));
  await newer.readAndFlush();
  expect(store.cursorsById.get('programmes/c1')).toMatchObject({ seq: 6, epoch: 0, layout: 0 });
  expect(newer.core.freshness().lacks).toContainEqual({ service: 'programmes', unit: 'c1', why: 'folding-anew' });
  world.down.clear();
  await newer.pass(2_000);
  await newer.pass(100);
  await newer.flush();
  expect(store.cursorsById.get('programmes/c1')).toMatchObject({ seq: 6, epoch: 1, layout: LAYOUT });
  expect(yearOf(store, 'programmes/c1/2024').periods!.map(({ what }) => what)).toEqual(['closed', 'reopened']);
  await newer.revoke();
  // Once.
  const { projector: next } = await started(world, store);
  await next.pass(100);
  expect(next.core.freshness().lacks).not.toContainEqual(expect.objectContaining({ why: 'folding-anew' }));
});

describe('a correction of what was folded before', () => {
  test('folds the ledger anew, read from its owner, and holds it until then', async () => {
    const { world, ledger } = centre();
    ledger.withdraw(1);
    ledger.tell('ClassOpened', opened('a', 'refresher'));
    ledger.tell('LearnersEnrolled', enrolled(5));
    world.publishAll();
    world.down.add('programmes');
    const { projector, store } = await started(world);
    await projector.readAndFlush();
    expect(store.cursorsById.get('programmes/c1')!.seq).toBe(5);
    expect(projector.core.freshness().lacks).toContainEqual({
      service: 'programmes',
      unit: 'c1',
      why: 'folding-anew',
    });
    world.down.clear();
    await projector.pass(100);
    await projector.pass(100);
    await projector.flush();
    const year = yearOf(store, 'programmes/c1/2024');
    expect(flowsOf(year, 'learners-enrolled', 'refresher')).toEqual({ '2024-09': 48 });
    expect(flowsOf(year, 'refresher-trainees')).toEqual({ '2024-09': 48 });
    expect(flowsOf(year, 'literacy-learners')).toEqual({});
    expect(store.cursorsById.get('programmes/c1')).toMatchObject({ seq: 7, epoch: 0 });
    world.publish(ledger.tell('LearnersEnrolled', enrolled(1)));
    await projector.readAndFlush();
    expect(flowsOf(yearOf(store, 'programmes/c1/2024'), 'refresher-trainees')).toEqual({ '2024-09': 49 });
  });

  test('asks for what came while the ledger was held and its owner hadn’t shown yet', async () => {
    const { world, ledger } = centre();
    ledger.withdraw(1);
    ledger.tell('ClassOpened', opened('a', 'refresher'));
    world.publishAll();
    const late = ledger.tell('LearnersEnrolled', enrolled(5));
    const { projector, store } = await started(world);
    await projector.read();
    world.publish(late);
    await projector.read();
    ledger.entries.pop();
    await projector.pass(10);
    ledger.entries.push(late);
    await projector.pass(200);
    expect(world.asked).toEqual(['programmes/c1/7']);
    await projector.readAndFlush();
    expect(flowsOf(yearOf(store, 'programmes/c1/2024'), 'refresher-trainees')).toEqual({ '2024-09': 48 });
  });
});

describe('memory', () => {
  test('lets go of documents that aren’t used, and loads them when they are', async () => {
    const { world, ledger } = centre();
    ledger.tell('LearnersEnrolled', enrolled(3, '2023-12-01'));
    world.publishAll();
    const { projector, store } = await started(world, new MemoryStore(), { maxBytes: 1 });
    await projector.readAndFlush();
    await projector.pass(1_100);
    expect(projector.core.counts().bytes).toBe(0);
    ledger.tell('LearnersEnrolled', enrolled(10));
    ledger.withdraw(2);
    world.publish(...ledger.entries.slice(5));
    await projector.readAndFlush();
    expect(storedOf(store)).toEqual(await expected(world));
  });

  test('never lets go of what isn’t stored', async () => {
    const { world } = centre();
    world.publishAll();
    const { projector, store } = await started(world, new MemoryStore(), { maxBytes: 1 });
    await projector.read();
    await projector.pass(1_100);
    expect(projector.core.counts().bytes).toBeGreaterThan(0);
    await projector.flush();
    expect(storedOf(store)).toEqual(await expected(world));
  });
});

describe('who follows', () => {
  test('is told of documents as they were stored, then of the entries in them', async () => {
    const { world, ledger } = centre();
    ledger.tell('PeriodClosed', { month: '2024-09' });
    world.publishAll();
    const { projector } = await started(world);
    const told: [string[], TakenEntry[]][] = [];
    const stop = projector.core.onChanged((documents, entries) =>
      told.push([documents.map(({ _id }) => _id), [...entries]]),
    );
    await projector.read();
    expect(projector.core.seqOf('programmes', 'c1')).toBe(0);
    await projector.flush();
    expect(told.map(([documents]) => documents)).toEqual([['programmes/c1/2024'], []]);
    const entries = told[1]![1];
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(entries[1]).toEqual({
      service: 'programmes',
      unit: 'c1',
      seq: 2,
      type: 'vn.gdtx.programmes.LearnersEnrolled.v1',
      indicators: ['learners-enrolled', 'literacy-learners', 'learners-present'],
      collections: [],
    });
    expect(entries[4]).toMatchObject({ indicators: [], collections: ['periods'] });
    expect(projector.core.seqOf('programmes', 'c1')).toBe(5);
    stop();
    world.publish(ledger.tell('LearnersEnrolled', enrolled(10)));
    await projector.readAndFlush();
    expect(told).toHaveLength(2);
  });

  test('is told how fresh it is: the least of what relays have said and was reached', async () => {
    const { world, ledger } = centre();
    world.publishAll();
    const { projector, store } = await started(world);
    await projector.readAndFlush();
    projector.say('programmes', world.now - 500);
    projector.say('inspections', world.now - 200);
    expect(projector.core.freshness()).toMatchObject({
      asOf: null,
      services: { programmes: world.now - 500, inspections: world.now - 200, centres: null },
      lacks: [{ service: 'centres', why: 'never-heard' }],
    });
    projector.say('centres', world.now - 300);
    expect(projector.core.freshness()).toMatchObject({ asOf: world.now - 500, lacks: [] });

    // A word that isn't reached yet doesn't count, and neither does what is read but not stored.
    world.publish(ledger.tell('LearnersEnrolled', enrolled(10)));
    projector.say('programmes', world.now);
    await projector.read();
    expect(projector.core.freshness().asOf).toBe(world.now - 500);
    await projector.flush();
    expect(projector.core.freshness().asOf).toBe(world.now - 300);

    await projector.pass(11_000);
    expect(projector.core.freshness().lacks).toHaveLength(3);
    await projector.pass(300);
    expect(store.freshness).toMatchObject({ _id: 'now', asOf: world.now - 11_600 });
  });

  test('is told of what other processes have and lack', async () => {
    const { world, ledger } = centre();
    const other = world.ledger('programmes', 'c2');
    expect(partitionOf('c1')).not.toBe(partitionOf('c2'));
    ledger.tellUnknown('OfALaterVersion');
    other.tell('ClassOpened', opened());
    other.tell('LearnersEnrolled', enrolled(1));
    world.publish(...ledger.entries, other.entries[1]!);
    const store = new MemoryStore();
    const mine = new TestProjector(world, store, {}, ['programmes']);
    const theirs = new TestProjector(world, store, {}, ['programmes']);
    const all = Array.from({ length: 12 }, (_, p) => p);
    await mine.assign([partitionOf('c1')]);
    await theirs.assign(all.filter((p) => p !== partitionOf('c1')));
    const rest = all.filter((p) => p !== partitionOf('c1') && p !== partitionOf('c2'));
    await store.writeCheckpoints(
      rest.map((p) => ({
        _id: `test.programmes.v1/${p}`,
        topic: 'test.programmes.v1',
        partition: p,
        position: 0n,
        waiting: [],
      })),
    );
    await mine.readAndFlush();
    await theirs.readAndFlush();
    await theirs.pass(50);
    await theirs.flush();
    mine.say('programmes', world.now);
    theirs.say('programmes', world.now);
    await mine.pass(1_000);
    await theirs.pass(1_000);
    const lacks = [
      { service: 'programmes', unit: 'c2', why: 'gap' },
      { service: 'programmes', unit: 'c1', why: 'unknown-facts' },
    ];
    expect(mine.core.freshness()).toMatchObject({ asOf: world.now - 2_000, lacks });
    expect(theirs.core.freshness()).toMatchObject({ asOf: world.now - 2_000, lacks });
  });
});

test('a batch that is stale after its documents were loaded is left', async () => {
  const { world, ledger } = centre();
  world.publish(...ledger.entries.slice(0, 2));
  const { projector, store } = await started(world, new MemoryStore(), { maxBytes: 1 });
  await projector.readAndFlush();
  await projector.pass(1_100);
  const before = storedOf(store);
  const batch = [...world.topic('programmes').batches()].find(({ partition }) => partition === partitionOf('c1'))!;
  const messages = [message(ledger.entries[2]!, 2n)];
  await projector.take({ ...batch, firstOffset: 2n, lastOffset: 2n, messages }, { ...control, isStale: () => true });
  await projector.flush();
  expect(storedOf(store)).toEqual(before);
});
