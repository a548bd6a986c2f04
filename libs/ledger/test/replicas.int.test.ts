import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import type { TestFact } from '@gdtx/testing/given';
import { testEngines } from '@gdtx/testing/test-engines';
import { startTestOwner, type TestOwner } from '@gdtx/testing/test-owner';
import mongoose from 'mongoose';
import type { EntryDocument } from '../src/documents.js';
import { progressOf, publishedEntries, taken, upTo } from './published.js';
import { centreRules, classRules } from './rules.js';
import { centres, provinces } from './told-by-others.js';

/** Two replicas of a service on one database, at once on the same things. */

const HOUR = 3_600_000;
const enrol = (id: string, total: number, cls: string, source = 'gdtx-a'): TestFact => ({
  name: 'LearnersEnrolled',
  id,
  source,
  data: { class: cls, occurredOn: '2024-09-05', learners: { total } },
});
const slugs = (results: Awaited<ReturnType<TestOwner['record']>>) => results.map((r) => r.refusal?.slug ?? r.status);

describe('two replicas that record reports', () => {
  const engines = testEngines('replicas');
  let a: TestOwner;
  let b: TestOwner;
  let entries: (unit: string) => Promise<EntryDocument[]>;
  let close: () => Promise<unknown>;

  beforeAll(async () => {
    const others = [...provinces, ...centres('gdtx-a', 'gdtx-b')];
    a = await startTestOwner({ engines, service: 'programmes', rules: classRules, others });
    // Its clock is an hour behind.
    b = await a.replica({ now: () => Date.now() - HOUR });
    const connection = await mongoose.createConnection(a.env['MONGODB_URI']!).asPromise();
    entries = (unit) => connection.collection<EntryDocument>('entries').find({ unit }).sort({ seq: 1 }).toArray();
    close = () => connection.dropDatabase().then(() => connection.close());
    for (const it of [a, b]) {
      await eventually(async () => expect((await it.get('/readyz')).body).toMatchObject({ ready: true }));
    }
  }, 60_000);
  afterAll(async () => {
    await b.stop();
    await a.stop();
    await close();
  });

  test('never exceed a limit together, leave no gap and fork no chain', async () => {
    await a.record([enrol('near', 80, 'full')]);
    const calls = Array.from({ length: 200 }, (_, i) => (i % 2 ? a : b).record([enrol(`one-${i}`, 1, 'full')]));
    const told = (await Promise.all(calls)).flatMap(slugs);
    expect(told.filter((s) => s === 'accepted').length).toBe(20);
    expect(told.filter((s) => s === 'class-full').length).toBe(180);
    const ledger = await entries('gdtx-a');
    expect(ledger.map((e) => e.seq)).toEqual(upTo(21));
    for (const it of [a, b]) {
      const verified = await it.get('/v1/ledgers/programmes/gdtx-a/verify');
      expect(verified.body).toMatchObject({ valid: true, entries: 21 });
    }
  }, 60_000);

  test('take an id once, and give the same receipt for it', async () => {
    const facts = Array.from({ length: 40 }, (_, i) => enrol(`same-${i}`, 1, `same-${i % 7}`));
    const [left, right] = await Promise.all([a.record(facts), b.record(facts)]);
    for (const [i, one] of left!.entries()) {
      const other = right![i]!;
      expect([one.status, other.status].sort()).toEqual(['accepted', 'duplicate']);
      expect(one.receipt).toEqual(other.receipt);
    }
  }, 60_000);

  test('never let a ledger’s time run back, nor the order of deciding, whatever their clocks say', async () => {
    for (let i = 0; i < 10; i++) await (i % 2 ? a : b).record([enrol(`clock-${i}`, 1, 'clock')]);
    const ledger = await entries('gdtx-a');
    const recordedAt = ledger.map((e) => e.recordedAt);
    expect(recordedAt).toEqual([...recordedAt].sort((x, y) => x - y));
    const orders = ledger.filter((e) => e.keys.includes('class:gdtx-a/clock')).map((e) => e.order);
    expect(orders).toEqual([...orders].sort((x, y) => x - y));
  });

  test('decide a withdrawal and what would rest on the entry one after the other', async () => {
    for (let i = 0; i < 12; i++) {
      const cls = `undo-${i}`;
      const [first] = await a.record([enrol(`undo-${i}`, 60, cls)]);
      const seq = first!.receipt!.seq;
      const leave = { class: cls, occurredOn: '2024-09-06', reason: 'other', learners: { total: 50 } };
      const undo = { unit: 'gdtx-a', seq, reason: 'sai' };
      const [gone, left] = await Promise.all([
        (i % 2 ? a : b).record([{ name: 'EntryWithdrawn', source: 'gdtx-a', data: undo }]),
        (i % 2 ? b : a).record([{ name: 'LearnersLeft', source: 'gdtx-a', data: leave }]),
      ]);
      const told = [...slugs(gone), ...slugs(left)];
      expect([
        ['accepted', 'more-than-present'],
        ['has-dependants', 'accepted'],
      ]).toContainEqual(told);
    }
    expect((await a.get('/v1/ledgers/programmes/gdtx-a/verify')).body).toMatchObject({ valid: true });
  }, 60_000);

  test('publish everything once, by one relay, and say of no moment too much', async () => {
    let going = true;
    let n = 0;
    const busy = async (it: TestOwner, unit: string) => {
      while (going) {
        await it.record(Array.from({ length: 5 }, () => enrol(`busy-${++n}`, 0, `busy-${n % 9}`, unit)));
      }
    };
    const recording = Promise.all([busy(a, 'gdtx-a'), busy(b, 'gdtx-b'), busy(b, 'gdtx-a')]);
    const before = (await progressOf(engines, 'programmes')).length;
    await eventually(async () =>
      expect((await progressOf(engines, 'programmes')).length).toBeGreaterThanOrEqual(before + 4),
    ).finally(() => (going = false));
    await recording;
    const all = [...(await entries('gdtx-a')), ...(await entries('gdtx-b'))];
    const published = await eventually(async () => {
      const found = await publishedEntries(engines, 'programmes');
      expect(found.length).toBeGreaterThanOrEqual(all.length);
      return found;
    });
    // Nothing failed, so nothing came twice.
    expect(published.length).toBe(all.length);
    const hashes = new Map(all.map((e) => [e._id, Buffer.from((e.hash as never as { buffer: Buffer }).buffer)]));
    for (const { entry } of published) expect(hashes.get(entry.id)!.equals(entry.hash)).toBe(true);
    for (const unit of ['gdtx-a', 'gdtx-b']) {
      expect(taken(published, unit)).toEqual(upTo(all.filter((e) => e.unit === unit).length));
    }
    const said = await progressOf(engines, 'programmes');
    for (const { at, offsets } of said) {
      const there = new Set(published.filter((p) => p.offset < offsets[p.partition]!).map((p) => p.entry.id));
      expect(all.filter((e) => e.recordedAt <= at && !there.has(e._id)).map((e) => e._id)).toEqual([]);
    }
    const moments = said.map((p) => p.at);
    expect(moments).toEqual([...moments].sort((x, y) => x - y));
  }, 60_000);

  test('take over from one another', async () => {
    await a.restart();
    await b.record([enrol('while-a-was-away', 1, 'handed-over')]);
    await a.record([enrol('a-is-back', 1, 'handed-over')]);
    await b.restart();
    const [late] = await a.record([enrol('b-was-away', 1, 'handed-over')]);
    await eventually(async () => {
      const seqs = taken(await publishedEntries(engines, 'programmes'), 'gdtx-a');
      expect(seqs).toEqual(upTo(late!.receipt!.seq));
    });
  }, 60_000);
});

describe('two replicas that record units and reports', () => {
  const engines = testEngines('registry-replicas');
  let a: TestOwner;
  let b: TestOwner;
  const centre = (id: string): TestFact => ({
    name: 'CentreEstablished',
    source: 'province-14',
    data: { centre: id, kind: 'gdtx', name: { vi: id }, seat: 'province-14', establishedOn: '2000-01-01' },
  });
  const staff = (source: string): TestFact => ({
    name: 'StaffingReported',
    source,
    data: { reportedOn: '2024-01-01', total: 40 },
  });

  const dissolved = (id: string): TestFact => ({
    name: 'CentreDissolved',
    source: 'province-14',
    data: { centre: id, effectiveOn: '2020-01-01' },
  });

  beforeAll(async () => {
    a = await startTestOwner({ engines, service: 'centres', rules: centreRules, others: provinces });
    b = await a.replica();
    for (const it of [a, b]) {
      await eventually(async () => expect((await it.get('/readyz')).body).toMatchObject({ ready: true }));
    }
  }, 60_000);
  afterAll(async () => {
    const { MONGODB_URI } = a.env;
    await b.stop();
    await a.stop();
    const connection = await mongoose.createConnection(MONGODB_URI!).asPromise();
    await connection.dropDatabase();
    await connection.close();
  });

  test('know at once what the other one has established', async () => {
    for (let i = 0; i < 6; i++) {
      const [from, to] = i % 2 ? [a, b] : [b, a];
      expect(slugs(await from!.record([centre(`quick-${i}`)]))).toEqual(['accepted']);
      expect(slugs(await to!.record([staff(`quick-${i}`)]))).toEqual(['accepted']);
    }
  });

  test('know at once what the other one has dissolved, though they remember nothing of it', async () => {
    for (let i = 0; i < 6; i++) {
      const [from, to] = i % 2 ? [a, b] : [b, a];
      // It hears of both, and remembers one.
      await from!.record([centre(`gone-${i}`), centre(`heard-${i}`)]);
      expect(slugs(await to!.record([staff(`heard-${i}`)]))).toEqual(['accepted']);
      expect(slugs(await from!.record([dissolved(`gone-${i}`)]))).toEqual(['accepted']);
      expect(slugs(await to!.record([staff(`gone-${i}`)]))).toEqual(['unit-ended']);
    }
  });

  test('accept one of two that contradict each other, though they are in different ledgers', async () => {
    for (let i = 0; i < 15; i++) {
      const id = `either-${i}`;
      await (i % 3 ? a : b).record([centre(id)]);
      const [end, report] = await Promise.all([
        (i % 2 ? a : b).record([dissolved(id)]),
        (i % 2 ? b : a).record([staff(id)]),
      ]);
      expect([
        ['accepted', 'unit-ended'],
        ['contradicts', 'accepted'],
      ]).toContainEqual([...slugs(end), ...slugs(report)]);
    }
    expect((await a.get('/v1/ledgers/centres/vn/verify')).body).toMatchObject({ valid: true });
  }, 60_000);

  test('see a withdrawal of the other one', async () => {
    const [made] = await a.record([centre('undone')]);
    const undo = { unit: 'vn', seq: made!.receipt!.seq, reason: 'sai' };
    expect(slugs(await b.record([{ name: 'EntryWithdrawn', source: 'vn', data: undo }]))).toEqual(['accepted']);
    expect(slugs(await a.record([staff('undone')]))).toEqual(['try-again']);
    expect(slugs(await a.record([centre('undone')]))).toEqual(['accepted']);
    expect(slugs(await b.record([staff('undone')]))).toEqual(['accepted']);
  });
});
