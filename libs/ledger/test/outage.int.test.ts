import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecordResult } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { eventually } from '@gdtx/testing/eventually';
import type { TestFact } from '@gdtx/testing/given';
import { ownEngines } from '@gdtx/testing/own-engines';
import { startTestOwner, type TestOwner } from '@gdtx/testing/test-owner';
import mongoose, { type Connection } from 'mongoose';
import type { HeadDocument } from '../src/documents.js';
import { progressOf, publishedEntries, taken, upTo } from './published.js';
import { classRules } from './rules.js';
import { centres, provinces } from './told-by-others.js';

const UNITS = ['gdtx-a', 'gdtx-b', 'gdtx-c'];
const enrol = (id: string, source = 'gdtx-a', total = 0): TestFact => ({
  name: 'LearnersEnrolled',
  id,
  source,
  data: { class: 'k12', occurredOn: '2024-09-05', learners: { total } },
});
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Engines of our own, since these are stopped, killed and set back. */
const engines = await ownEngines('outage');
if (typeof engines === 'string') process.stderr.write(`Skipped "outages": ${engines}\n`);
const describeIf = typeof engines === 'string' ? describe.skip : describe;

describeIf('an owner whose engines fail', () => {
  const own = engines as Exclude<typeof engines, string>;
  let it: TestOwner;
  let connection: Connection;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);

  beforeAll(async () => {
    process.on('unhandledRejection', note);
    const others = [...provinces, ...centres(...UNITS)];
    it = await startTestOwner({ engines: own, service: 'programmes', rules: classRules, others });
    connection = await mongoose.createConnection(it.env['MONGODB_URI']!, { promoteBuffers: true }).asPromise();
    await ready();
  }, 120_000);
  afterAll(async () => {
    await it.stop();
    await connection.close();
    await own.stop();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  }, 120_000);

  const ready = () => eventually(async () => expect((await it.get('/readyz')).body).toMatchObject({ ready: true }));
  const heads = () => connection.collection<HeadDocument>('heads').find().sort({ _id: 1 }).toArray();
  const allPublished = () =>
    eventually(
      async () => {
        const published = await publishedEntries(own, 'programmes');
        for (const { _id: unit, seq } of await heads()) expect(taken(published, unit)).toEqual(upTo(seq));
        return published;
      },
      30_000,
      300,
    );

  test('records without Kafka, says that it isn’t ready, and publishes everything in order when it is back', async () => {
    await it.record([enrol('k-0')]);
    await allPublished();
    const said = (await progressOf(own, 'programmes')).length;
    await own.kafka.kill();
    for (let i = 1; i <= 12; i++) {
      const results = await it.record([enrol(`k-${i}a`), enrol(`k-${i}b`, 'gdtx-b')]);
      expect(results.map((r) => r.status)).toEqual(['accepted', 'accepted']);
      await pause(150);
    }
    await eventually(async () => {
      const { status, body } = await it.get('/readyz');
      expect([status, body.missing]).toEqual([503, ['What is recorded can’t be published just now.']]);
    }, 30_000);
    const { body: metrics } = await it.get('/metrics');
    expect(metrics).toMatch(/^gdtx_relay_lag_entries 24$/m);
    expect(Number(/^gdtx_relay_lag_seconds (\S+)$/m.exec(metrics)![1])).toBeGreaterThan(1);
    const [waiting] = await heads();
    expect(waiting).toMatchObject({ _id: 'gdtx-a', seq: 13, published: 1, pending: true });
    await own.kafka.start();
    await allPublished();
    await ready();
    await eventually(async () => expect((await progressOf(own, 'programmes')).length).toBeGreaterThan(said));
  }, 120_000);

  test('answers that it can’t just now while MongoDB is down, and goes on by itself when it is back', async () => {
    await own.mongodb.stop();
    const calls = ['m-1', 'm-2', 'm-3'].map((id) => it.record([enrol(id), enrol(`${id}b`, 'gdtx-b')]));
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 14 } });
    }
    expect((await it.get('/readyz')).status).toBe(503);
    expect((await it.get('/healthz')).status).toBe(200);
    await own.mongodb.start();
    const results = await eventually(() => it.record(['m-1', 'm-2', 'm-3'].map((id) => enrol(id))), 30_000);
    for (const { status } of results) expect(['accepted', 'duplicate']).toContain(status);
    await ready();
    await allPublished();
  }, 120_000);

  test('loses nothing acknowledged and counts nothing twice when mongod is killed under load', async () => {
    const receipts = new Map<string, RecordResult>();
    let going = true;
    let failures = 0;
    const publisher = async (name: string, unit: string) => {
      for (let i = 0; going; i++) {
        const facts = Array.from({ length: 20 }, (_, k) => enrol(`kill-${name}-${i}-${k}`, unit, 0));
        for (let tries = 0; ; tries++) {
          const results = await it.record(facts).catch(() => undefined);
          if (!results) {
            failures += 1;
            await pause(100);
            continue;
          }
          for (const result of results) receipts.set(result.id, result);
          break;
        }
      }
    };
    const publishing = [0, 1, 2, 3].map((p) => publisher(`p${p}`, UNITS[p % 3]!));
    for (let kills = 0; kills < 2; kills++) {
      await pause(700);
      await own.mongodb.kill();
      await pause(300);
      await own.mongodb.start();
    }
    await pause(1500);
    going = false;
    await Promise.all(publishing);
    expect(receipts.size).toBeGreaterThan(100);
    const stored = new Map(
      (await connection.collection('entries').find().toArray()).map((e) => [String(e['_id']), e] as const),
    );
    for (const [id, { status, receipt }] of receipts) {
      expect(['accepted', 'duplicate']).toContain(status);
      const { unit, seq, hash } = stored.get(id)!;
      expect([unit, seq]).toEqual([receipt!.unit, receipt!.seq]);
      expect(receipt!.hash.equals(hash as Buffer)).toBe(true);
    }
    await allPublished();
    for (const unit of UNITS) {
      expect((await it.get(`/v1/ledgers/programmes/${unit}/verify`)).body).toMatchObject({ valid: true });
    }
    process.stderr.write(`${receipts.size} facts acknowledged, ${failures} calls failed and were repeated\n`);
  }, 120_000);

  // MongoDB itself waits a minute before it ends such a transaction.
  test('isn’t held up by what a killed process has left in the middle of its commit', async () => {
    await it.record([enrol('left-0')]);
    await it.owner.stop();
    const session = await connection.startSession();
    const { id } = session.id as unknown as { id: object };
    const states = connection.collection<{ _id: string; version: number; state: object }>('states');
    const of = { _id: 'committer:killed', version: 1, state: { floor: 0, seen: Date.now(), session: id } };
    await states.insertOne(of);
    session.startTransaction();
    await states.updateOne({ _id: of._id }, { $inc: { version: 1 } }, { session });
    await connection.collection('heads').updateOne({ _id: 'gdtx-a' as never }, { $inc: { seq: 1 } }, { session });
    await it.restart();
    const [result] = await it.record([enrol('left-1')]);
    expect(result!.status).toBe('accepted');
    await ready();
    await allPublished();
    await expect(session.commitTransaction()).rejects.toMatchObject({ codeName: 'NoSuchTransaction' });
    await session.endSession();
  }, 50_000);

  describe('and whose database is set back to an older copy', () => {
    type Copy = Map<string, object[]>;
    const NAMES = ['entries', 'heads', 'states', 'leases', 'known_batches', 'known_cursors'];
    const copy = async (): Promise<Copy> => {
      const found = await Promise.all(NAMES.map((name) => connection.collection(name).find().toArray()));
      return new Map(NAMES.map((name, i) => [name, found[i]!]));
    };
    const restore = async (from: Copy) => {
      for (const [name, documents] of from) {
        await connection.collection(name).deleteMany({});
        if (documents.length > 0) await connection.collection(name).insertMany(documents);
      }
    };
    const why = async () => ((await it.get('/readyz')).body as { missing: string[] }).missing.join(' ');

    test('refuses to record at its start, says so, lets read, and records on a newer copy', async () => {
      await it.owner.stop();
      const old = await copy();
      await it.restart();
      await it.record([enrol('r-1'), enrol('r-2', 'gdtx-b')]);
      await allPublished();
      await it.owner.stop();
      const newer = await copy();

      await restore(old);
      await it.restart();
      expect(await why()).toMatch(/older than what was published from it: entry \d+ of `gdtx-[ab]` is in Kafka/);
      await expect(it.record([enrol('r-3')])).rejects.toMatchObject({
        code: 14,
        details: expect.stringMatching(/older/),
      });
      expect((await it.get('/v1/ledgers/programmes/gdtx-a/verify')).body).toMatchObject({ valid: true });
      const published = (await publishedEntries(own, 'programmes')).length;
      await pause(1500);
      expect((await publishedEntries(own, 'programmes')).length).toBe(published);

      await it.owner.stop();
      await restore(newer);
      await it.restart();
      await ready();
      const [again, fresh] = await it.record([enrol('r-1'), enrol('r-3')]);
      expect([again!.status, fresh!.status]).toEqual(['duplicate', 'accepted']);
      await allPublished();
    }, 120_000);

    test('refuses to go on when that happens under its feet', async () => {
      await it.record([enrol('u-0')]);
      await pause(1200);
      const old = await copy();
      await pause(1200);
      await it.record([enrol('u-1')]);
      await allPublished();
      await restore(old);
      await expect(it.record([enrol('u-2')])).rejects.toMatchObject({ code: 14 });
      expect(await why()).toMatch(/gone back to an older state/);
      await it.restart();
      expect(await why()).toMatch(/older than what was published/);
      expect((await heads())[0]!.seq).toBe((old.get('heads') as HeadDocument[]).find((h) => h._id === 'gdtx-a')!.seq);
    }, 120_000);
  });
});
