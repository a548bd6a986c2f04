import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePorts } from '@gdtx/engines/ports';
import { createTopics } from '@gdtx/kafka/topics';
import { createLocalIssuer, createServiceKeys, type LocalIssuer } from '@gdtx/service-kit/local-issuer';
import { isOwner, SERVICES, type Service } from '@gdtx/service-kit/services';
import { nodeFlags } from './service-flags.js';
import { ServiceProcess } from './service-process.js';
import { keepEnvironment, loopback, serviceEnvironment, type Addresses } from './service-environment.js';
import { startSignIn } from './identity-provider/sign-in.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WEB_FOLDER = resolve(ROOT, 'services', 'dashboard', 'web', 'dist');
const READY_WITHIN_MS = 90_000;
const TRIES = 8;

export interface PlatformOptions {
  /** Where keys, logs and process ids go. */
  home: string;
  /** The gateway's; any free one when left out. */
  port?: number;
  engines: { kafkaBrokers: string[]; mongodbUri: string };
  /** Default: all seven. */
  services?: readonly Service[];
  /** Default `gdtx.`; a suite of tests takes its own. */
  topicPrefix?: string;
  /** Default `gdtx_`; a suite of tests takes its own. */
  databasePrefix?: string;
  /** Takes one line of progress. */
  log?: (line: string) => void;
  /** What every service process inherits. */
  env?: NodeJS.ProcessEnv;
  /** What one service is given otherwise. */
  envOf?: (service: Service) => NodeJS.ProcessEnv;
  /** How long a service may take until it is ready; default 90 s. */
  readyWithinMs?: number;
  /** Once aborted, the start is given up: rejects with the reason. */
  signal?: AbortSignal;
}

export interface PlatformService {
  readonly name: Service;
  readonly pid: number | undefined;
  /** How often it has been started again after a crash. */
  readonly restartCount: number;
  readonly httpUrl: string;
  /** Owners only. */
  readonly grpcAddress: string | undefined;
  /** Its environment: with other ports, that of another replica. */
  readonly env: NodeJS.ProcessEnv;
  /** Starts it after stop() or kill({ restart: false }), and waits until it is ready. */
  start(): Promise<void>;
  /** In order; it stays down until start(). */
  stop(): Promise<void>;
  /** SIGKILL; it is started again as after any crash, unless `restart` is false. */
  kill(options?: { restart?: boolean }): Promise<void>;
  /** Waits until it is ready, for example after a kill. */
  ready(): Promise<void>;
}

export interface Platform {
  readonly gatewayUrl: string;
  token: LocalIssuer['sign'];
  service(name: Service): PlatformService;
  /** Stops the gateway, then the owners, then the dashboard. The engines stay. */
  stop(): Promise<void>;
}

/**
 * Creates the topics and keys, starts the services as processes of their own, and waits until each is ready.
 * They are started again when they crash. Throws a SetUpError when one does not come up; nothing stays running then.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { engines, services = SERVICES, topicPrefix = 'gdtx.', databasePrefix = 'gdtx_', log = () => {} } = options;
  const home = resolve(options.home);
  const keys = resolve(home, 'keys');
  const [issuer] = await Promise.all([
    createLocalIssuer(keys),
    createServiceKeys(keys, SERVICES),
    patiently(() => createTopics({ brokers: engines.kafkaBrokers, topicPrefix }), options.signal),
  ]);
  const addresses = await chooseAddresses(options.port);
  const served = await issuer.listen();
  const gatewayUrl = `http://${loopback((addresses.get('gateway') as Addresses).httpPort)}`;
  const signIn = await startSignIn({ issuer, keys, gatewayUrl });
  const around = {
    ...{ ...engines, topicPrefix, databasePrefix, keys, addresses },
    ...{ issuer: issuer.issuer, audience: issuer.audience, jwksUrl: served.url },
    web: { folder: WEB_FOLDER, gatewayUrl, ...signIn.settings },
  };
  const running = new Map(
    services.map((name) => {
      const { httpPort, grpcPort } = addresses.get(name) as Addresses;
      const inherited = options.env ?? globalThis.process.env;
      const env = { ...serviceEnvironment(name, around, inherited), ...options.envOf?.(name) };
      const process = new ServiceProcess({
        name,
        script: serviceScript(name),
        flags: nodeFlags(name),
        preload: resolve(ROOT, 'libs', 'service-kit', 'dist', 'otel.js'),
        env,
        home,
        isReady: () => answersOk(`http://${loopback(httpPort)}/readyz`),
        say: log,
      });
      const { signal, readyWithinMs = READY_WITHIN_MS } = options;
      return [name, handle({ name, process, env, httpPort, grpcPort, signal, readyWithinMs })];
    }),
  );
  const platform: Platform = {
    gatewayUrl,
    token: (claims) => issuer.sign(claims),
    service(name) {
      const found = running.get(name);
      if (!found) throw new Error(`${name} is not among the services that were started`);
      return found;
    },
    async stop() {
      const all = [...running.values()];
      const round = (belongs: (name: Service) => boolean) =>
        Promise.all(all.filter(({ name }) => belongs(name)).map((service) => service.stop()));
      await round((name) => name === 'gateway');
      await round(isOwner);
      await round((name) => name === 'dashboard');
      await Promise.all([served.close(), signIn.close()]);
    },
  };
  try {
    await Promise.all(services.map((name) => keepEnvironment(home, name, serviceEnvironment(name, around, {}))));
    await startAll([...running.values()], log);
  } catch (error) {
    await platform.stop();
    throw error;
  }
  return platform;
}

/** What Node runs for a service. */
export const serviceScript = (name: Service): string => resolve(ROOT, 'services', name, 'dist', 'main.js');

/** A broker that has only just come up may not know yet who leads a new topic; creating topics again does no harm. */
async function patiently(work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !(error as { retriable?: boolean }).retriable) throw error;
      await pause(250 * tries, undefined, { signal });
    }
  }
}

async function startAll(services: PlatformService[], log: (line: string) => void): Promise<void> {
  const began = Date.now();
  log(`Starting ${services.map(({ name }) => name).join(', ')}.`);
  await Promise.all(
    services.map(async (service) => {
      await service.start();
      const at = [service.httpUrl, service.grpcAddress && `gRPC ${service.grpcAddress}`].filter(Boolean).join(', ');
      log(
        `  ${service.name} is ready after ${((Date.now() - began) / 1000).toFixed(1)} s (process ${service.pid}, ${at})`,
      );
    }),
  );
}

function handle({
  name,
  process,
  env,
  httpPort,
  grpcPort,
  signal,
  readyWithinMs,
}: Addresses & {
  name: Service;
  process: ServiceProcess;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal | undefined;
  readyWithinMs: number;
}): PlatformService {
  return {
    name,
    env,
    get pid() {
      return process.pid;
    },
    get restartCount() {
      return process.restartCount;
    },
    httpUrl: `http://${loopback(httpPort)}`,
    grpcAddress: grpcPort ? loopback(grpcPort) : undefined,
    start: async () => {
      await process.start();
      await process.ready(readyWithinMs, signal);
    },
    stop: () => process.stop(),
    kill: (how) => process.kill(how),
    ready: () => process.ready(readyWithinMs),
  };
}

/** All seven have one, also those that are not started, so that the others know where they would be. */
async function chooseAddresses(gatewayPort?: number): Promise<Map<Service, Addresses>> {
  const ports = await freePorts(2 * SERVICES.length);
  const next = () => ports.pop() as number;
  return new Map(
    SERVICES.map((name) => [
      name,
      {
        httpPort: (name === 'gateway' && gatewayPort) || next(),
        ...(isOwner(name) && { grpcPort: next() }),
      },
    ]),
  );
}

async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  await response.arrayBuffer();
  return response.ok;
}
