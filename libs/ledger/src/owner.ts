import mongoose from 'mongoose';
import type { Express } from 'express';
import { createProducer } from '@gdtx/kafka/client';
import { createOffsetReader } from '@gdtx/kafka/offsets';
import { KnownUnits } from '@gdtx/known-units/known-units';
import { createRegistryReader } from '@gdtx/known-units/registry-reader';
import { ownerAddresses, port, readConfig, serviceConfig, storeConfig } from '@gdtx/service-kit/config';
import { topicOf } from '@gdtx/kafka/partition';
import { observedService } from '@gdtx/service-kit/grpc-calls';
import { closeGrpcServer, createGrpcServer, listenGrpc } from '@gdtx/service-kit/grpc';
import { authenticated, closeServer, createHttpApp, listen } from '@gdtx/service-kit/http';
import { createLog, kafkaLog } from '@gdtx/service-kit/log';
import { createMetrics } from '@gdtx/service-kit/metrics';
import type { Running } from '@gdtx/service-kit/run';
import { loadServiceIdentity } from '@gdtx/service-kit/service-identity';
import { ownerGrpcAddresses } from '@gdtx/service-kit/services';
import { createTokenVerifier } from '@gdtx/service-kit/tokens';
import { dayInVietNam } from '@gdtx/territory/days';
import { Committer } from './committer.js';
import { commonRules } from './common-rules.js';
import { describe } from './describe.js';
import { entryMessage } from './entry.js';
import { REGISTRY_LEDGER, typeOf, type FactRule } from './fact.js';
import { ledgerService, LedgerServiceService } from './ledger-grpc.js';
import { ledgerRoutes } from './ledger-http.js';
import { ledgerMetrics } from './ledger-metrics.js';
import { LedgerStore, STORE_OPTIONS } from './ledger-store.js';
import { createOwnerReads, type OwnerReads } from './owner-reads.js';
import { open } from './opening.js';
import { Previewer } from './preview.js';
import { Relay } from './relay.js';
import { whatKafkaKnowsBetter } from './restored.js';

/** A batch is decided on some hundreds of units; all 14,000 of the territory alone would take 20 MB. */
const RECORDS_KEPT = 2000;

/** What an owning service is: its name, its facts, and its own reads. */
export interface OwnerOptions {
  service: string;
  rules: FactRule<never>[];
  routes?: (app: Express, reads: OwnerReads) => void;
  /** For tests: the clock, in milliseconds since the epoch. */
  now?: () => number;
  /** For fault tests: between a send to Kafka and its mark. */
  afterSend?: () => Promise<void>;
}

export interface RunningOwner extends Running {
  httpUrl: string;
  grpcAddress: string;
}

const ownerConfig = serviceConfig
  .extend(storeConfig.shape)
  .extend(ownerAddresses.shape)
  .extend({ GRPC_PORT: port.default(0) });

/** Starts an owning service: ledgers in MongoDB, gRPC, relay to Kafka, its copy of the registry, reads over HTTP. */
export async function startOwner(
  env: Record<string, string | undefined>,
  { service, rules: own, routes, now = Date.now, afterSend }: OwnerOptions,
): Promise<RunningOwner> {
  const config = readConfig(ownerConfig, env);
  const log = createLog(service, config.LOG_LEVEL);
  const metrics = createMetrics(service);
  const identity = await loadServiceIdentity(service, config);
  const verify = createTokenVerifier(config);
  const allRules = [...own, ...commonRules];
  const rules = new Map(allRules.map((rule) => [typeOf(service, rule.name), rule]));

  const connection = await mongoose.createConnection(config.MONGODB_URI, STORE_OPTIONS).asPromise();
  const store = new LedgerStore(connection);
  await store.prepare();

  const known = new KnownUnits({
    connection,
    brokers: config.KAFKA_BROKERS,
    topicPrefix: config.GDTX_TOPIC_PREFIX,
    log,
    reader: createRegistryReader(identity, ownerGrpcAddresses(config)),
    own: {
      service,
      read: async function* (fromSeq) {
        for await (const entry of store.read(REGISTRY_LEDGER, fromSeq)) yield entryMessage(service, entry);
      },
    },
    onCrash: (error) => {
      throw error;
    },
    recordsKept: RECORDS_KEPT,
  });
  await known.start();

  const kafka = { brokers: config.KAFKA_BROKERS, clientId: service, log: kafkaLog(log) };
  const producer = createProducer(kafka);
  const offsets = createOffsetReader(kafka);
  const relay: Relay = new Relay({
    service,
    topicPrefix: config.GDTX_TOPIC_PREFIX,
    store,
    producer,
    endOffsets: (topic) => offsets.ends(topic),
    log,
    passFloor: (floor) => committer.passFloor(floor),
    onWentBack: (error) => committer.close(error.message),
    ...(afterSend ? { afterSend } : {}),
  });
  const committer: Committer = new Committer({
    service,
    rules,
    store,
    known,
    log,
    now,
    onCommitted: (entries) => relay.committed(entries),
    onDoubt: () => relay.doubt(),
    onBatch: (facts, seconds) => measured.onBatch(facts, seconds),
    markFor: (unit) => relay.markFor(unit),
  });
  const measured = ledgerMetrics(metrics.meter, { queued: () => committer.queued, lag: () => relay.lag() });
  const topic = topicOf(config.GDTX_TOPIC_PREFIX, service);
  const check = async () => {
    const why = await whatKafkaKnowsBetter({ service, topic, brokers: config.KAFKA_BROKERS, offsets, store });
    if (why === undefined) await committer.endOthers();
    return why;
  };
  const opening = await open({ committer, relay, check, log });

  const previewer = new Previewer({ service, rules, store, known, now });
  const grpc = createGrpcServer();
  const description = describe(service, allRules);
  const answers = ledgerService({
    ...{ service, rules, identity, verify, committer, previewer, store, relay, description, log },
    onRecorded: measured.onRecorded,
  });
  grpc.addService(LedgerServiceService, observedService(LedgerServiceService, answers as never, metrics.meter));
  const grpcAddress = await listenGrpc(grpc, config.GRPC_PORT, config.HOST);

  const reads = createOwnerReads({
    store,
    authenticated: authenticated(verify),
    registry: () => known.registry(),
    today: () => dayInVietNam(now()),
  });
  const app = createHttpApp({
    service,
    log,
    metrics,
    notReady: async () => {
      const mongodb = await store.ping().then(
        () => undefined,
        () => 'MongoDB can’t be reached.',
      );
      return [mongodb, committer.notRecording(), relay.trouble(), ...known.missing()].filter((s) => s !== undefined);
    },
    routes: (to) => {
      ledgerRoutes(to, { service, rules, store, ...reads });
      routes?.(to, reads);
    },
  });
  const http = await listen(app, config.HTTP_PORT, config.HOST);
  log.info({ http: http.url, grpc: grpcAddress }, 'ready');

  return {
    httpUrl: http.url,
    grpcAddress,
    async stop() {
      await Promise.all([closeGrpcServer(grpc), closeServer(http.server)]);
      await committer.idle();
      await opening.stop();
      await Promise.all([known.stop(), relay.stop()]);
      await Promise.all([producer.close(), offsets.close()]);
      await connection.close();
    },
  };
}
