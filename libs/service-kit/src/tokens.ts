import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { noToken, tryAgain } from './problem.js';
import { rememberVerified } from './verified-tokens.js';

export const ROLES = [
  'inspector',
  'registrar',
  'province-officer',
  'commune-officer',
  'centre-publisher',
  'operator',
] as const;
export type Role = (typeof ROLES)[number];

/** Who is calling, as the token says: its roles, and the subtrees of units that it may write to. */
export interface Caller {
  subject: string;
  roles: Role[];
  units: string[];
}

export type VerifyToken = (token: string | undefined) => Promise<Caller>;

export interface TokenSettings {
  TOKEN_JWKS_URL: string;
  TOKEN_ISSUER: string;
  TOKEN_AUDIENCE: string;
}

/**
 * Checks bearer tokens against a JWKS. Rejects with a 401 problem: no token, expired, forged, another's audience; with a 503
 * one when the issuer's keys can't be had, for then nothing is known of the token.
 */
export function createTokenVerifier(settings: TokenSettings): VerifyToken {
  const keys = keySource(settings.TOKEN_JWKS_URL);
  const callerOf = rememberVerified<Caller>(async (token) => {
    const { payload } = await jwtVerify(token, keys, {
      issuer: settings.TOKEN_ISSUER,
      audience: settings.TOKEN_AUDIENCE,
      algorithms: ['EdDSA', 'ES256', 'RS256', 'PS256'],
      requiredClaims: ['sub', 'exp'],
      clockTolerance: 5,
    }).catch((error: unknown) => {
      throw tokenProblem(error);
    });
    const roles = strings(payload['roles']).filter((r): r is Role => (ROLES as readonly string[]).includes(r));
    // It goes into entries, where half a character has no canonical form.
    const value = { subject: String(payload.sub).toWellFormed(), roles, units: strings(payload['units']) };
    return { value, exp: payload.exp! };
  });
  return async (token) => {
    if (!token) throw noToken('This call needs a bearer token in the header `authorization`.');
    return callerOf(token);
  };
}

/** The token of an `authorization: Bearer …` header. */
export function bearer(header: string | undefined): string | undefined {
  const match = /^Bearer +(\S+)$/i.exec(header ?? '');
  return match?.[1];
}

/** When a token ends that has been verified, in milliseconds since the epoch. */
export function endOfToken(token: string): number {
  return decodeJwt(token).exp! * 1000;
}

function tokenProblem(error: unknown) {
  if (error instanceof errors.JWTExpired) return noToken('The token has expired: ask for a new one.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return noToken(`The token isn't meant for this service: its claim \`${error.claim}\` doesn't hold.`);
  }
  if (isOfToken(error)) return noToken("The token isn't one that this service can trust.");
  return tryAgain("The keys that tokens are signed with can't be had now: try again in a moment.");
}

/** jose says what is wrong with a token in classes of their own; the rest is the way to the keys, or the keys themselves. */
function isOfToken(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  const ofKeys = [errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code];
  return !ofKeys.includes(error.code);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
}

function keySource(address: string): JWTVerifyGetKey {
  const url = new URL(address);
  if (url.protocol !== 'file:') return createRemoteJWKSet(url, { cooldownDuration: 1000 });
  let local: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    // A file that isn't there yet is looked for again with the next token.
    local ??= readFile(url, 'utf8')
      .then((text) => createLocalJWKSet(JSON.parse(text)))
      .catch((error: unknown) => {
        local = undefined;
        throw error;
      });
    return (await local)(header, token);
  };
}
