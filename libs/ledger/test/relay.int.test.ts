import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { LedgerServiceClient, type RecordResult } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { partitionOf } from '@gdtx/kafka/partition';
import { createGrpcClient } from '@gdtx/service-kit/grpc';
import { eventually } from '@gdtx/testing/eventually';
import type { TestFact } from '@gdtx/testing/given';
import { testEngines } from '@gdtx/testing/test-engines';
import { startTestOwner, type TestOwner } from '@gdtx/testing/test-owner';
import mongoose, { type Connection } from 'mongoose';
import type { HeadDocument, LeaseDocument } from '../src/documents.js';
import { progressOf, publishedEntries, taken, upTo } from './published.js';
import { classRules } from './rules.js';
import { centres, provinces } from './told-by-others.js';

const UNITS = ['gdtx-a', 'gdtx-b', 'gdtx-c', 'gdtx-d'];
let n = 0;
const some = (count: number): TestFact[] =>
  Array.from({ length: count }, () => ({
    name: 'LearnersEnrolled',
    id: `r-${++n}`,
    source: UNITS[n % UNITS.length]!,
    data: { class: `c-${n % 11}`, occurredOn: '2024-09-05', learners: { total: 0 } },
  }));

describe('the relay', () => {
  const engines = testEngines('relay');
  const others = [...provinces, ...centres(...UNITS)];
  let it: TestOwner;
  let connection: Connection;
  let hook: () => Promise<void> = async () => undefined;
  const heads = () => connection.collection<HeadDocument>('heads');
  const allPublished = async () => {
    const ledgers = await heads().find().toArray();
    return eventually(
      async () => {
        const published = await publishedEntries(engines, 'programmes');
        for (const { _id: unit, seq } of ledgers) expect(taken(published, unit)).toEqual(upTo(seq));
        return published;
      },
      30_000,
      300,
    );
  };

  beforeAll(async () => {
    const afterSend = () => hook();
    it = await startTestOwner({ engines, service: 'programmes', rules: classRules, others, afterSend });
    connection = await mongoose.createConnection(it.env['MONGODB_URI']!).asPromise();
    await eventually(async () => expect((await it.get('/readyz')).body).toMatchObject({ ready: true }));
  }, 60_000);
  afterAll(async () => {
    await it.stop();
    await connection.dropDatabase();
    await connection.close();
  });
  beforeEach(() => void (hook = async () => undefined));

  test('marks what is published once a ledger is quiet, and nothing waits then', async () => {
    await it.record(some(40));
    await allPublished();
    await eventually(async () => {
      for (const head of await heads().find().toArray()) {
        expect(head.published).toBe(head.seq);
        expect(head.pending).toBeUndefined();
      }
    });
    const { body: metrics } = await it.get('/metrics');
    for (const unit of ['entries', 'seconds']) expect(metrics).toMatch(new RegExp(`^gdtx_relay_lag_${unit} 0$`, 'm'));
  });

  test('that fails after a send leaves it unmarked and sends it again', async () => {
    const before = (await heads().find().toArray()).reduce((sum, head) => sum + head.published, 0);
    let failures = 0;
    hook = async () => {
      failures += 1;
      throw new Error('the line broke');
    };
    await it.record(some(20));
    await eventually(() => expect(failures).toBeGreaterThan(2));
    const during = (await heads().find().toArray()).reduce((sum, head) => sum + head.published, 0);
    expect(during).toBe(before);
    expect((await it.get('/readyz')).status).toBe(503);
    hook = async () => undefined;
    await allPublished();
    await eventually(async () => expect((await it.get('/readyz')).status).toBe(200));
  }, 60_000);

  test('stops when its lease is another one’s, in the middle of a round, and goes on when that one has gone', async () => {
    let stolen = false;
    hook = async () => {
      if (stolen) return;
      stolen = true;
      const thief = { holder: 'thief', until: new Date(Date.now() + 4000) };
      await connection.collection<LeaseDocument>('leases').updateOne({ _id: 'relay' }, { $set: thief });
      // Longer than the lease is believed in without asking.
      await new Promise((resolve) => setTimeout(resolve, 2200));
    };
    await it.record(some(8));
    await eventually(() => expect(stolen).toBe(true));
    await it.record(some(8));
    await eventually(async () => {
      const lease = await connection.collection<LeaseDocument>('leases').findOne({ _id: 'relay' });
      expect(lease!.holder).not.toBe('thief');
    });
    await allPublished();
  }, 60_000);

  test('sends a ledger again while it goes on publishing, without a hole behind it', async () => {
    let going = true;
    const recording = (async () => {
      while (going) await it.record(some(20));
    })();
    const { client, metadata } = await it.client('dashboard');
    const republish = (unit: string, fromSeq: number) =>
      new Promise<number>((resolve, reject) =>
        client.republish({ unit, fromSeq }, metadata, (e, r) => (e ? reject(e) : resolve(r.published))),
      );
    const from: number[] = [];
    const unit = 'gdtx-a';
    for (let i = 0; i < 8; i++) {
      const published = await publishedEntries(engines, 'programmes');
      from.push(published.filter((p) => p.partition === partitionOf(unit)).length);
      expect(await republish(unit, 1)).toBeGreaterThan(0);
    }
    going = false;
    await recording;
    client.close();
    const published = (await allPublished()).filter((p) => p.partition === partitionOf(unit));
    const last = (await heads().findOne({ _id: unit }))!.seq;
    // Whoever had lost all of it and reads on from there misses nothing, since it takes only what follows.
    for (const begin of from) {
      let seq = 0;
      for (const { entry } of published.slice(begin)) if (entry.unit === unit && entry.seq === seq + 1) seq += 1;
      expect(seq).toBe(last);
    }
  }, 60_000);

  test('sends nothing again of a ledger that isn’t, or from behind its end', async () => {
    const { client, metadata } = await it.client('dashboard');
    const republish = (unit: string, fromSeq: number) =>
      new Promise<number>((resolve, reject) =>
        client.republish({ unit, fromSeq }, metadata, (e, r) => (e ? reject(e) : resolve(r.published))),
      );
    expect(await republish('gdtx-nowhere', 1)).toBe(0);
    expect(await republish('gdtx-a', 1_000_000)).toBe(0);
    client.close();
  });

  test('says once a second how far everything is published, idle too', async () => {
    const before = await progressOf(engines, 'programmes');
    const began = Date.now();
    const after = await eventually(async () => {
      const said = await progressOf(engines, 'programmes');
      expect(said.length - before.length).toBeGreaterThanOrEqual(2);
      // A while after it was recorded.
      expect(said.at(-1)!.at).toBeGreaterThan(began);
      return said;
    });
    const published = await publishedEntries(engines, 'programmes');
    const { offsets } = after.at(-1)!;
    expect(offsets.length).toBe(12);
    expect(offsets.reduce((sum, offset) => sum + offset, 0)).toBe(published.length);
  });

  test('killed between a send and its mark loses nothing, whenever that is', async () => {
    await it.owner.stop();
    const facts = () => some(30).map((fact) => ({ ...fact, type: `vn.gdtx.programmes.${fact.name}.v1` }));
    for (const crashAt of [1, 2, 4]) {
      const child = fork(new URL('./crashing-owner.ts', import.meta.url), {
        execArgv: ['--conditions=source', '--import', 'tsx'],
        env: { ...process.env, ...it.env, NODE_OPTIONS: '', CRASH_AT_SEND: String(crashAt) },
      });
      const exited = once(child, 'exit');
      const [address] = (await once(child, 'message')) as [string];
      const client = createGrpcClient(LedgerServiceClient, address);
      const { client: unused, metadata } = await it.client('gateway');
      unused.close();
      const acknowledged: RecordResult[] = [];
      // Until it is gone; what isn't answered may or may not be recorded.
      for (let gone = false; !gone;) {
        const request = {
          facts: facts().map(({ id, source, type, data }) => ({
            ...{ id: id!, type, time: '', source: `urn:gdtx:unit:${source}` },
            data: Buffer.from(JSON.stringify(data)),
          })),
        };
        await new Promise((resolve) => setTimeout(resolve, 60));
        await new Promise<void>((resolve) =>
          client.record(request, metadata, (error, answer) => {
            if (error) gone = true;
            else acknowledged.push(...answer.results);
            resolve();
          }),
        );
      }
      client.close();
      expect((await exited)[1]).toBe('SIGKILL');
      expect(acknowledged.every((r) => r.status === 'accepted')).toBe(true);
      // As if the lease had run out: the next one needn't wait for it.
      await connection
        .collection<LeaseDocument>('leases')
        .updateOne({ _id: 'relay' }, { $set: { until: new Date(0) } });
      const ids = new Set(
        (await connection.collection('entries').find().project({ _id: 1 }).toArray()).map((e) => e._id),
      );
      for (const { id } of acknowledged) expect(ids.has(id as never)).toBe(true);
    }
    const again = await it.replica();
    const published = await allPublished();
    expect(new Set(published.map((p) => p.entry.id)).size).toBe(
      await connection.collection('entries').countDocuments(),
    );
    for (const unit of UNITS) {
      expect((await again.get(`/v1/ledgers/programmes/${unit}/verify`)).body).toMatchObject({ valid: true });
    }
    await again.stop();
  }, 120_000);
});
