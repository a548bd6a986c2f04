import mongoose from 'mongoose';
import { createRegistryReader } from '@gdtx/known-units/registry-reader';
import { KnownUnits, REGISTRY_SERVICES } from '@gdtx/known-units/known-units';
import { readConfig } from '@gdtx/service-kit/config';
import { authenticated, closeServer, createHttpApp, listen } from '@gdtx/service-kit/http';
import { createLog } from '@gdtx/service-kit/log';
import { createMetrics } from '@gdtx/service-kit/metrics';
import type { Running } from '@gdtx/service-kit/run';
import { loadServiceIdentity } from '@gdtx/service-kit/service-identity';
import { ownerGrpcAddresses } from '@gdtx/service-kit/services';
import { createTokenVerifier } from '@gdtx/service-kit/tokens';
import { dayInVietNam } from '@gdtx/territory/days';
import { Follower } from './columns/follow.js';
import { dashboardConfig } from './config.js';
import { dashboardMetrics } from './dashboard-metrics.js';
import { dashboardRoutes } from './dashboard-http.js';
import { createLedgerReader } from './ledger-reader.js';
import { createIndexes, createMongoStore } from './projector/mongo-store.js';
import { createLedgerOwners } from './projector/owners.js';
import { KeptReady } from './prepared/kept-ready.js';
import { startProjector } from './projector/projector.js';

const SERVICE = 'dashboard';

/** Starts the dashboard: projector, the read model in memory, the copy of the registry, and the reads over HTTP. */
export async function startDashboard(env: Record<string, string | undefined>): Promise<Running & { httpUrl: string }> {
  const config = readConfig(dashboardConfig, env);
  const log = createLog(SERVICE, config.LOG_LEVEL);
  const metrics = createMetrics(SERVICE);
  const identity = await loadServiceIdentity(SERVICE, config);
  const addresses = ownerGrpcAddresses(config);
  const connection = await mongoose
    .createConnection(config.MONGODB_URI, { serverSelectionTimeoutMS: 5000, autoIndex: false })
    .asPromise();
  const onCrash = (error: unknown) => {
    throw error;
  };

  const known = new KnownUnits({
    connection,
    brokers: config.KAFKA_BROKERS,
    topicPrefix: config.GDTX_TOPIC_PREFIX,
    log,
    reader: createRegistryReader(identity, addresses),
    onCrash,
  });
  const follower = new Follower(connection, log);
  await createIndexes(connection);
  const store = createMongoStore(connection);
  await Promise.all([known.start(), follower.start()]);
  const today = () => dayInVietNam(Date.now());
  const seqs = () => new Map(REGISTRY_SERVICES.map((service) => [service as string, known.seqOf(service)]));
  const kept = new KeptReady({ model: follower.model, registry: () => known.registry(), seqs, today, onCrash });
  await kept.start();
  known.onChange(() => kept.look());
  const owners = createLedgerOwners(identity, addresses);
  const projector = startProjector({
    brokers: config.KAFKA_BROKERS,
    topicPrefix: config.GDTX_TOPIC_PREFIX,
    clientId: SERVICE,
    groupId: `${config.GDTX_TOPIC_PREFIX}${SERVICE}`,
    store,
    owners,
    onCrash,
    log: (level, message, detail) => log[level](detail, message),
  });
  dashboardMetrics(metrics.meter, {
    ...{ projector, follower, now: Date.now },
    quarantined: () => connection.collection('quarantine').estimatedDocumentCount({ timeoutMS: 2000 }),
  });

  const ledgers = createLedgerReader(identity, addresses);
  const app = createHttpApp({
    service: SERVICE,
    log,
    metrics,
    notReady: () => [
      ...(connection.readyState === 1 ? [] : ['MongoDB can’t be reached']),
      ...(follower.following ? [] : ['the read model is being read again']),
    ],
    routes: (to) =>
      dashboardRoutes(to, {
        authenticated: authenticated(createTokenVerifier(config)),
        follower,
        registry: () => kept.current().prepared.registry,
        registrySeq: (service) => kept.current().seqs.get(service) ?? 0,
        ready: () => kept.current().prepared,
        freshness: () => follower.freshness ?? { asOf: null, lacks: [{ why: 'never-heard' }] },
        today,
        ledgers: ledgers.read,
        reportDueDay: config.REPORT_DUE_DAY,
      }),
  });
  const http = await listen(app, config.HTTP_PORT, config.HOST);
  log.info({ http: http.url }, 'ready');

  return {
    httpUrl: http.url,
    async stop() {
      await closeServer(http.server);
      await projector.stop();
      kept.stop();
      await Promise.all([known.stop(), follower.stop()]);
      owners.close();
      ledgers.close();
      await connection.close();
    },
  };
}
