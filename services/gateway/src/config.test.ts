import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from '@gdtx/service-kit/config';
import { gatewayConfig, readAddresses } from './config.js';

const env = {
  TOKEN_JWKS_URL: 'file:///keys.json',
  TOKEN_ISSUER: 'urn:issuer',
  SERVICE_KEY_FILE: 'key.json',
  SERVICE_JWKS_FILE: 'jwks.json',
  ...Object.fromEntries(
    ['PROVINCES', 'CENTRES', 'PROGRAMMES', 'COMMUNITY_LEARNING', 'INSPECTIONS', 'DASHBOARD'].flatMap((stem, i) => [
      [`${stem}_GRPC`, `127.0.0.1:70${i}`],
      [`${stem}_HTTP`, `http://127.0.0.1:80${i}`],
    ]),
  ),
};

describe('the configuration', () => {
  it('knows where every service is', () => {
    const config = readConfig(gatewayConfig, env);
    expect(readAddresses(config)).toEqual({
      provinces: 'http://127.0.0.1:800',
      centres: 'http://127.0.0.1:801',
      programmes: 'http://127.0.0.1:802',
      'community-learning': 'http://127.0.0.1:803',
      inspections: 'http://127.0.0.1:804',
      dashboard: 'http://127.0.0.1:805',
    });
    expect(config).toMatchObject({ RATE_LIMIT: 6000, HOST: '127.0.0.1', TOKEN_AUDIENCE: 'gdtx' });
  });

  it('says everything that is wrong at once', () => {
    const wrong = { ...env, DASHBOARD_HTTP: 'dashboard:80', RATE_LIMIT: '0', PROVINCES_GRPC: '' };
    const read = () => readConfig(gatewayConfig, wrong);
    expect(read).toThrow(ConfigError);
    for (const key of ['DASHBOARD_HTTP', 'RATE_LIMIT', 'PROVINCES_GRPC']) expect(read).toThrow(key);
  });
});
