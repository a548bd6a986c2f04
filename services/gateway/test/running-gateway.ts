import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLocalIssuer, createServiceKeys, type LocalIssuer } from '@gdtx/service-kit/local-issuer';
import { loadServiceIdentity } from '@gdtx/service-kit/service-identity';
import { envStem, OWNERS, SERVICES, type Owner } from '@gdtx/service-kit/services';
import { startGateway } from '../src/gateway.js';
import { READERS, type Reader } from '../src/routes.js';
import { startFakeOwner, type FakeOwner } from './fake-owner.js';

/** A service's reads, answered by the test. */
export interface FakeReader {
  answer: RequestListener;
  stop(): Promise<void>;
}

/** The gateway in this process, between owners and readers that the test answers for. */
export interface RunningGateway {
  url: string;
  issuer: LocalIssuer;
  token: string;
  owners: Record<Owner, FakeOwner>;
  readers: Record<Reader, FakeReader>;
  /** A call with the token, unless its headers say otherwise. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** POST /v1/facts. */
  publish(body: unknown, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

export async function runGateway(env: Record<string, string> = {}): Promise<RunningGateway> {
  const home = await mkdtemp(join(tmpdir(), 'gdtx-gateway-'));
  const issuer = await createLocalIssuer(home);
  await createServiceKeys(home, SERVICES);
  const keys = await issuer.listen();
  const keyFiles = (service: string) => ({
    SERVICE_KEY_FILE: join(home, 'services', `${service}.jwk.json`),
    SERVICE_JWKS_FILE: join(home, 'services.jwks.json'),
  });

  const owners = {} as Record<Owner, FakeOwner>;
  for (const owner of OWNERS) {
    owners[owner] = await startFakeOwner(await loadServiceIdentity(owner, keyFiles(owner)), owner);
  }
  const readers = {} as Record<Reader, FakeReader>;
  const addresses: Record<string, string> = {};
  for (const reader of READERS) {
    const { fake, url } = await startFakeReader(reader);
    readers[reader] = fake;
    addresses[`${envStem(reader)}_HTTP`] = url;
  }
  for (const owner of OWNERS) addresses[`${envStem(owner)}_GRPC`] = owners[owner].address;

  const gateway = await startGateway({
    LOG_LEVEL: 'silent',
    TOKEN_JWKS_URL: keys.url,
    TOKEN_ISSUER: issuer.issuer,
    ...keyFiles('gateway'),
    ...addresses,
    TYPES_RETRY_MS: '50',
    TYPES_REFRESH_MS: '100',
    ...env,
  });
  const url = gateway.httpUrl;
  const token = await issuer.sign({ sub: 'tester', roles: ['centre-publisher'], units: ['gdtx-son-la'] });
  const call = (path: string, init: RequestInit = {}) =>
    fetch(url + path, { redirect: 'manual', ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
  return {
    ...{ url, issuer, token, owners, readers, call },
    publish: (body, headers = {}) =>
      call('/v1/facts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    async stop() {
      await gateway.stop();
      await Promise.all([...Object.values(owners), ...Object.values(readers)].map((fake) => fake.stop()));
      await keys.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function startFakeReader(reader: Reader): Promise<{ fake: FakeReader; url: string }> {
  const fake: FakeReader = {
    answer: (req, res) => {
      const { authorization, accept } = req.headers;
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify({ reader, method: req.method, url: req.url, authorization, accept }));
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  const server: Server = createServer((req, res) => fake.answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { fake, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** An event of the form that the fake owners describe. */
export function event(id: string, owner: string = 'programmes', more: Record<string, unknown> = {}) {
  return {
    specversion: '1.0',
    id,
    source: 'urn:gdtx:unit:gdtx-son-la',
    type: `vn.gdtx.${owner}.ThingHappened.v1`,
    data: { learners: 42 },
    ...more,
  };
}

/** Waits until it is so, for 20 s at most. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 1000; left > 0; left -= 1) {
    if (await isSo()) return;
    await sleep(20);
  }
  throw new Error('it never came to be so');
}
