import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withDatabase } from '@gdtx/engines/engines';
import { envStem, isOwner, type Service } from '@gdtx/service-kit/services';

/** Where one service answers. */
export interface Addresses {
  httpPort: number;
  /** Owners only. */
  grpcPort?: number;
}

export interface Surroundings {
  kafkaBrokers: readonly string[];
  mongodbUri: string;
  topicPrefix: string;
  databasePrefix: string;
  keys: string;
  issuer: string;
  audience: string;
  jwksUrl: string;
  addresses: ReadonlyMap<Service, Addresses>;
  /** What the gateway needs for pages and for signing in. */
  web: { folder: string; gatewayUrl: string; oidcIssuer: string; clientId: string; sessionSecret: string };
}

/** Address of a listening service on this machine. */
export const loopback = (port: number): string => `127.0.0.1:${port}`;

/** The database of a service: `gdtx_community_learning`. */
export const databaseOf = (prefix: string, service: string): string => `${prefix}${service.replaceAll('-', '_')}`;

/** The environment that a service process is given, on top of `inherited`. */
export function serviceEnvironment(
  service: Service,
  around: Surroundings,
  inherited: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const own = around.addresses.get(service);
  if (!own) throw new Error(`${service} has no address`);
  const others = [...around.addresses].flatMap(([name, { httpPort, grpcPort }]) => [
    ...(name === 'gateway' ? [] : [[`${envStem(name)}_HTTP`, `http://${loopback(httpPort)}`]]),
    ...(isOwner(name) && grpcPort ? [[`${envStem(name)}_GRPC`, loopback(grpcPort)]] : []),
  ]);
  return {
    ...inherited,
    NODE_ENV: 'production',
    // What lets jest run ES modules is of no use to a service, and makes Node warn.
    NODE_OPTIONS: inherited.NODE_OPTIONS?.replace('--experimental-vm-modules', '').trim() ?? '',
    // What lies outside of the heap is taken and given back by all threads of a process, in an arena each: several times as much as is used.
    ...(service !== 'dashboard' && { MALLOC_ARENA_MAX: '1' }),
    HOST: '127.0.0.1',
    HTTP_PORT: String(own.httpPort),
    ...(own.grpcPort && { GRPC_PORT: String(own.grpcPort) }),
    MONGODB_URI: withDatabase(around.mongodbUri, databaseOf(around.databasePrefix, service)),
    KAFKA_BROKERS: around.kafkaBrokers.join(','),
    GDTX_TOPIC_PREFIX: around.topicPrefix,
    TOKEN_JWKS_URL: around.jwksUrl,
    TOKEN_ISSUER: around.issuer,
    TOKEN_AUDIENCE: around.audience,
    SERVICE_KEY_FILE: join(around.keys, 'services', `${service}.jwk.json`),
    SERVICE_JWKS_FILE: join(around.keys, 'services.jwks.json'),
    ...(service === 'gateway' && gatewayEnvironment(around)),
    ...Object.fromEntries(others),
  };
}

const keptIn = (home: string, service: Service): string => join(home, 'environments', `${service}.json`);

/** Writes down what a service of the local run is told of its surroundings, for a command that works beside it. */
export async function keepEnvironment(home: string, service: Service, env: NodeJS.ProcessEnv): Promise<void> {
  const file = keptIn(home, service);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(env, null, 2)}\n`, { mode: 0o600 });
}

/** What was written down when the local run in `home` was last started; undefined where none ever was. */
export async function keptEnvironment(home: string, service: Service): Promise<NodeJS.ProcessEnv | undefined> {
  const text = await readFile(keptIn(home, service), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as NodeJS.ProcessEnv);
}

function gatewayEnvironment({ web }: Surroundings): NodeJS.ProcessEnv {
  return {
    WEB_DIR: web.folder,
    PUBLIC_URL: web.gatewayUrl,
    OIDC_ISSUER: web.oidcIssuer,
    OIDC_CLIENT_ID: web.clientId,
    SESSION_SECRET: web.sessionSecret,
  };
}
