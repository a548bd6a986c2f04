import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';

/** What a local run and tests hand out tokens with; in production any OpenID Connect provider takes its place. */
export interface LocalIssuer {
  issuer: string;
  audience: string;
  jwks: { keys: JWK[] };
  /** A signed token. `expiresIn` as jose takes it: '8h', '-1s'. */
  sign(claims: { sub?: string; roles: string[]; units?: string[]; expiresIn?: string }): Promise<string>;
  /** Serves the JWKS on a free loopback port. */
  listen(): Promise<{ url: string; close(): Promise<void> }>;
}

const ISSUER = 'urn:gdtx:local-issuer';
const AUDIENCE = 'gdtx';

/** Keys live in `dir/issuer.jwk.json` and are made on first use; `dir/issuer.jwks.json` is their public half. */
export async function createLocalIssuer(dir: string): Promise<LocalIssuer> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const jwk = await keyFile(join(dir, 'issuer.jwk.json'), 'local');
  const key = await importJWK(jwk, 'EdDSA');
  const jwks = { keys: [publicHalf(jwk)] };
  await writeFile(join(dir, 'issuer.jwks.json'), JSON.stringify(jwks));
  return {
    issuer: ISSUER,
    audience: AUDIENCE,
    jwks,
    sign: ({ sub, roles, units = [], expiresIn = '8h' }) =>
      new SignJWT({ roles, units })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'local' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(sub ?? `local-${roles.join('-') || 'nobody'}`)
        .setIssuedAt()
        .setExpirationTime(expiresIn)
        .sign(key),
    listen: () => serveJson(jwks),
  };
}

/** Writes `dir/services/<name>.jwk.json` for each service, where it isn't there yet, and `dir/services.jwks.json`. */
export async function createServiceKeys(dir: string, names: readonly string[]): Promise<void> {
  await mkdir(join(dir, 'services'), { recursive: true, mode: 0o700 });
  const keys: JWK[] = [];
  for (const name of names) keys.push(publicHalf(await keyFile(join(dir, 'services', `${name}.jwk.json`), name)));
  await writeFile(join(dir, 'services.jwks.json'), JSON.stringify({ keys }));
}

async function keyFile(path: string, kid: string): Promise<JWK> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as JWK;
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid, alg: 'EdDSA' };
  await writeFile(path, JSON.stringify(jwk), { mode: 0o600 });
  return jwk;
}

function publicHalf({ d: _, ...rest }: JWK): JWK {
  return rest;
}

async function serveJson(body: unknown): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
