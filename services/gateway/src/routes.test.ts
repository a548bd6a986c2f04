import { describe, expect, it } from '@jest/globals';
import { READ_ROUTES, readerOf } from './routes.js';

describe('who answers a read', () => {
  it.each([
    ['/v1/figures', 'dashboard'],
    ['/v1/figures/sources', 'dashboard'],
    ['/v1/indicators', 'dashboard'],
    ['/v1/units', 'dashboard'],
    ['/v1/units/vn', 'dashboard'],
    ['/v1/units/gdtx-son-la/lineage', 'dashboard'],
    ['/v1/inspections', 'dashboard'],
    ['/v1/recommendations', 'dashboard'],
    ['/v1/conflicts', 'dashboard'],
    ['/v1/reporting', 'dashboard'],
    ['/v1/live', 'dashboard'],
    ['/v1/ledgers/provinces/vn', 'provinces'],
    ['/v1/ledgers/centres/gdtx-son-la', 'centres'],
    ['/v1/ledgers/programmes/gdtx-son-la/verify', 'programmes'],
    ['/v1/ledgers/community-learning/x', 'community-learning'],
    ['/v1/ledgers/inspections/vn', 'inspections'],
    ['/v1/territory/units/vn', 'provinces'],
    ['/v1/centres', 'centres'],
    ['/v1/centres/gdtx-son-la', 'centres'],
    ['/v1/programmes', 'programmes'],
    ['/v1/programmes/x', 'programmes'],
    ['/v1/community-centres', 'community-learning'],
    ['/v1/community-centres/x', 'community-learning'],
    ['/v1/inspections/orders', 'inspections'],
    ['/v1/inspections/orders/1', 'inspections'],
    ['/v1/inspections/visits/1', 'inspections'],
    ['/v1/inspections/recommendations/1', 'inspections'],
  ])('%s: %s', (path, reader) => {
    expect(readerOf(path)).toBe(reader);
  });

  it.each([
    '/',
    '/v1',
    '/v1/',
    '/v1/facts',
    '/v1/figures2',
    '/v1/figures/',
    '/v1/indicators/x',
    '/v1/inspections/x',
    '/v1/recommendations/x',
    '/v1/live/x',
    '/v1/territory',
    '/v1/ledgers',
    '/v1/ledgers/provinces',
    '/v1/ledgers/provinces/',
    '/v1/ledgers/dashboard/vn',
    '/v1/ledgers/gateway/vn',
    '/v1/ledgers/constructor/vn',
    '/v1/ledgers/provinces/../../metrics',
    '/v1/units/../../metrics',
    '/v1/units/%2e%2e/metrics',
    '/v1/units/.%2E/metrics',
    '/v1/units/..',
    '/v1/units/a%2f..%2fmetrics',
    '/v1/units/a\\b',
    '/metrics',
    '/v2/figures',
  ])('%s: nobody', (path) => {
    expect(readerOf(path)).toBeUndefined();
  });

  it('is said once for each path', () => {
    const paths = READ_ROUTES.map((route) => route.path);
    expect(new Set(paths).size).toBe(paths.length);
  });
});
