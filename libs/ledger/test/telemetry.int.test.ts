import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTailer } from '@gdtx/kafka/client';
import { topicOf } from '@gdtx/kafka/partition';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { continued } from '@gdtx/service-kit/trace-context';
import { eventually } from '@gdtx/testing/eventually';
import type { TestFact } from '@gdtx/testing/given';
import { testEngines } from '@gdtx/testing/test-engines';
import { startTestOwner, type TestOwner } from '@gdtx/testing/test-owner';
import { context } from '@opentelemetry/api';
import mongoose, { type Connection } from 'mongoose';
import type { EntryDocument } from '../src/documents.js';
import { classRules } from './rules.js';
import { centres, provinces } from './told-by-others.js';

const RECORDED = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const UNRECORDED = '00-5bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
const enrol = (id: string): TestFact => ({
  name: 'LearnersEnrolled',
  id,
  source: 'gdtx-a',
  data: { class: 'k12', occurredOn: '2024-09-05', learners: { total: 0 } },
});

describe('the trace of a request', () => {
  const engines = testEngines('telemetry');
  let it: TestOwner;
  let connection: Connection;

  beforeAll(async () => {
    const others = [...provinces, ...centres('gdtx-a')];
    it = await startTestOwner({ engines, service: 'programmes', rules: classRules, others });
    connection = await mongoose.createConnection(it.env['MONGODB_URI']!).asPromise();
    await eventually(async () => expect((await it.get('/readyz')).body).toMatchObject({ ready: true }), 30_000);
  }, 60_000);
  afterAll(async () => {
    await it.stop();
    await connection.dropDatabase();
    await connection.close();
  });

  const record = (traceparent: string, ...facts: TestFact[]) =>
    context.with(continued({ traceparent }), () => it.record(facts));

  /** The traceparent of each message, by the id of its fact. */
  async function headers(): Promise<Map<string, string | undefined>> {
    const found = new Map<string, string | undefined>();
    const topic = topicOf(engines.topicPrefix, 'programmes');
    const tailer = createTailer({
      ...{ brokers: engines.brokers, clientId: 'test-reader', topic, from: 'earliest' },
      onBatch: async ({ messages }) => {
        for (const { value, traceparent } of messages) found.set(Entry.decode(value!).id, traceparent);
      },
      onCrash: () => undefined,
    });
    await tailer.caughtUp;
    await tailer.stop();
    return found;
  }

  test('goes with the entries that it recorded, through ledger and Kafka, and with no others', async () => {
    await record(RECORDED, enrol('t-1'), enrol('t-2'));
    await record(UNRECORDED, enrol('t-3'));
    await it.record([enrol('t-4')]);
    const entries = await connection
      .collection<EntryDocument>('entries')
      .find({ _id: /^t-/ })
      .sort({ seq: 1 })
      .toArray();
    expect(entries.map((e) => [e._id, e.traceparent])).toEqual([
      ['t-1', RECORDED],
      ['t-2', RECORDED],
      ['t-3', undefined],
      ['t-4', undefined],
    ]);
    expect(Object.keys(entries[2]!)).not.toContain('traceparent');
    await eventually(async () => {
      const sent = await headers();
      expect(['t-1', 't-2', 't-3', 't-4'].map((id) => sent.get(id))).toEqual([
        RECORDED,
        RECORDED,
        undefined,
        undefined,
      ]);
    }, 30_000);
  }, 60_000);

  test('is no part of what is hashed', async () => {
    const { body } = await it.get('/v1/ledgers/programmes/gdtx-a/verify');
    expect(body).toMatchObject({ valid: true });
    const { body: ledger } = await it.get('/v1/ledgers/programmes/gdtx-a');
    expect(JSON.stringify(ledger)).not.toContain('traceparent');
  });

  test('a duplicate keeps the trace of the first', async () => {
    const [result] = await record(RECORDED, enrol('t-3'));
    expect(result!.status).toBe('duplicate');
    const entry = await connection.collection<EntryDocument>('entries').findOne({ _id: 't-3' });
    expect(entry!.traceparent).toBeUndefined();
  });

  test('facts are counted by outcome, refusals by slug; batches and calls are timed', async () => {
    await it.record([{ ...enrol('t-5'), data: { class: 'k12' } }]);
    const { body } = await it.get('/metrics');
    expect(body).toMatch(/^gdtx_facts_total\{outcome="accepted"\} 4$/m);
    expect(body).toMatch(/^gdtx_facts_total\{outcome="duplicate"\} 1$/m);
    expect(body).toMatch(/^gdtx_facts_total\{outcome="refused"\} 1$/m);
    expect(body).toMatch(/^gdtx_refusals_total\{slug="malformed"\} 1$/m);
    expect(body).toMatch(/^gdtx_commit_batch_facts_sum [1-9]/m);
    expect(body).toMatch(/^gdtx_decision_duration_seconds_count 5$/m);
    expect(body).toMatch(/^rpc_server_call_duration_seconds_count\{[^}]*LedgerService\/Record[^}]*="OK"\} 5$/m);
  });
});
