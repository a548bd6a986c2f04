import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, importJWK, jwtVerify, SignJWT, type JWK } from 'jose';
import { rememberVerified } from './verified-tokens.js';

/** How a service says to another who it is: a short-lived token signed with its own key. */
export interface ServiceIdentity {
  name: string;
  /** A token for the service `audience`; kept for half its life. */
  tokenFor(audience: string): Promise<string>;
  /** The name of the service that signed a token meant for this one; undefined when it can't be trusted. */
  verify(token: string | undefined): Promise<string | undefined>;
}

const LIFE_SECONDS = 120;
const CLOCKS_DIFFER_SECONDS = 3700;

export async function loadServiceIdentity(
  name: string,
  files: { SERVICE_KEY_FILE: string; SERVICE_JWKS_FILE: string },
): Promise<ServiceIdentity> {
  const jwk = JSON.parse(await readFile(files.SERVICE_KEY_FILE, 'utf8')) as JWK;
  const key = await importJWK(jwk, 'EdDSA');
  const all = createLocalJWKSet(JSON.parse(await readFile(files.SERVICE_JWKS_FILE, 'utf8')));
  const kept = new Map<string, { token: string; until: number }>();
  const callerOf = rememberVerified(async (token) => {
    const { payload, protectedHeader } = await jwtVerify(token, all, {
      audience: `service:${name}`,
      algorithms: ['EdDSA'],
      requiredClaims: ['exp'],
      // Clocks of two machines may differ; an hour is what the platform promises to bear.
      clockTolerance: CLOCKS_DIFFER_SECONDS,
    });
    // A service signs for itself alone.
    const service = payload.sub === protectedHeader.kid ? payload.sub : undefined;
    return { value: service, exp: payload.exp! + CLOCKS_DIFFER_SECONDS };
  });
  return {
    name,
    async tokenFor(audience) {
      const known = kept.get(audience);
      if (known && known.until > Date.now()) return known.token;
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'EdDSA', kid: name })
        .setSubject(name)
        .setAudience(`service:${audience}`)
        .setIssuedAt()
        .setExpirationTime(`${LIFE_SECONDS}s`)
        .sign(key);
      kept.set(audience, { token, until: Date.now() + (LIFE_SECONDS * 1000) / 2 });
      return token;
    },
    verify: async (token) => (token ? callerOf(token).catch(() => undefined) : undefined),
  };
}
