import { readConfig } from '@gdtx/service-kit/config';
import { closeServer, createHttpApp, listen } from '@gdtx/service-kit/http';
import { createLog } from '@gdtx/service-kit/log';
import { createMetrics } from '@gdtx/service-kit/metrics';
import type { Running } from '@gdtx/service-kit/run';
import { loadServiceIdentity } from '@gdtx/service-kit/service-identity';
import { ownerGrpcAddresses, OWNERS, type Owner } from '@gdtx/service-kit/services';
import { createTokenVerifier } from '@gdtx/service-kit/tokens';
import { gatewayConfig, readAddresses, sessionSettings } from './config.js';
import { watchFactTypes } from './fact-types/fact-types.js';
import { gatewayRoutes } from './gateway-http.js';
import { gatewayMetrics } from './gateway-metrics.js';
import { factsIntake } from './intake/facts-http.js';
import { factsPreview } from './intake/preview-http.js';
import { createRecorder } from './intake/recorder.js';
import { issuerKeysSeen } from './issuer-keys.js';
import { createOwnerClient, type OwnerClient } from './owners/owner-client.js';
import { Room } from './owners/room.js';
import { rateLimited } from './rate-limit.js';
import { createReadsProxy } from './reads/proxy.js';
import { createProvider } from './sessions/provider.js';
import { createSessions } from './sessions/sessions.js';
import { readWebFiles } from './web/web-files.js';

/** What is being decided may end; a stream that goes on is cut, and sent again by its publisher. */
const GRACE_MS = 5000;

/** The gateway, listening at `httpUrl`. */
export type Gateway = Running & { httpUrl: string };

/** Starts the gateway from its environment; it needs no other service to be up. */
export async function startGateway(env: Record<string, string | undefined>): Promise<Gateway> {
  const config = readConfig(gatewayConfig, env);
  const log = createLog('gateway', config.LOG_LEVEL);
  const kitMetrics = createMetrics('gateway');
  const metrics = gatewayMetrics(kitMetrics.meter);
  const identity = await loadServiceIdentity('gateway', config);

  const addresses = ownerGrpcAddresses(config);
  const room = { calls: config.OWNER_CALLS, bytes: config.OWNER_BYTES };
  const owners = Object.fromEntries(
    OWNERS.map((owner) => [
      owner,
      createOwnerClient({
        ...{ owner, address: addresses[owner], identity, log, room },
        deadlineMs: config.OWNER_DEADLINE_MS,
        onFailure: metrics.countFailure,
        meter: kitMetrics.meter,
      }),
    ]),
  ) as Record<Owner, OwnerClient>;
  const types = watchFactTypes(owners, { log, refreshMs: config.TYPES_REFRESH_MS, retryMs: config.TYPES_RETRY_MS });

  const bodies = new Room({ calls: Infinity, bytes: config.BODY_BYTES });
  const streams = new Room({ calls: config.STREAMS, bytes: Infinity });
  for (const owner of OWNERS) metrics.watchRoom(owner, owners[owner].room);
  metrics.watchRoom('bodies', bodies);
  metrics.watchRoom('streams', streams);

  const record = createRecorder(owners, metrics.countFact);
  const intake = factsIntake({ record, bodies, streams, streamPatienceMs: config.STREAM_PATIENCE_MS });
  const preview = factsPreview({
    bodies,
    ask: (owner, facts, assumed, userToken) => owners[owner].preview(facts, assumed, userToken),
  });
  const limit = rateLimited(config.RATE_LIMIT);
  const reads = createReadsProxy({
    addresses: readAddresses(config),
    log,
    headTimeoutMs: config.READ_TIMEOUT_MS,
    onFailure: (reader) => metrics.countFailure(reader, 'read'),
  });
  const verify = createTokenVerifier(config);
  const settings = sessionSettings(config);
  const sessions = settings && createSessions({ ...settings, provider: createProvider(settings.provider), verify });
  const web = config.WEB_DIR === undefined ? undefined : await readWebFiles(config.WEB_DIR);
  if (config.WEB_DIR !== undefined && !web) log.warn({ folder: config.WEB_DIR }, 'there is no built web application');
  const app = createHttpApp({
    service: 'gateway',
    log,
    metrics: kitMetrics,
    notReady: issuerKeysSeen(config.TOKEN_JWKS_URL),
    routes: gatewayRoutes({
      ...{ verify, intake, preview, types, sessions, web, log },
      limited: limit.handler,
      reads: reads.handler,
    }),
  });
  const { server, url } = await listen(app, config.HTTP_PORT, config.HOST);
  // A stream of facts may take hours; a body that stalls is ended by its own reader.
  server.requestTimeout = 0;
  // Who asks first whether to send a large body hears 401 or 413 instead of sending it.
  server.on('checkContinue', app);
  log.info({ url }, 'the gateway listens');

  return {
    httpUrl: url,
    async stop() {
      types.stop();
      reads.stop();
      await closeServer(server, GRACE_MS);
      limit.stop();
      for (const owner of OWNERS) owners[owner].close();
    },
  };
}
