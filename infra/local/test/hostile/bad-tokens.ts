import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import { createLocalIssuer } from '@gdtx/service-kit/local-issuer';
import { OURS } from './world.js';

const ISSUER = 'urn:gdtx:local-issuer';
const hour = () => Math.floor(Date.now() / 1000) + 3600;
const claims = (): JWTPayload & Record<string, unknown> => ({
  ...{ iss: ISSUER, aud: 'gdtx', sub: 'x', exp: hour(), roles: ['registrar', 'centre-publisher'], units: ['vn'] },
});
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Tokens that aren't worth anything, by what is wrong with them. `home` holds the keys of the issuer that counts. */
export async function badTokens(home: string): Promise<[string, string][]> {
  const jwk = JSON.parse(await readFile(join(home, 'keys', 'issuer.jwk.json'), 'utf8')) as JWK;
  const sign = signer(jwk);
  const elsewhere = await mkdtemp(join(tmpdir(), 'gdtx-forger-'));
  const forger = await createLocalIssuer(elsewhere);
  const forgersKey = JSON.parse(await readFile(join(elsewhere, 'issuer.jwk.json'), 'utf8')) as JWK;
  await rm(elsewhere, { recursive: true });
  const publicHalf = forger.jwks.keys[0]!;
  const good = await sign(claims());
  const [head = '', , signature = ''] = good.split('.');
  return [
    ['no JWT', 'x.y.z'],
    ['an empty one', '..'],
    ['expired', await sign({ ...claims(), exp: hour() - 7200 })],
    ['not yet valid', await sign({ ...claims(), nbf: hour() })],
    ['without an end', await sign({ ...claims(), exp: undefined })],
    ['without a subject', await sign({ ...claims(), sub: undefined })],
    ['of another issuer', await sign({ ...claims(), iss: 'https://example.org' })],
    ['without an issuer', await sign({ ...claims(), iss: undefined })],
    ['for somebody else', await sign({ ...claims(), aud: 'another' })],
    ['for a service', await sign({ ...claims(), aud: 'service:programmes' })],
    ['of another key', await forger.sign({ roles: ['registrar'], units: ['vn'] })],
    ['of another key that it brings itself', await signer(forgersKey)(claims(), { jwk: publicHalf })],
    [
      'of another key that it has an address of',
      await signer(forgersKey)(claims(), { jku: 'http://127.0.0.1:9/jwks.json' }),
    ],
    ['of a key that nobody knows', await signer(forgersKey)(claims(), { kid: '../../keys/issuer' })],
    ['with no signature', `${part({ alg: 'none' })}.${part(claims())}.`],
    ['with no signature, said of the right key', `${part({ alg: 'none', kid: 'local' })}.${part(claims())}.`],
    ['signed with the public key as a secret', await secret(JSON.stringify(publicHalf))],
    ['signed with a secret', await secret('a'.repeat(64))],
    ['with other claims under its signature', `${head}.${part({ ...claims(), sub: 'somebody' })}.${signature}`],
    ['with an extension that nobody knows', await signer(jwk)(claims(), { crit: ['exp-in-moons'], 'exp-in-moons': 1 })],
  ];
}

/** Tokens of the right issuer that allow nothing, whatever is in them. */
export async function tokensOfNobody(home: string): Promise<[string, string][]> {
  const sign = signer(JSON.parse(await readFile(join(home, 'keys', 'issuer.jwk.json'), 'utf8')) as JWK);
  const of = (more: object) => sign({ ...claims(), roles: ['centre-publisher'], units: [OURS], ...more });
  return [
    ['no roles', await of({ roles: [] })],
    ['a role as text', await of({ roles: 'centre-publisher' })],
    ['roles that aren’t', await of({ roles: ['admin', '__proto__', 'constructor', '*'] })],
    ['an operator for a role', await of({ roles: [{ $gt: '' }] })],
    ['an operator alone', await of({ roles: ['operator'] })],
    ['no units', await of({ units: [] })],
    ['units as text', await of({ units: 'vn' })],
    ['an operator for units', await of({ units: { $gt: '' } })],
    ['units that aren’t', await of({ units: ['*', '', '__proto__', 'constructor', 'VN', ' vn', 'vn/', null, ['vn']] })],
  ];
}

/** A token of a publisher whose name holds half a character. */
export async function tokenOfHalfAName(home: string): Promise<string> {
  const sign = signer(JSON.parse(await readFile(join(home, 'keys', 'issuer.jwk.json'), 'utf8')) as JWK);
  return sign({ ...claims(), sub: 'half \ud800', roles: ['centre-publisher'], units: [OURS] });
}

function signer(jwk: JWK) {
  return async (payload: JWTPayload, header: object = {}): Promise<string> => {
    const key = await importJWK(jwk, 'EdDSA');
    const given = { alg: 'EdDSA', kid: 'local', ...header };
    // jose signs no extension that it doesn't know, unless it is told that somebody does.
    return new SignJWT(payload).setProtectedHeader(given).sign(key, { crit: { 'exp-in-moons': true } });
  };
}

function secret(text: string): Promise<string> {
  return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'local' }).sign(new TextEncoder().encode(text));
}
