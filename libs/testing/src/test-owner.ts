import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Express } from 'express';
import { codecOf } from '@gdtx/contracts/fact-codecs';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { LedgerServiceClient, type RecordResult } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { createProducer, createTailer } from '@gdtx/kafka/client';
import { partitionOf, topicOf } from '@gdtx/kafka/partition';
import { createTopics } from '@gdtx/kafka/topics';
import { typeOf, type FactRule } from '@gdtx/ledger/fact';
import { startOwner, type RunningOwner } from '@gdtx/ledger/owner';
import type { OwnerReads } from '@gdtx/ledger/owner-reads';
import { callMetadata, createGrpcClient } from '@gdtx/service-kit/grpc';
import { createLocalIssuer, createServiceKeys } from '@gdtx/service-kit/local-issuer';
import { loadServiceIdentity } from '@gdtx/service-kit/service-identity';
import { envStem, OWNERS, SERVICES, type Service } from '@gdtx/service-kit/services';
import type { TestEngines } from './test-engines.js';
import type { TestFact } from './given.js';

/** A registry fact that another service said: its message's fields (protobuf shape, dates as {on}). */
export interface OthersFact {
  service: 'provinces' | 'centres' | 'community-learning';
  name: string;
  data: object;
}

export interface TestOwner {
  owner: RunningOwner;
  env: Record<string, string>;
  /** A bearer token; default: every role, every unit. */
  token(claims?: { roles?: string[]; units?: string[]; expiresIn?: string; sub?: string }): Promise<string>;
  /** Calls Record as the gateway does. */
  record(facts: TestFact[], options?: { token?: string; as?: Service }): Promise<RecordResult[]>;
  /** What came back over HTTP, as JSON. */
  get(path: string, token?: string): Promise<{ status: number; body: any }>;
  /** The entries of the service's topic until now, in order of each partition. */
  published(): Promise<Entry[]>;
  /** A gRPC client with the metadata of a service. */
  client(as?: Service): Promise<{ client: LedgerServiceClient; metadata: Awaited<ReturnType<typeof callMetadata>> }>;
  /** Stops and starts the service on the same data. */
  restart(): Promise<void>;
  /** Another replica of the service, on the same data. It is stopped by itself. */
  replica(more?: ReplicaOptions): Promise<TestOwner>;
  stop(): Promise<void>;
}

export interface ReplicaOptions {
  now?: () => number;
  /** Between a send to Kafka and its mark. */
  afterSend?: () => Promise<void>;
}

/** Starts an owner in this process on real engines, with the registry facts of other services already in Kafka. */
export async function startTestOwner(
  options: {
    engines: TestEngines;
    service: Exclude<Service, 'gateway' | 'dashboard'>;
    rules: FactRule<never>[];
    routes?: (app: Express, reads: OwnerReads) => void;
    others?: OthersFact[];
    /** Environment variables that are to be others. */
    env?: Record<string, string>;
  } & ReplicaOptions,
): Promise<TestOwner> {
  const { engines, service, rules, routes, others = [], now, afterSend } = options;
  const keys = await mkdtemp(join(tmpdir(), 'gdtx-keys-'));
  const issuer = await createLocalIssuer(keys);
  await createServiceKeys(keys, SERVICES);
  await createTopics({ brokers: engines.brokers, topicPrefix: engines.topicPrefix });
  await publishOthers(engines, others);
  const env: Record<string, string> = {
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    MONGODB_URI: engines.mongodbUri(service),
    KAFKA_BROKERS: engines.brokers.join(','),
    GDTX_TOPIC_PREFIX: engines.topicPrefix,
    TOKEN_JWKS_URL: pathToFileURL(join(keys, 'issuer.jwks.json')).href,
    TOKEN_ISSUER: issuer.issuer,
    SERVICE_KEY_FILE: join(keys, 'services', `${service}.jwk.json`),
    SERVICE_JWKS_FILE: join(keys, 'services.jwks.json'),
    // Nobody answers there: what isn't known from Kafka can't be asked for.
    ...Object.fromEntries(OWNERS.map((o) => [`${envStem(o)}_GRPC`, '127.0.0.1:1'])),
    ...options.env,
  };
  const start = (more: ReplicaOptions) => startOwner(env, { service, rules, ...(routes ? { routes } : {}), ...more });
  const identityOf = (name: Service) =>
    loadServiceIdentity(name, { ...(env as any), SERVICE_KEY_FILE: join(keys, 'services', `${name}.jwk.json`) });
  const token: TestOwner['token'] = ({ roles, units = ['vn'], expiresIn, sub } = {}) =>
    issuer.sign({
      roles: roles ?? ['inspector', 'registrar', 'province-officer', 'commune-officer', 'centre-publisher'],
      units,
      ...(expiresIn ? { expiresIn } : {}),
      ...(sub ? { sub } : {}),
    });
  let sent = 0;

  const run = async (more: ReplicaOptions, afterwards: () => Promise<void>): Promise<TestOwner> => {
    let owner = await start(more);
    const client: TestOwner['client'] = async (as = 'gateway') => ({
      client: createGrpcClient(LedgerServiceClient, owner.grpcAddress),
      metadata: await callMetadata(await identityOf(as), service, await token()),
    });

    return {
      get owner() {
        return owner;
      },
      env,
      token,
      client,
      async record(facts, { token: given, as = 'gateway' } = {}) {
        const { client: grpc } = await client(as);
        const metadata = await callMetadata(await identityOf(as), service, given ?? (await token()));
        const request = {
          facts: facts.map((fact) => ({
            id: fact.id ?? `fact-${++sent}`,
            source: `urn:gdtx:unit:${fact.source ?? 'vn'}`,
            type: fact.name.startsWith('vn.') ? fact.name : typeOf(service, fact.name),
            time: '',
            data: Buffer.from(JSON.stringify(fact.data)),
          })),
        };
        try {
          return await new Promise<RecordResult[]>((resolve, reject) =>
            grpc.record(request, metadata, (error, response) => (error ? reject(error) : resolve(response.results))),
          );
        } finally {
          grpc.close();
        }
      },
      async get(path, given) {
        const headers: Record<string, string> =
          given === '' ? {} : { authorization: `Bearer ${given ?? (await token())}` };
        const response = await fetch(owner.httpUrl + path, { headers });
        const text = await response.text();
        return {
          status: response.status,
          body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
        };
      },
      published: () => readTopic(engines, topicOf(engines.topicPrefix, service)),
      async restart() {
        await owner.stop();
        owner = await start(more);
      },
      replica: (others = {}) => run(others, () => Promise.resolve()),
      async stop() {
        await owner.stop();
        await afterwards();
      },
    };
  };
  const first = { ...(now ? { now } : {}), ...(afterSend ? { afterSend } : {}) };
  return run(first, () => rm(keys, { recursive: true, force: true }));
}

async function publishOthers(engines: TestEngines, others: OthersFact[]): Promise<void> {
  const producer = createProducer({ brokers: engines.brokers, clientId: 'test-others' });
  const seqs = new Map<string, number>();
  const messages = others.map(({ service, name, data }) => {
    const seq = (seqs.get(service) ?? 0) + 1;
    seqs.set(service, seq);
    const type = typeOf(service, name);
    const codec = codecOf(type) as unknown as {
      fromPartial(d: object): never;
      encode(m: never): { finish(): Uint8Array };
    };
    const entry = Entry.fromPartial({
      service,
      unit: 'vn',
      seq,
      id: `others-${service}-${seq}`,
      source: 'urn:gdtx:unit:vn',
      type,
      recordedAt: 1_700_000_000_000,
      data: Buffer.from(codec.encode(codec.fromPartial(data)).finish()),
    });
    return {
      topic: topicOf(engines.topicPrefix, service),
      partition: partitionOf('vn'),
      value: Buffer.from(Entry.encode(entry).finish()),
    };
  });
  if (messages.length > 0) await producer.sendBatch(messages);
  await producer.close();
}

/** Every entry that is in a topic now. */
export async function readTopic(engines: TestEngines, topic: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const tailer = createTailer({
    brokers: engines.brokers,
    clientId: 'test-reader',
    topic,
    from: 'earliest',
    onBatch: async (batch) => {
      for (const { value } of batch.messages) if (value) entries.push(Entry.decode(value));
    },
    onCrash: () => undefined,
  });
  await tailer.caughtUp;
  await tailer.stop();
  return entries;
}
