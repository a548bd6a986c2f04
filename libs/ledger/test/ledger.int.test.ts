import type { ReadLedgersResponse } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LearnersEnrolled } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { eventually } from '@gdtx/testing/eventually';
import type { TestFact } from '@gdtx/testing/given';
import { testEngines } from '@gdtx/testing/test-engines';
import { startTestOwner, type TestOwner } from '@gdtx/testing/test-owner';
import mongoose from 'mongoose';
import { z } from 'zod';
import { defineFact } from '../src/define-fact.js';
import * as form from '../src/forms.js';
import { refuse } from '../src/refusal.js';
import { mayReport } from '../src/unit-rules.js';

/** A fact type like any: a class may hold 100 learners. */
const enrolled = defineFact({
  name: 'LearnersEnrolled',
  title: { vi: 'Học viên nhập học', en: 'Learners enrolled' },
  description: 'Learners who began.',
  ledger: 'source',
  roles: ['centre-publisher'],
  message: LearnersEnrolled,
  schema: z.strictObject({ class: form.ownId, occurredOn: form.day, learners: form.breakdown, ...form.noteAndSource }),
  example: { source: 'gdtx-a', data: { class: 'k12', occurredOn: '2024-09-05', learners: { total: 42 } } },
  keys: (fact) => [`class:${fact.source}/${fact.data.class}`],
  decide: (fact, states, { registry, today }) => {
    const refusal = mayReport(registry, fact.source, ['centre'], fact.data.occurredOn, today, {
      unit: 'source',
      date: 'data.occurredOn',
    });
    const there = states.get<{ learners: number }>(`class:${fact.source}/${fact.data.class}`)?.learners ?? 0;
    if (refusal || there + fact.data.learners!.total <= 100) return refusal;
    return refuse('class-full', `The class holds 100; ${there} are there.`, 'data.learners.total');
  },
  evolve: (fact, states) => {
    const key = `class:${fact.source}/${fact.data.class}`;
    return { [key]: { learners: (states.get<{ learners: number }>(key)?.learners ?? 0) + fact.data.learners!.total } };
  },
});

const given = (on: string) => ({ on, notBefore: '', notAfter: '' });
const others = [
  {
    service: 'provinces' as const,
    name: 'UnitEstablished',
    data: { unit: 'vn', kind: 'country', name: { vi: 'Việt Nam' }, effectiveOn: given('1945-09-02') },
  },
  {
    service: 'provinces' as const,
    name: 'UnitEstablished',
    data: {
      unit: 'province-14',
      kind: 'province',
      parent: 'vn',
      name: { vi: 'Sơn La' },
      effectiveOn: given('1990-01-01'),
    },
  },
  ...['gdtx-a', 'gdtx-b'].map((centre) => ({
    service: 'centres' as const,
    name: 'CentreEstablished',
    data: { centre, kind: 'gdtx', name: { vi: centre }, seat: 'province-14', establishedOn: given('2000-01-01') },
  })),
];

const enrol = (id: string, total: number, source = 'gdtx-a', cls = 'k12', extra: object = {}): TestFact => ({
  name: 'LearnersEnrolled',
  id,
  source,
  data: { class: cls, occurredOn: '2024-09-05', learners: { total }, ...extra },
});

describe('a ledger on real engines', () => {
  let it: TestOwner;
  const engines = testEngines('ledger');

  beforeAll(async () => {
    it = await startTestOwner({ engines, service: 'programmes', rules: [enrolled], others });
    await eventually(async () => {
      const [probe] = await it.record([enrol('probe', 1, 'gdtx-b', 'probe')]);
      expect(probe!.status).not.toBe('refused');
    });
  }, 60_000);
  afterAll(() => it.stop(), 30_000);

  test('gives a receipt, answers the same fact with the first receipt, and refuses another with its id', async () => {
    const [first] = await it.record([enrol('r-1', 10)]);
    expect(first).toMatchObject({ status: 'accepted', receipt: { unit: 'gdtx-a', seq: 1 } });
    const [again] = await it.record([enrol('r-1', 10)]);
    expect(again!.status).toBe('duplicate');
    expect(again!.receipt).toEqual(first!.receipt);
    const [other] = await it.record([enrol('r-1', 11)]);
    expect(other!.refusal).toMatchObject({ slug: 'id-reused', path: 'id' });
  });

  test('accepts the neighbours of a refused fact, and finds doubles within a batch', async () => {
    const results = await it.record([
      enrol('n-1', 5),
      enrol('n-2', -5),
      enrol('n-1', 5),
      enrol('n-1', 6),
      enrol('n-3', 95),
      enrol('n-4', 5, 'gdtx-b'),
    ]);
    expect(results.map((r) => r.refusal?.slug ?? r.status)).toEqual([
      'accepted',
      'malformed',
      'duplicate',
      'id-reused',
      'class-full',
      'accepted',
    ]);
    expect(results[1]!.refusal!.path).toBe('data.learners.total');
  });

  test.each([
    ['a stranger in the subtree', enrol('s-1', 1), { units: ['gdtx-b'] }, 'not-allowed'],
    ['a role that may not', enrol('s-2', 1), { roles: ['inspector'] }, 'not-allowed'],
    ['an unknown type', { ...enrol('s-3', 1), name: 'vn.gdtx.programmes.Nothing.v1' }, {}, 'type-unknown'],
    ['an unknown field', enrol('s-4', 1, 'gdtx-a', 'k12', { learner: 1 }), {}, 'malformed'],
    ['an operator of the database', enrol('s-5', 1, 'gdtx-a', 'k12', { note: { $gt: '' } }), {}, 'malformed'],
    ['a future day', enrol('s-6', 1, 'gdtx-a', 'k12', { occurredOn: '2999-01-01' }), {}, 'in-future'],
    ['a unit that isn’t, its owner being down', enrol('s-7', 1, 'gdtx-nowhere'), {}, 'try-again'],
  ])('refuses %s', async (_, fact, claims, slug) => {
    const [result] = await it.record([fact], { token: await it.token(claims) });
    expect(result!.refusal?.slug).toBe(slug);
  });

  test('refuses keys that mean something to JavaScript', async () => {
    const fact = enrol('p-1', 1);
    const data = JSON.parse('{"class":"k12","occurredOn":"2024-09-05","learners":{"total":1},"__proto__":{"x":1}}');
    const [result] = await it.record([{ ...fact, data }]);
    expect(result!.refusal).toMatchObject({ slug: 'malformed', path: 'data.__proto__' });
  });

  test('only the gateway may record, and nobody who doesn’t prove who it is', async () => {
    await expect(it.record([enrol('g-1', 1)], { as: 'dashboard' })).rejects.toMatchObject({ code: 7 });
    const { client } = await it.client();
    const { Metadata } = await import('@grpc/grpc-js');
    const call = new Promise((_, reject) => client.record({ facts: [] }, new Metadata(), (error) => reject(error)));
    await expect(call).rejects.toMatchObject({ code: 16 });
    client.close();
  });

  test('an expired token is 16 unauthenticated', async () => {
    const token = await it.token({ expiresIn: '-1m' });
    await expect(it.record([enrol('e-1', 1)], { token })).rejects.toMatchObject({ code: 16 });
  });

  test('takes an entry back once, not while others depend on it, and corrects in one transaction', async () => {
    const c = 'corrected';
    const [a, b] = await it.record([enrol('w-1', 60, 'gdtx-a', c), enrol('w-2', 40, 'gdtx-a', c)]);
    const seqA = a!.receipt!.seq;
    const withdraw = (id: string, data: object): TestFact => ({ name: 'EntryWithdrawn', id, source: 'gdtx-a', data });
    const correction = { id: 'w-3', type: 'vn.gdtx.programmes.LearnersEnrolled.v1' };
    const learners = (total: number) => ({ class: c, occurredOn: '2024-09-05', learners: { total } });

    const [tooMany] = await it.record([
      withdraw('x-1', { unit: 'gdtx-a', seq: seqA, reason: 'test', correction: { ...correction, data: learners(61) } }),
    ]);
    expect(tooMany!.refusal!.slug).toBe('has-dependants');
    const [corrected] = await it.record([
      withdraw('x-2', { unit: 'gdtx-a', seq: seqA, reason: 'test', correction: { ...correction, data: learners(50) } }),
    ]);
    expect(corrected).toMatchObject({ status: 'accepted', receipt: { seq: b!.receipt!.seq + 1 } });
    expect(corrected!.correction!.seq).toBe(corrected!.receipt!.seq + 1);
    const [again] = await it.record([withdraw('x-3', { unit: 'gdtx-a', seq: seqA, reason: 'test' })]);
    expect(again!.refusal!.slug).toBe('withdrawn-already');
    const [room, full] = await it.record([enrol('w-4', 10, 'gdtx-a', c), enrol('w-5', 1, 'gdtx-a', c)]);
    expect(room!.status).toBe('accepted');
    expect(full!.refusal!.slug).toBe('class-full');
  });

  test('publishes every entry once in seq order, and again when asked', async () => {
    const last = await it.get('/v1/ledgers/programmes/gdtx-a?limit=1000');
    const entries = await eventually(async () => {
      const mine = (await it.published()).filter((e) => e.unit === 'gdtx-a');
      expect(mine.length).toBe(last.body.head.seq);
      return mine;
    });
    expect(entries.map((e) => e.seq)).toEqual(entries.map((_, i) => i + 1));
    const { client, metadata } = await it.client('dashboard');
    const answer = await new Promise<{ published: number }>((resolve, reject) =>
      client.republish({ unit: 'gdtx-a', fromSeq: 3 }, metadata, (e, r) => (e ? reject(e) : resolve(r))),
    );
    client.close();
    expect(answer.published).toBe(entries.length - 2);
  });

  test('shows a ledger, page by page, and verifies its chain; a stranger sees nothing', async () => {
    const page = await it.get('/v1/ledgers/programmes/gdtx-a?from=2&limit=2');
    expect(page.body.entries.map((e: { seq: number }) => e.seq)).toEqual([2, 3]);
    expect(page.body.next).toBe(4);
    const verified = await it.get('/v1/ledgers/programmes/gdtx-a/verify');
    expect(verified.body).toMatchObject({ valid: true, entries: page.body.head.seq });
    for (const path of ['', '/verify']) {
      const at = `/v1/ledgers/programmes/gdtx-a${path}`;
      expect((await it.get(at, '')).status).toBe(401);
      expect((await it.get(at, await it.token({ roles: ['centre-publisher'], units: ['gdtx-b'] }))).status).toBe(403);
    }
  });

  test('reads several ledgers in a call, by unit and seq; too many are refused', async () => {
    const { client, metadata } = await it.client('dashboard');
    const read = async (units: string[], inPages = false) => {
      const found: string[] = [];
      for await (const response of client.readLedgers({ units, inPages }, metadata)) {
        const { page } = response as ReadLedgersResponse;
        expect(page.length > 0).toBe(inPages);
        expect(new Set(page.map(({ entry }) => entry!.unit)).size).toBe(inPages ? 1 : 0);
        for (const { entry, canonical } of inPages ? page : [response as ReadLedgersResponse]) {
          const hash = createHash('sha256').update(entry!.previousHash).update(canonical).digest();
          expect(hash).toEqual(entry!.hash);
          found.push(`${entry!.unit}/${entry!.seq}`);
        }
      }
      return found;
    };
    const lengths = await Promise.all(
      ['gdtx-a', 'gdtx-b'].map(
        async (unit) => (await it.get(`/v1/ledgers/programmes/${unit}`)).body.head.seq as number,
      ),
    );
    const seqs = (unit: string, length: number) => Array.from({ length }, (_, i) => `${unit}/${i + 1}`);
    expect(lengths[1]).toBeGreaterThan(0);
    expect(await read(['gdtx-b', 'nobody', 'gdtx-a'])).toEqual([
      ...seqs('gdtx-a', lengths[0]!),
      ...seqs('gdtx-b', lengths[1]!),
    ]);
    expect(await read(['gdtx-b', 'nobody', 'gdtx-a'], true)).toEqual(await read(['gdtx-a', 'gdtx-b']));
    expect(await read([])).toEqual([]);
    await expect(read(Array.from({ length: 1001 }, (_, i) => `u${i}`))).rejects.toMatchObject({ code: 3 });
    client.close();
  });

  test('verify names the first entry that was tampered with', async () => {
    const connection = await mongoose.createConnection(engines.mongodbUri('programmes')).asPromise();
    const entries = connection.collection('entries');
    const [entry] = await entries.find({ unit: 'gdtx-b' }).sort({ seq: 1 }).toArray();
    const canonical = Buffer.from(entry!['canonical'].buffer).toString().replace('"total":1', '"total":9');
    await entries.updateOne({ _id: entry!._id }, { $set: { canonical: Buffer.from(canonical) } });
    const verified = await it.get('/v1/ledgers/programmes/gdtx-b/verify');
    expect(verified.body).toMatchObject({ valid: false, brokenAt: 1 });
    await entries.updateOne({ _id: entry!._id }, { $set: { canonical: entry!['canonical'] } });
    await connection.close();
  });

  test('keeps everything over a restart', async () => {
    const before = await it.get('/v1/ledgers/programmes/gdtx-a');
    await it.restart();
    const after = await it.get('/v1/ledgers/programmes/gdtx-a');
    expect(after.body.head).toEqual(before.body.head);
    const [again] = await it.record([enrol('r-1', 10)]);
    expect(again!.status).toBe('duplicate');
  });

  test('describes its fact types with a JSON Schema and an example', async () => {
    const { client, metadata } = await it.client('gateway');
    const said = await new Promise<any>((resolve, reject) =>
      client.describe({}, metadata, (e, r) => (e ? reject(e) : resolve(r))),
    );
    client.close();
    const type = said.factTypes.find((t: any) => t.type.endsWith('LearnersEnrolled.v1'));
    expect(JSON.parse(type.jsonSchema).properties.learners.properties.total).toMatchObject({ minimum: 0 });
    expect(JSON.parse(type.example).data.learners.total).toBe(42);
  });
});
