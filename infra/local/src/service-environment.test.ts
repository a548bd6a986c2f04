import { expect, test } from '@jest/globals';
import { SERVICES } from '@gdtx/service-kit/services';
import { serviceEnvironment, type Surroundings } from './service-environment.js';

const owners = ['provinces', 'centres', 'programmes', 'community-learning', 'inspections'];
const around: Surroundings = {
  kafkaBrokers: ['127.0.0.1:1', '127.0.0.1:2'],
  mongodbUri: 'mongodb://127.0.0.1:3/?replicaSet=rs0',
  topicPrefix: 'mine.',
  databasePrefix: 'mine_',
  keys: '/home/keys',
  issuer: 'urn:issuer',
  audience: 'gdtx',
  jwksUrl: 'http://127.0.0.1:4/jwks.json',
  web: {
    folder: '/web',
    gatewayUrl: 'http://127.0.0.1:8',
    oidcIssuer: 'http://127.0.0.1:5',
    clientId: 'gdtx',
    sessionSecret: 'secret',
  },
  addresses: new Map(
    SERVICES.map((name, i) => [name, { httpPort: 100 + i, ...(owners.includes(name) && { grpcPort: 200 + i }) }]),
  ),
};

test('an owner is told its ports, its database, its key, the issuer and where the others are', () => {
  const env = serviceEnvironment('community-learning', around, { PATH: '/bin', HTTP_PORT: '9', MONGODB_URI: 'x' });
  expect(env).toEqual({
    PATH: '/bin',
    NODE_ENV: 'production',
    NODE_OPTIONS: '',
    MALLOC_ARENA_MAX: '1',
    HOST: '127.0.0.1',
    HTTP_PORT: '103',
    GRPC_PORT: '203',
    MONGODB_URI: 'mongodb://127.0.0.1:3/mine_community_learning?replicaSet=rs0',
    KAFKA_BROKERS: '127.0.0.1:1,127.0.0.1:2',
    GDTX_TOPIC_PREFIX: 'mine.',
    TOKEN_JWKS_URL: 'http://127.0.0.1:4/jwks.json',
    TOKEN_ISSUER: 'urn:issuer',
    TOKEN_AUDIENCE: 'gdtx',
    SERVICE_KEY_FILE: '/home/keys/services/community-learning.jwk.json',
    SERVICE_JWKS_FILE: '/home/keys/services.jwks.json',
    PROVINCES_GRPC: '127.0.0.1:201',
    CENTRES_GRPC: '127.0.0.1:202',
    COMMUNITY_LEARNING_GRPC: '127.0.0.1:203',
    PROGRAMMES_GRPC: '127.0.0.1:204',
    INSPECTIONS_GRPC: '127.0.0.1:205',
    PROVINCES_HTTP: 'http://127.0.0.1:101',
    CENTRES_HTTP: 'http://127.0.0.1:102',
    COMMUNITY_LEARNING_HTTP: 'http://127.0.0.1:103',
    PROGRAMMES_HTTP: 'http://127.0.0.1:104',
    INSPECTIONS_HTTP: 'http://127.0.0.1:105',
    DASHBOARD_HTTP: 'http://127.0.0.1:106',
  });
});

test('the gateway has no gRPC port, and jest’s option stays with jest', () => {
  const env = serviceEnvironment('gateway', around, {
    NODE_OPTIONS: '--max-old-space-size=512 --experimental-vm-modules',
  });
  expect(env.GRPC_PORT).toBeUndefined();
  expect(env.NODE_OPTIONS).toBe('--max-old-space-size=512');
});
