import { ConfigError, ownerAddresses, serviceConfig } from '@gdtx/service-kit/config';
import { envStem } from '@gdtx/service-kit/services';
import { z } from 'zod';
import { READERS, type Reader } from './routes.js';
import type { ProviderSettings } from './sessions/provider.js';

const http = z.url({ protocol: /^http$/ }).describe('http://host:port');
const ms = z.coerce.number().int().min(1);
const some = z.coerce.number().int().min(1);

/** Each key is an environment variable. */
export const gatewayConfig = z.object({
  ...serviceConfig.shape,
  ...ownerAddresses.shape,
  PROVINCES_HTTP: http,
  CENTRES_HTTP: http,
  PROGRAMMES_HTTP: http,
  COMMUNITY_LEARNING_HTTP: http,
  INSPECTIONS_HTTP: http,
  DASHBOARD_HTTP: http,
  RATE_LIMIT: some
    .default(6000)
    .describe('calls that one subject may make in a minute, at this replica; a stream is one'),
  OWNER_DEADLINE_MS: ms.default(30_000).describe('how long an owner may take to decide'),
  OWNER_CALLS: some.default(1000).describe('calls under way to one owner at once; beyond that: try-again'),
  OWNER_BYTES: some.default(64 * 1024 * 1024).describe('bytes of facts under way to one owner at once'),
  BODY_BYTES: some.default(64 * 1024 * 1024).describe('bytes of bodies that are held whole at once; beyond that: 503'),
  STREAMS: some.default(64).describe('NDJSON streams at once; beyond that: 503'),
  STREAM_PATIENCE_MS: ms.default(10_000).describe('how long a stream waits for room on the way to an owner'),
  READ_TIMEOUT_MS: ms.default(30_000).describe('how long a service may take for the head of its answer to a read'),
  TYPES_REFRESH_MS: ms.default(10_000).describe('how often owners are asked for their fact types'),
  WEB_DIR: z.string().optional().describe('folder of the built web application; absent: none is served'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('the address at which browsers find the gateway'),
  OIDC_ISSUER: z.url().optional().describe('the OpenID Connect provider that people sign in at; absent: nobody does'),
  OIDC_CLIENT_ID: z.string().default('gdtx').describe('what the provider calls us'),
  OIDC_CLIENT_SECRET: z.string().optional().describe('absent: a public client, by PKCE alone'),
  OIDC_SCOPE: z.string().default('openid').describe('what is asked for; `openid` among it'),
  SESSION_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('seals the cookies of sessions: the same at every replica; needed with OIDC_ISSUER'),
  TYPES_RETRY_MS: ms.default(1000).describe('how soon an owner that did not answer is asked again'),
});

export type GatewayConfig = z.output<typeof gatewayConfig>;

export interface SessionSettings {
  publicUrl: string;
  secret: string;
  provider: ProviderSettings;
}

/** Where each service answers reads. */
export function readAddresses(config: GatewayConfig): Record<Reader, string> {
  const values = config as unknown as Record<string, string>;
  return Object.fromEntries(READERS.map((r) => [r, values[`${envStem(r)}_HTTP`]])) as Record<Reader, string>;
}

/** What sessions are made of; undefined: no provider is configured. Throws a ConfigError when half of it is. */
export function sessionSettings(config: GatewayConfig): SessionSettings | undefined {
  const { OIDC_ISSUER: issuer, PUBLIC_URL: publicUrl, SESSION_SECRET: secret } = config;
  if (issuer === undefined) return undefined;
  const problems = [
    ...(publicUrl === undefined ? ['PUBLIC_URL: is needed with OIDC_ISSUER, for the way back from the provider'] : []),
    ...(secret === undefined ? ['SESSION_SECRET: is needed with OIDC_ISSUER'] : []),
  ];
  if (publicUrl === undefined || secret === undefined) throw new ConfigError(problems);
  const { OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_SCOPE: scope } = config;
  const callback = new URL('/session/callback', publicUrl).href;
  return { publicUrl, secret, provider: { issuer, clientId, clientSecret, scope, callback } };
}
