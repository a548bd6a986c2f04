import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  LedgerServiceService,
  type HeadsRequest,
  type HeadsResponse,
  type ReadLedgerRequest,
  type ReadLedgerResponse,
} from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { callingService, closeGrpcServer, createGrpcServer, listenGrpc } from '@gdtx/service-kit/grpc';
import { createServiceKeys } from '@gdtx/service-kit/local-issuer';
import { loadServiceIdentity, type ServiceIdentity } from '@gdtx/service-kit/service-identity';
import { OWNERS, SERVICES, type Owner, type Service } from '@gdtx/service-kit/services';
import { createLedgerReader, type LedgerReaders } from '../src/ledger-reader.js';
import { createLedgerOwners, type LedgerOwners } from '../src/projector/owners.js';
import { LedgerOf } from './ledger-of.js';

let keys: string;
let owners: LedgerOwners;
let readers: LedgerReaders;
const server = createGrpcServer();
const callers: (string | undefined)[] = [];
const asked: object[] = [];
const ledger = new LedgerOf('programmes', 'c1');

beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'gdtx-keys-'));
  await createServiceKeys(keys, SERVICES);
  const identityOf = (name: Service): Promise<ServiceIdentity> =>
    loadServiceIdentity(name, {
      SERVICE_KEY_FILE: join(keys, 'services', `${name}.jwk.json`),
      SERVICE_JWKS_FILE: join(keys, 'services.jwks.json'),
    } as never);
  const identity = await identityOf('programmes');
  const refuse = (_: unknown, callback: (error: Error) => void) => callback(new Error('not asked for here'));
  server.addService(LedgerServiceService, {
    record: refuse,
    describe: refuse,
    republish(call: { request: object; metadata: never }, callback: (error: null, answer: object) => void) {
      asked.push(call.request);
      callback(null, { published: 2 });
    },
    readLedger(call: ServerWritableStream<ReadLedgerRequest, ReadLedgerResponse>) {
      asked.push(call.request);
      for (const entry of ledger.entries) call.write({ entry, canonical: Buffer.alloc(0) });
      call.end();
    },
    heads(call: ServerWritableStream<HeadsRequest, HeadsResponse>) {
      void callingService(identity, call.metadata).then((caller) => {
        callers.push(caller);
        call.write({ unit: 'c1', seq: 2, hash: ledger.entries[1]!.hash });
        call.end();
      });
    },
  } as never);
  const address = await listenGrpc(server, 0, '127.0.0.1');
  const addresses = Object.fromEntries(
    OWNERS.map((owner) => [owner, owner === 'programmes' ? address : '127.0.0.1:1']),
  );
  owners = createLedgerOwners(await identityOf('dashboard'), addresses as Record<Owner, string>);
  readers = createLedgerReader(await identityOf('dashboard'), addresses as Record<Owner, string>);
});

afterAll(async () => {
  owners.close();
  readers.close();
  await closeGrpcServer(server);
  await rm(keys, { recursive: true });
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test('owners are asked as the dashboard, for heads, a whole ledger, and to send entries again', async () => {
  ledger.tell('ClassOpened', { class: 'a', type: 'literacy' });
  ledger.tell('LearnersEnrolled', { class: 'a', occurredOn: '2024-09-05', learners: { total: 3 } });
  expect(await all(owners.heads('programmes'))).toEqual([{ unit: 'c1', seq: 2, hash: ledger.entries[1]!.hash }]);
  expect(callers).toEqual(['dashboard']);
  expect(await all(owners.readLedger('programmes', 'c1'))).toEqual(ledger.entries);
  await owners.republish('programmes', 'c1', 2);
  expect(asked).toEqual([
    { unit: 'c1', fromSeq: 1, limit: 0 },
    { unit: 'c1', fromSeq: 2 },
  ]);
});

test('an owner that can’t give many ledgers in a call yet is asked for one after the other', async () => {
  expect(ledger.entries.length).toBeGreaterThan(0);
  const read = (await all(readers.readMany('programmes', ['c1', 'c1']))).flat();
  expect(read.map(({ entry }) => entry)).toEqual([...ledger.entries, ...ledger.entries]);
  await expect(all(readers.readMany('centres', ['vn']))).rejects.toMatchObject({ status: 503 });
});

test('an owner that is down is an error to every question', async () => {
  await expect(all(owners.heads('centres'))).rejects.toThrow();
  await expect(all(owners.readLedger('centres', 'vn'))).rejects.toThrow();
  await expect(owners.republish('centres', 'vn', 1)).rejects.toThrow();
});
