import { z } from 'zod';
import { LOG_LEVELS } from './log.js';

/** Thrown at boot with every problem of the environment at once. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`The environment isn't right:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
  }
}

/** Reads the environment once; an empty variable counts as absent. */
export function readConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: Record<string, string | undefined>,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const known = Object.fromEntries(Object.entries(given).filter(([key]) => key in schema.shape));
  const parsed = schema.safeParse(known);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

export const port = z.coerce.number().int().min(0).max(65535);
export const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

/** What every service reads. Each key is an environment variable. */
export const serviceConfig = z.object({
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  HTTP_PORT: port.default(0).describe('port of health, metrics and reads; 0: any free one'),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  TOKEN_JWKS_URL: z.url().describe('http(s): or file: address of the keys that bearer tokens are signed with'),
  TOKEN_ISSUER: z.string().describe('the `iss` that a bearer token must carry'),
  TOKEN_AUDIENCE: z.string().default('gdtx').describe('the `aud` that a bearer token must carry'),
  SERVICE_KEY_FILE: z.string().describe('file of this service’s own private JWK'),
  SERVICE_JWKS_FILE: z.string().describe('file of the public JWKS of all services; kid = service name'),
});

/** What every service with a database and Kafka reads besides. */
export const storeConfig = z.object({
  MONGODB_URI: z.string().startsWith('mongodb').describe('with the name of the database in its path'),
  KAFKA_BROKERS: commaList.describe('host:port, comma-separated'),
  GDTX_TOPIC_PREFIX: z.string().default('gdtx.').describe('what every topic’s name begins with'),
});

/** Where the owners answer. */
export const ownerAddresses = z.object({
  PROVINCES_GRPC: z.string().describe('host:port'),
  CENTRES_GRPC: z.string().describe('host:port'),
  PROGRAMMES_GRPC: z.string().describe('host:port'),
  COMMUNITY_LEARNING_GRPC: z.string().describe('host:port'),
  INSPECTIONS_GRPC: z.string().describe('host:port'),
});
