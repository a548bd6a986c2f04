import { isOwner, OWNERS, type Owner } from '@gdtx/service-kit/services';

/** A service whose reads the gateway hands out. */
export const READERS = [...OWNERS, 'dashboard'] as const;
export type Reader = Owner | 'dashboard';

/** `/a` is that path alone; `/a/**` is what lies below it. */
export interface ReadRoute {
  path: string;
  to: Reader;
}

/** Whose reads are where. `/v1/ledgers/{service}/**` is besides with the service that it names. */
export const READ_ROUTES: readonly ReadRoute[] = [
  { path: '/v1/figures', to: 'dashboard' },
  { path: '/v1/figures/**', to: 'dashboard' },
  { path: '/v1/indicators', to: 'dashboard' },
  { path: '/v1/units', to: 'dashboard' },
  { path: '/v1/units/**', to: 'dashboard' },
  { path: '/v1/inspections', to: 'dashboard' },
  { path: '/v1/recommendations', to: 'dashboard' },
  { path: '/v1/conflicts', to: 'dashboard' },
  { path: '/v1/reporting', to: 'dashboard' },
  { path: '/v1/reporting/**', to: 'dashboard' },
  { path: '/v1/reconciliation', to: 'dashboard' },
  { path: '/v1/outliers', to: 'dashboard' },
  { path: '/v1/live', to: 'dashboard' },
  { path: '/v1/territory/**', to: 'provinces' },
  { path: '/v1/centres', to: 'centres' },
  { path: '/v1/centres/**', to: 'centres' },
  { path: '/v1/programmes', to: 'programmes' },
  { path: '/v1/programmes/**', to: 'programmes' },
  { path: '/v1/community-centres', to: 'community-learning' },
  { path: '/v1/community-centres/**', to: 'community-learning' },
  { path: '/v1/inspections/orders', to: 'inspections' },
  { path: '/v1/inspections/orders/**', to: 'inspections' },
  { path: '/v1/inspections/visits', to: 'inspections' },
  { path: '/v1/inspections/visits/**', to: 'inspections' },
  { path: '/v1/inspections/recommendations', to: 'inspections' },
  { path: '/v1/inspections/recommendations/**', to: 'inspections' },
];

const LEDGERS = /^\/v1\/ledgers\/([^/]+)\/[^/]/;
// A step up or a hidden slash would leave the part of a service that its route opens.
const ESCAPING = /(^|\/)(\.|%2e){1,2}(\/|$)|%2f|%5c|\\/i;

/** Who answers a read at this path; undefined: nobody. */
export function readerOf(path: string): Reader | undefined {
  if (ESCAPING.test(path)) return undefined;
  const ledgersOf = LEDGERS.exec(path)?.[1];
  if (ledgersOf !== undefined) return isOwner(ledgersOf) ? ledgersOf : undefined;
  return READ_ROUTES.find((route) => covers(route.path, path))?.to;
}

function covers(route: string, path: string): boolean {
  if (!route.endsWith('/**')) return path === route;
  const above = route.slice(0, -2);
  return path.startsWith(above) && path.length > above.length;
}
