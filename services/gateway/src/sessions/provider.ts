import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { tryAgain } from '@gdtx/service-kit/problem';
import { z } from 'zod';

/** An OpenID Connect provider, and what we are to it. */
export interface ProviderSettings {
  issuer: string;
  clientId: string;
  /** Absent: a public client, which PKCE alone protects. */
  clientSecret: string | undefined;
  scope: string;
  /** Where it sends people back to. */
  callback: string;
}

/** What ties an answer of the provider to the browser that asked. */
export interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
}

export interface Tokens {
  accessToken: string;
  /** As the provider calls the person. */
  name: string | undefined;
}

export interface Provider {
  /** Where a person signs in; `again`: also one whom the provider still knows. */
  signInAddress(attempt: Attempt, again: boolean): Promise<string>;
  /** The tokens that a code stands for. Rejects with a SignInRefused, or a 503 problem when the provider doesn't answer. */
  exchange(code: string, attempt: Attempt): Promise<Tokens>;
}

/** The provider, or what it sent, doesn't let this person in. */
export class SignInRefused extends Error {}

const random = () => randomBytes(32).toString('base64url');
export const newAttempt = (): Attempt => ({ state: random(), nonce: random(), verifier: random() });

const discovered = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});
const answered = z.object({ access_token: z.string(), id_token: z.string() });
const PATIENCE_MS = 5000;

/** Authorization code with PKCE (RFC 7636); the provider describes itself, and is asked when it is needed first. */
export function createProvider(settings: ProviderSettings): Provider {
  const { issuer, clientId, clientSecret, scope, callback } = settings;
  let known: Promise<Known> | undefined;
  const provider = (): Promise<Known> => {
    known ??= discover(issuer).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    async signInAddress({ state, nonce, verifier }, again) {
      const { authorization_endpoint } = await provider();
      const address = new URL(authorization_endpoint);
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const parameters = {
        ...{ response_type: 'code', client_id: clientId, redirect_uri: callback, scope, state, nonce },
        ...{ code_challenge: challenge, code_challenge_method: 'S256' },
        ...(again && { prompt: 'login' }),
      };
      for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
      return address.href;
    },
    async exchange(code, { nonce, verifier }) {
      const { token_endpoint, keys } = await provider();
      const form = { grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier };
      const response = await asked(token_endpoint, {
        method: 'POST',
        headers: clientSecret === undefined ? {} : { authorization: basic(clientId, clientSecret) },
        body: new URLSearchParams({ ...form, ...(clientSecret === undefined && { client_id: clientId }) }),
      });
      if (!response.ok) throw new SignInRefused(`the provider answered ${response.status} to the code`);
      const tokens = answered.safeParse(await response.json());
      if (!tokens.success) throw new SignInRefused('the provider gave no access token and ID token');
      const { payload } = await jwtVerify(tokens.data.id_token, keys, {
        issuer,
        audience: clientId,
        clockTolerance: 5,
      });
      if (payload['nonce'] !== nonce) throw new SignInRefused('the ID token is not of this sign-in');
      const { name } = payload;
      return { accessToken: tokens.data.access_token, name: typeof name === 'string' ? name : undefined };
    },
  };
}

type Known = z.output<typeof discovered> & { keys: ReturnType<typeof createRemoteJWKSet> };

async function discover(issuer: string): Promise<Known> {
  const response = await asked(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {});
  const found = discovered.safeParse(response.ok ? await response.json() : undefined);
  if (!found.success || found.data.issuer !== issuer) throw away();
  return { ...found.data, keys: createRemoteJWKSet(new URL(found.data.jwks_uri)) };
}

async function asked(address: string, init: RequestInit): Promise<Response> {
  return fetch(address, { ...init, signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error' }).catch(() => {
    throw away();
  });
}

const away = () => tryAgain('The identity provider doesn’t answer now: try again in a moment.');

/** RFC 6749, 2.3.1: both parts are form-encoded before they are put together. */
function basic(id: string, secret: string): string {
  const encoded = [id, secret].map((part) => encodeURIComponent(part).replaceAll('%20', '+')).join(':');
  return `Basic ${Buffer.from(encoded).toString('base64')}`;
}
