import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { codecOf } from '@gdtx/contracts/fact-codecs';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createProducer, type EntryProducer } from '@gdtx/kafka/client';
import { partitionOf, topicOf } from '@gdtx/kafka/partition';
import { createTopics } from '@gdtx/kafka/topics';
import { silentLog } from '@gdtx/service-kit/log';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines, type TestEngines } from '@gdtx/testing/test-engines';
import mongoose, { type Connection } from 'mongoose';
import { KnownUnits, type KnownUnitsOptions, type RegistryReader, type RegistryService } from '../src/known-units.js';

const on = (day: string) => ({ on: day, notBefore: '', notAfter: '' });

interface Codec {
  fromPartial(data: object): never;
  encode(message: never): { finish(): Uint8Array };
}

/** An entry of a registry ledger, as its owner would publish it. */
function entryOf(service: RegistryService, name: string, seq: number, data: object): Entry {
  const type = `vn.gdtx.${service}.${name}.v1`;
  const codec = codecOf(type) as unknown as Codec | undefined;
  const bytes = codec?.encode(codec.fromPartial(data)).finish() ?? Buffer.alloc(0);
  return Entry.fromPartial({
    service,
    unit: 'vn',
    seq,
    id: `${service}-${seq}`,
    type,
    recordedAt: 1,
    data: Buffer.from(bytes),
  });
}

const province = (seq: number, unit = `province-${seq}`): Entry =>
  entryOf('provinces', 'UnitEstablished', seq, {
    unit,
    kind: 'province',
    name: { vi: unit },
    effectiveOn: on('1990-01-01'),
  });
const renamed = (seq: number, unit: string, vi: string): Entry =>
  entryOf('provinces', 'UnitRenamed', seq, { unit, name: { vi }, effectiveOn: on('2000-01-01') });

/** Owners that answer by gRPC, or don't. */
class Owners implements RegistryReader {
  readonly ledgers: Record<RegistryService, Entry[]> = { provinces: [], centres: [], 'community-learning': [] };
  down = false;
  asked = 0;

  async *read(service: RegistryService, fromSeq: number): AsyncGenerator<Entry> {
    this.asked += 1;
    if (this.down) throw new Error('nobody answers');
    yield* this.ledgers[service].filter((entry) => entry.seq >= fromSeq);
  }

  close(): void {}
}

describe('the copy of the registry', () => {
  let engines: TestEngines;
  let producer: EntryProducer;
  let connection: Connection;
  let owners: Owners;
  const started: KnownUnits[] = [];
  const crashes: unknown[] = [];

  beforeAll(async () => {
    engines = testEngines('known-units');
    producer = createProducer({ brokers: engines.brokers, clientId: 'test' });
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((known) => known.stop()));
    await connection.dropDatabase();
    await connection.close();
    expect(crashes).toEqual([]);
  });
  afterAll(() => producer.close());

  /** A service of its own topics and database. */
  async function arrange(name: string): Promise<void> {
    engines = testEngines(`known-${name}`);
    await createTopics({ brokers: engines.brokers, topicPrefix: engines.topicPrefix });
    connection = await mongoose.createConnection(engines.mongodbUri('known')).asPromise();
    owners = new Owners();
  }

  async function start(more: Partial<KnownUnitsOptions> = {}): Promise<KnownUnits> {
    const known = new KnownUnits({
      connection,
      brokers: engines.brokers,
      topicPrefix: engines.topicPrefix,
      log: silentLog,
      reader: owners,
      onCrash: (error) => void crashes.push(error),
      ...more,
    });
    started.push(known);
    await known.start();
    return known;
  }

  async function stop(known: KnownUnits): Promise<void> {
    started.splice(started.indexOf(known), 1);
    await known.stop();
  }

  async function publish(...values: (Entry | Buffer)[]): Promise<void> {
    await producer.sendBatch(
      values.map((value) => ({
        topic: topicOf(engines.topicPrefix, 'provinces'),
        partition: partitionOf('vn'),
        value: Buffer.isBuffer(value) ? value : Buffer.from(Entry.encode(value).finish()),
      })),
    );
  }

  const kept = async () => {
    const batches = await connection.collection('known_batches').find().sort({ _id: 1 }).toArray();
    return batches.flatMap(({ entries }) => entries as { seq: number; type: string }[]);
  };
  const seqIs = (known: KnownUnits, seq: number) => eventually(() => expect(known.seqOf('provinces')).toBe(seq));
  const nothingMissing = (known: KnownUnits) => eventually(() => expect(known.missing()).toEqual([]));

  test('is what the topics bring, in the order of seq, each once', async () => {
    await arrange('fed');
    await publish(province(1), province(2), province(1), province(3));
    const known = await start();
    await seqIs(known, 3);
    await nothingMissing(known);
    await publish(renamed(4, 'province-2', 'Yên Bái'), renamed(4, 'province-2', 'Yên Bái'));
    await seqIs(known, 4);
    expect(
      known
        .registry()
        .unit('province-2')!
        .names.map((n) => n.value.vi),
    ).toEqual(['province-2', 'Yên Bái']);
    expect((await kept()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  test('tells who listens', async () => {
    await arrange('heard');
    const known = await start();
    let changes = 0;
    known.onChange(() => (changes += 1));
    await publish(province(1));
    await seqIs(known, 1);
    expect(changes).toBeGreaterThan(0);
  });

  test('stands at the next start, with every owner down, and goes on where it was', async () => {
    await arrange('again');
    await publish(province(1), province(2));
    const first = await start();
    await seqIs(first, 2);
    await nothingMissing(first);
    await stop(first);
    await publish(province(3));
    owners.down = true;
    const second = await start();
    expect(second.registry().has('province-2')).toBe(true);
    await seqIs(second, 3);
  });

  test('asks the owner for what a topic lacks, at the start and where a hole is seen', async () => {
    await arrange('hole');
    owners.ledgers.provinces = [1, 2, 3, 4, 5].map((seq) => province(seq));
    await publish(province(1), province(3));
    const known = await start();
    await seqIs(known, 5);
    owners.ledgers.provinces.push(province(6), province(7));
    await publish(province(7));
    await seqIs(known, 7);
    expect(known.registry().has('province-6')).toBe(true);
  });

  test('asks again for a hole until its owner answers, and says that something is missing', async () => {
    await arrange('owed');
    const known = await start();
    await nothingMissing(known);
    owners.down = true;
    await publish(province(2));
    await eventually(() => expect(known.missing()).toEqual(['The units of provinces aren’t all known yet.']));
    expect(known.registry().has('province-2')).toBe(false);
    owners.ledgers.provinces = [province(1), province(2)];
    owners.down = false;
    await seqIs(known, 2);
    await nothingMissing(known);
  });

  test('passes over a message that can’t be read, and asks the owner for what it was', async () => {
    await arrange('poison');
    owners.ledgers.provinces = [];
    const known = await start();
    owners.ledgers.provinces = [province(1), province(2), province(3)];
    const garbled = Buffer.from(Entry.encode({ ...province(2), data: Buffer.from([0xff, 0xff, 0xff]) }).finish());
    await publish(province(1), Buffer.from([0xff, 0x00, 0x07]), garbled, province(3));
    await seqIs(known, 3);
    expect(known.registry().has('province-2')).toBe(true);
  });

  test('leaves out what other ledgers of the topic say', async () => {
    await arrange('others');
    const known = await start();
    await publish({ ...province(1), unit: 'gdtx-x' }, province(1, 'province-x'));
    await seqIs(known, 1);
    expect(known.registry().has('province-1')).toBe(false);
    expect(known.registry().has('province-x')).toBe(true);
  });

  test('follows a withdrawal and its correction', async () => {
    await arrange('withdrawn');
    const known = await start();
    const undo = entryOf('provinces', 'EntryWithdrawn', 2, { unit: 'vn', seq: 1, reason: 'sai' });
    await publish(province(1, 'province-x'), undo, province(3, 'province-y'));
    await seqIs(known, 3);
    expect([known.registry().has('province-x'), known.registry().has('province-y')]).toEqual([false, true]);
    await stop(known);
    const again = await start();
    expect([again.registry().has('province-x'), again.registry().has('province-y')]).toEqual([false, true]);
  });

  test('keeps a fact of a type that isn’t known yet, and goes on', async () => {
    await arrange('later');
    const known = await start();
    await publish(province(1), entryOf('provinces', 'UnitTwinned', 2, {}), province(3));
    await seqIs(known, 3);
    expect((await kept())[1]).toMatchObject({ seq: 2, type: 'vn.gdtx.provinces.UnitTwinned.v1' });
  });

  test('is shared by two replicas on one database', async () => {
    await arrange('replicas');
    const [one, two] = await Promise.all([start(), start()]);
    for (let seq = 1; seq <= 60; seq += 3) await publish(province(seq), province(seq + 1), province(seq + 2));
    await Promise.all([seqIs(one, 60), seqIs(two, 60)]);
    const seqs = new Set((await kept()).map(({ seq }) => seq));
    expect([...seqs].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });

  test('says who couldn’t be asked, and leaves that one in peace for a while', async () => {
    await arrange('quiet');
    const known = await start();
    owners.down = true;
    expect((await known.refresh()).unreachable).toEqual(['provinces', 'centres', 'community-learning']);
    const asked = owners.asked;
    owners.down = false;
    expect((await known.refresh()).unreachable.length).toBe(3);
    expect(owners.asked).toBe(asked);
    await eventually(async () => expect((await known.refresh()).unreachable).toEqual([]));
  });

  test('takes its own service’s facts from its own ledger, in order, once', async () => {
    await arrange('own');
    const ledger = [province(1)];
    const read = async function* (fromSeq: number) {
      yield* ledger.filter((entry) => entry.seq >= fromSeq);
    };
    const known = await start({ own: { service: 'provinces', read } });
    expect(known.ownSeq()).toBe(1);
    const data = codecOf('vn.gdtx.provinces.UnitEstablished.v1')!.decode(province(2).data);
    known.applyOwn([{ type: province(2).type, data, seq: 3, recordedAt: 1 }]);
    expect(known.ownSeq()).toBe(1);
    known.applyOwn([{ type: province(2).type, data, seq: 2, recordedAt: 1 }]);
    expect(known.ownSeq()).toBe(2);
    ledger.push(province(2), province(3));
    await known.catchUpOwn();
    expect([known.ownSeq(), known.registry().has('province-3')]).toEqual([3, true]);
    expect(known.seqOf('provinces')).toBe(3);
  });

  test('can be told again without the service’s own facts', async () => {
    await arrange('others-only');
    await publish(province(1));
    const known = await start();
    await seqIs(known, 1);
    const others = await known.othersRegistry();
    expect(others.has('province-1')).toBe(true);
    expect(others).not.toBe(known.registry());
  });
});
