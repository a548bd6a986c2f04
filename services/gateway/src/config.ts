import { ownerAddresses, serviceConfig } from '@gdtx/service-kit/config';
import { envStem } from '@gdtx/service-kit/services';
import { z } from 'zod';
import { READERS, type Reader } from './routes.js';

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
  TYPES_RETRY_MS: ms.default(1000).describe('how soon an owner that did not answer is asked again'),
});

export type GatewayConfig = z.output<typeof gatewayConfig>;

/** Where each service answers reads. */
export function readAddresses(config: GatewayConfig): Record<Reader, string> {
  const values = config as unknown as Record<string, string>;
  return Object.fromEntries(READERS.map((r) => [r, values[`${envStem(r)}_HTTP`]])) as Record<Reader, string>;
}
