import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { LedgerServiceClient } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { createGrpcClient } from '@gdtx/service-kit/grpc';
import type { Owner } from '@gdtx/service-kit/services';
import type { Event } from './world.js';

type Call = 'record' | 'describe' | 'republish' | 'readLedger' | 'readLedgers' | 'heads';

/** Calls an owner itself, and answers the name of the gRPC status that came back: OK, UNAUTHENTICATED … */
export async function callOwner(
  address: string,
  call: Call,
  facts: readonly Event[],
  headers: { service?: string | undefined; user?: string | undefined },
): Promise<string> {
  const client = createGrpcClient(LedgerServiceClient, address);
  const metadata = new Metadata();
  if (headers.service !== undefined) metadata.set('x-gdtx-service', headers.service);
  if (headers.user !== undefined) metadata.set('authorization', `Bearer ${headers.user}`);
  const options = { deadline: Date.now() + 5_000 };
  try {
    await new Promise<void>((resolve, reject) => {
      const done = (error: ServiceError | null) => (error ? reject(error) : resolve());
      const stream = (from: { on(event: string, listener: (value?: unknown) => void): unknown }) => {
        from.on('data', () => undefined);
        from.on('error', (error) => reject(error));
        from.on('end', () => resolve());
      };
      const unit = facts[0]?.source.slice('urn:gdtx:unit:'.length) ?? 'vn';
      if (call === 'record') client.record({ facts: facts.map(sent) }, metadata, options, done);
      else if (call === 'describe') client.describe({}, metadata, options, done);
      else if (call === 'republish') client.republish({ unit, fromSeq: 1 }, metadata, options, done);
      else if (call === 'readLedgers') stream(client.readLedgers({ units: [unit], inPages: false }, metadata, options));
      else if (call === 'heads') stream(client.heads({ units: [] }, metadata, options));
      else stream(client.readLedger({ unit, fromSeq: 1, limit: 0 }, metadata, options));
    });
    return 'OK';
  } catch (error) {
    return status[(error as ServiceError).code] ?? String(error);
  } finally {
    client.close();
  }
}

function sent({ id, source, type, data }: Event) {
  return { id, source, type, time: '', data: Buffer.from(JSON.stringify(data)) };
}

/** What a stranger may show to the owner `to`, by what it is; and the gateway's own, last. `home` holds the services' keys. */
export async function identities(home: string, to: Owner): Promise<[string, string | undefined][]> {
  const keyOf = async (service: string) =>
    JSON.parse(await readFile(join(home, 'keys', 'services', `${service}.jwk.json`), 'utf8')) as JWK;
  const gateway = await keyOf('gateway');
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const forged = await exportJWK(privateKey);
  const another = to === 'centres' ? 'programmes' : 'centres';
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const good = { key: gateway, sub: 'gateway', aud: `service:${to}` };
  return [
    ['nothing', undefined],
    ['an empty text', ''],
    ['a name', 'gateway'],
    ['the identity of the dashboard', await sign({ ...good, key: await keyOf('dashboard'), sub: 'dashboard' })],
    ['the identity of another owner', await sign({ ...good, key: await keyOf(another), sub: another })],
    ['its own identity', await sign({ ...good, key: await keyOf(to), sub: to })],
    [
      'the gateway’s name, signed by the dashboard',
      await sign({ ...good, key: await keyOf('dashboard'), kid: 'dashboard' }),
    ],
    ['the gateway’s name and key id, signed by the dashboard', await sign({ ...good, key: await keyOf('dashboard') })],
    ['the gateway’s name, signed by a stranger', await sign({ ...good, key: forged })],
    [
      'the gateway’s name, not signed',
      `${part({ alg: 'none', kid: 'gateway' })}.${part({ sub: 'gateway', aud: good.aud })}.`,
    ],
    ['the gateway’s identity for another owner', await sign({ ...good, aud: `service:${another}` })],
    ['the gateway’s identity for nobody', await sign({ ...good, aud: undefined })],
    ['the gateway’s identity of yesterday', await sign({ ...good, from: Date.now() / 1000 - 86_400 })],
  ];
}

/** What the gateway itself shows. */
export async function gatewayIdentity(home: string, to: Owner): Promise<string> {
  const text = await readFile(join(home, 'keys', 'services', 'gateway.jwk.json'), 'utf8');
  return sign({ key: JSON.parse(text) as JWK, sub: 'gateway', aud: `service:${to}` });
}

async function sign(of: {
  key: JWK;
  sub: string;
  kid?: string;
  aud: string | undefined;
  from?: number;
}): Promise<string> {
  const { key, sub, kid = sub, aud, from = Date.now() / 1000 } = of;
  const token = new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', kid }).setSubject(sub);
  if (aud !== undefined) token.setAudience(aud);
  const issued = Math.floor(from);
  return token
    .setIssuedAt(issued)
    .setExpirationTime(issued + 120)
    .sign(await importJWK(key, 'EdDSA'));
}
