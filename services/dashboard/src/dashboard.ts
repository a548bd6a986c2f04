import mongoose from 'mongoose';
import { createRegistryReader } from '@gdtx/known-units/registry-reader';
import { KnownUnits, REGISTRY_SERVICES } from '@gdtx/known-units/known-units';
import { compactHeap } from '@gdtx/service-kit/compact-heap';
import { readConfig } from '@gdtx/service-kit/config';
import { authenticated, closeServer, createHttpApp, listen } from '@gdtx/service-kit/http';
import { createLog } from '@gdtx/service-kit/log';
import { createMetrics } from '@gdtx/service-kit/metrics';
import type { Running } from '@gdtx/service-kit/run';
import { loadServiceIdentity } from '@gdtx/service-kit/service-identity';
import { ownerGrpcAddresses } from '@gdtx/service-kit/services';
import { createTokenVerifier } from '@gdtx/service-kit/tokens';
import { dayInVietNam } from '@gdtx/territory/days';
import { dashboardConfig } from './config.js';
import { dashboardMetrics } from './dashboard-metrics.js';
import { dashboardRoutes } from './dashboard-http.js';
import { createLedgerReader } from './ledger-reader.js';
import { createLedgerOwners } from './projector/owners.js';
import { figureParameters, figureQuery } from './queries/figure-query.js';
import { figureSources } from './queries/sources.js';
import { rehearse } from './rehearsal.js';
import { createKeptMonths, makeReady } from './reporting/kept-months.js';
import { groupOf } from './served/live-pointer.js';
import { ServedModel } from './served/served-model.js';

const SERVICE = 'dashboard';
/** Between two times that what is kept of months is brought up to date without anybody asking. */
const KEEP_READY_MS = 1_000;
const REST = 9;
/** However long the first questions are prepared for, they are let in then. */
const REHEARSAL_MS = 15_000;

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
  const today = () => dayInVietNam(Date.now());
  const seqs = () => new Map(REGISTRY_SERVICES.map((service) => [service as string, known.seqOf(service)]));
  const owners = createLedgerOwners(identity, addresses);
  const served = new ServedModel({
    ...{ home: connection, log, onCrash, groupId: groupOf(config.GDTX_TOPIC_PREFIX) },
    registry: { registry: () => known.registry(), seqs, today },
    projector: {
      brokers: config.KAFKA_BROKERS,
      topicPrefix: config.GDTX_TOPIC_PREFIX,
      clientId: SERVICE,
      owners,
      onCrash,
      catchUp: { mongodbUri: config.MONGODB_URI },
      log: (level, message, detail) => log[level](detail, message),
    },
  });
  await served.start(known.start());
  const kept = createKeptMonths(config.REPORT_DUE_DAY);
  const ready = () => served.serving.kept.current();
  const registrySeq = (service: string) => ready().seqs.get(service) ?? 0;
  const ledgers = createLedgerReader(identity, addresses);
  const sourcesOf = (indicator: string) => {
    const { registry } = ready().prepared;
    const query = figureQuery(figureParameters.parse({ indicator, unit: 'vn' }), registry, today());
    const nothing = { value: null, precision: 'exact', asOf: null } as const;
    return figureSources(
      query,
      nothing,
      { model: served.model, registry, registrySeq },
      ledgers.read,
      ledgers.readMany,
    );
  };
  const makeMonthsReady = () => makeReady(kept(served.model), Date.now());
  let isRehearsed = false;
  const parts = { settled: served.settled, makeReady: makeMonthsReady, sourcesOf, collect: compactHeap };
  void rehearse(parts, REHEARSAL_MS).then(() => (isRehearsed = true));
  const keepReady = repeatedly(makeMonthsReady, KEEP_READY_MS, onCrash);
  known.onChange(() => served.serving.kept.look());
  dashboardMetrics(metrics.meter, {
    projector: { counts: () => served.serving.projector.counts(), lag: () => served.serving.projector.lag() },
    ...{ follower: served, now: Date.now },
    quarantined: () => served.serving.quarantined(),
  });

  const app = createHttpApp({
    service: SERVICE,
    log,
    metrics,
    notReady: () => [
      ...(connection.readyState === 1 ? [] : ['MongoDB can’t be reached']),
      ...(served.following ? [] : ['the read model is being read again']),
      ...(isRehearsed ? [] : ['what is asked first is being made ready']),
    ],
    routes: (to) =>
      dashboardRoutes(to, {
        authenticated: authenticated(createTokenVerifier(config)),
        follower: served,
        registry: () => ready().prepared.registry,
        registrySeq,
        ready: () => ready().prepared,
        freshness: () => served.freshness ?? { asOf: null, lacks: [{ why: 'never-heard' }] },
        today,
        ledgers: ledgers.read,
        manyLedgers: ledgers.readMany,
        kept,
        reportDueDay: config.REPORT_DUE_DAY,
      }),
  });
  const http = await listen(app, config.HTTP_PORT, config.HOST);
  log.info({ http: http.url }, 'ready');

  return {
    httpUrl: http.url,
    async stop() {
      await closeServer(http.server);
      keepReady.stop();
      await Promise.all([known.stop(), served.stop()]);
      owners.close();
      ledgers.close();
      await connection.close();
    },
  };
}

/** Does something again and again, each time after a rest; at most a tenth of the time is spent on it. */
function repeatedly(work: () => Promise<void>, restMs: number, onCrash: (error: unknown) => void): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const again = async (): Promise<void> => {
    const began = performance.now();
    await work();
    const rest = Math.max(restMs, (performance.now() - began) * REST);
    if (!stopped) timer = setTimeout(() => void again().catch(onCrash), rest).unref();
  };
  void again().catch(onCrash);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
