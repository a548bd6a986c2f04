import type { Express } from 'express';
import { createHttpApp, listen } from '@gdtx/service-kit/http';
import { createLog } from '@gdtx/service-kit/log';
import { createMetrics } from '@gdtx/service-kit/metrics';

/** Some of the dashboard's routes, served by themselves on a free port; `closeServer(server)` ends it. */
export function listening(routes: (app: Express) => void): ReturnType<typeof listen> {
  const app = createHttpApp({
    service: 'dashboard',
    log: createLog('dashboard', 'silent'),
    metrics: createMetrics('dashboard'),
    notReady: () => [],
    routes,
  });
  return listen(app, 0, '127.0.0.1');
}
