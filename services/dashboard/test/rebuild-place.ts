import { Entry, Progress } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { EntryProducer } from '@gdtx/kafka/client';
import { PARTITIONS, partitionOf, progressTopic, topicOf } from '@gdtx/kafka/partition';
import { createTopics } from '@gdtx/kafka/topics';
import { silentLog } from '@gdtx/service-kit/log';
import { Registry } from '@gdtx/territory/registry';
import type { Connection } from 'mongoose';
import type { LedgerOwners } from '../src/projector/owners.js';
import type { RebuildParts } from '../src/rebuild/rebuild.js';
import { groupOf, LivePointer } from '../src/served/live-pointer.js';
import { Readers } from '../src/served/readers.js';
import { ServedModel } from '../src/served/served-model.js';
import { LedgerOf } from './ledger-of.js';

const SERVICE = 'programmes';

/** Topics, a database and an owner of its own, whose ledgers grow while it is told to go on. */
export async function rebuildPlace(of: { name: string; brokers: string[]; producer: EntryProducer; home: Connection }) {
  const { name, brokers, producer, home } = of;
  await createTopics({ brokers, topicPrefix: name, services: [SERVICE] });
  const ledgers = new Map<string, LedgerOf>();
  const offsets = Array<number>(PARTITIONS).fill(0);
  const publish = async (...entries: Entry[]) => {
    const messages = entries.map((entry) => ({
      ...{ topic: topicOf(name, SERVICE), partition: partitionOf(entry.unit) },
      value: Buffer.from(Entry.encode(entry).finish()),
    }));
    await producer.sendBatch(messages);
    for (const { partition } of messages) offsets[partition]! += 1;
    const word = Buffer.from(Progress.encode({ service: SERVICE, at: Date.now(), offsets }).finish());
    await producer.sendBatch([{ topic: progressTopic(name), partition: 0, key: SERVICE, value: word }]);
  };
  const owners: LedgerOwners = {
    async *heads() {
      for (const { unit, entries } of ledgers.values()) {
        const last = entries.at(-1);
        if (last) yield { unit, seq: last.seq, hash: last.hash };
      }
    },
    republish: (_, unit, from) => publish(...ledgers.get(unit)!.entries.slice(from - 1)),
    async *readLedger(_, unit) {
      yield* ledgers.get(unit)!.entries;
    },
    close: () => undefined,
  };
  const crash = (error: unknown) => {
    throw error;
  };
  const projector = {
    brokers,
    topicPrefix: name,
    clientId: 'test',
    services: [SERVICE],
    owners,
    sessionTimeoutMs: 6_000,
  };

  /** A dashboard's read model, as a process has it. */
  const serve = async (): Promise<ServedModel> => {
    const served = new ServedModel({
      ...{ home, log: silentLog, onCrash: crash, groupId: groupOf(name), projector: { ...projector, onCrash: crash } },
      registry: { registry: () => Registry.empty(), seqs: () => new Map(), today: () => '2026-01-01' },
    });
    await served.start(Promise.resolve());
    return served;
  };
  const said: string[] = [];
  const parts = (more: Partial<RebuildParts> = {}): RebuildParts => ({
    ...{ home, projector, services: [SERVICE], by: 'a test' },
    pointer: new LivePointer(home, groupOf(name)),
    readers: new Readers(home),
    say: (line) => said.push(line),
    signal: new AbortController().signal,
    compare: { pauseMs: 50 },
    ...more,
  });

  const ledger = (unit: string): LedgerOf => {
    let found = ledgers.get(unit);
    if (!found) {
      ledgers.set(unit, (found = new LedgerOf(SERVICE, unit)));
      found.tell('ClassOpened', { class: 'a', type: 'literacy', openedOn: { on: '2024-09-01' } });
    }
    return found;
  };
  let turn = 0;
  /** Tells of one more learner, of a unit in turn, and now and then of a headcount. */
  const tellMore = (count: number): Entry[] => {
    const told: Entry[] = [];
    for (let i = 0; i < count; i++) {
      const one = ledger(`unit-${(turn += 1) % 24}`);
      if (one.entries.length === 1) told.push(one.entries[0]!);
      const day = `2024-${String(9 + (one.entries.length % 3)).padStart(2, '0')}-05`;
      if (one.entries.length % 7 === 5)
        told.push(one.tell('HeadcountReported', { class: 'a', reportedOn: { on: day }, learners: { total: 30 } }));
      else told.push(one.tell('LearnersEnrolled', { class: 'a', occurredOn: day, learners: { total: 1 } }));
    }
    return told;
  };
  /** Publishes on and on; answers how to end it. */
  const traffic = (): (() => Promise<void>) => {
    let isOver = false;
    const running = (async () => {
      while (!isOver) {
        await publish(...tellMore(5));
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    })();
    return async () => {
      isOver = true;
      await running;
    };
  };
  const databases = async (): Promise<string[]> => {
    const { databases: all } = await home.getClient().db().admin().listDatabases({ nameOnly: true });
    return all.map((each) => each.name).filter((each) => each === home.name || each.startsWith(`${home.name}_`));
  };
  return { ledgers, publish, tellMore, traffic, serve, parts, said, databases };
}

/** The learners that a model counts as enrolled. */
export function enrolledIn(served: ServedModel): number {
  const chunks = served.model.flows('learners-enrolled')?.chunks ?? [];
  return chunks.flatMap(({ sum, length }) => [...sum.subarray(0, length)]).reduce((a, b) => a + b, 0);
}
