import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';
import type { LocalIssuer } from '@gdtx/service-kit/local-issuer';

export interface SignIn {
  settings: { oidcIssuer: string; clientId: string; sessionSecret: string };
  close(): Promise<void>;
}

/** Starts the local run's identity provider; its tokens are signed with the key that `npx gdtx token` uses too. */
export async function startSignIn(of: { issuer: LocalIssuer; keys: string; gatewayUrl: string }): Promise<SignIn> {
  const { issuer, audience } = of.issuer;
  const key = JSON.parse(await readFile(join(of.keys, 'issuer.jwk.json'), 'utf8')) as JWK;
  // Loading it takes a moment, and the command `reset` has no use for it. It warns of any Node but the newest, and works on this one.
  const { warn } = console;
  console.warn = () => {};
  const { startIdentityProvider } = await import('./identity-provider.js').finally(() => (console.warn = warn));
  const provider = await startIdentityProvider({ key, tokens: { issuer, audience }, gatewayUrl: of.gatewayUrl });
  const sessionSecret = createHash('sha256').update(`sessions\0${key.d}`).digest('base64url');
  return {
    settings: { oidcIssuer: provider.issuer, clientId: provider.clientId, sessionSecret },
    close: () => provider.close(),
  };
}
