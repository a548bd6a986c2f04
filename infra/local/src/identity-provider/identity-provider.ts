import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import { choicePage, PAGE_HEADERS } from './choice-page.js';
import { DEMO_PEOPLE } from './people.js';

/** The sign-in of a local run: an OpenID Connect provider with one demo person for each role. Never for production. */
export interface IdentityProvider {
  issuer: string;
  clientId: string;
  close(): Promise<void>;
}

export interface IdentityProviderOptions {
  /** The private key that the run's tokens are signed with. */
  key: JWK;
  /** What an access token's `iss` and `aud` are to be, as the services expect them. */
  tokens: { issuer: string; audience: string };
  /** The gateway, where people come back to. */
  gatewayUrl: string;
  port?: number;
}

const CLIENT = 'gdtx';
const RESOURCE = 'urn:gdtx:api';
const EIGHT_HOURS_S = 8 * 3600;

/** Starts it on the loopback; rejects when the port is taken. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = quietly(() => new Provider(issuer, configuration(options)));
  provider.use(async (ctx, next) => (ctx.path.startsWith('/choose/') ? choose(provider, ctx, options) : next()));
  server.on('request', provider.callback());
  return {
    issuer,
    clientId: CLIENT,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function configuration({ key, tokens, gatewayUrl }: IdentityProviderOptions): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: 'none',
        redirect_uris: [new URL('/session/callback', gatewayUrl).href],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'EdDSA',
      },
    ],
    jwks: { keys: [{ ...key, use: 'sig' } as never] },
    cookies: { keys: [key.d!] },
    enabledJWA: { idTokenSigningAlgValues: ['EdDSA'] },
    conformIdTokenClaims: false,
    claims: { openid: ['sub', 'name'] },
    pkce: { required: () => true },
    interactions: { url: (_, interaction) => `/choose/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: tokens.audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: EIGHT_HOURS_S,
          jwt: { sign: { alg: 'EdDSA' } },
        }),
      },
    },
    ttl: { AccessToken: EIGHT_HOURS_S, Grant: EIGHT_HOURS_S, IdToken: 3600, Interaction: 3600, Session: EIGHT_HOURS_S },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: personOf(id).name.vi }) }),
    extraTokenClaims: (_, token) => {
      const { role, units } = personOf((token as { accountId: string }).accountId);
      return { roles: [role], units: [...units] };
    },
    // The services know the run by a name; where it happens to listen is nothing to them.
    formats: {
      customizers: {
        jwt: (_ctx, _token, jwt) => {
          jwt.payload!['iss'] = tokens.issuer;
        },
      },
    },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client!.clientId,
        accountId: ctx.oidc.session!.accountId!,
      });
      grant.addOIDCScope('openid');
      grant.addResourceScope(RESOURCE, '');
      await grant.save();
      return grant;
    },
    renderError: (ctx, out) => {
      ctx.type = 'text';
      ctx.body = `${out.error}: ${out.error_description ?? ''}`;
    },
  };
}

/** It warns of what a demonstration needn't heed: that it keeps everything in memory. */
function quietly<T>(work: () => T): T {
  const { warn } = console;
  console.warn = () => {};
  try {
    return work();
  } finally {
    console.warn = warn;
  }
}

type Context = Parameters<Parameters<Provider['use']>[0]>[0];

/** Shows whom one can sign in as (GET), and signs in as the one who was chosen (POST /choose/{uid}/{person}). */
async function choose(provider: Provider, ctx: Context, { gatewayUrl }: IdentityProviderOptions) {
  const [, , uid, id] = ctx.path.split('/');
  const attempt = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined);
  if (!attempt || attempt.uid !== uid) {
    ctx.status = 400;
    ctx.body = 'This attempt to sign in has ended: begin again.';
    return;
  }
  if (ctx.method === 'GET' && id === undefined) {
    ctx.set(PAGE_HEADERS(gatewayUrl));
    ctx.body = choicePage(uid, gatewayUrl);
    return;
  }
  const person = DEMO_PEOPLE.find((each) => each.id === id);
  if (ctx.method !== 'POST' || !person) {
    ctx.status = 404;
    return;
  }
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, { login: { accountId: person.id } }));
  ctx.status = 303;
}

function personOf(id: string) {
  const found = DEMO_PEOPLE.find((person) => person.id === id);
  if (!found) throw new Error(`there is no demo person ${id}`);
  return found;
}
