import { startOwner } from '@gdtx/ledger/owner';
import { runService } from '@gdtx/service-kit/run';
import { inspectionsRoutes } from './inspections-http.js';
import { rules } from './rules.js';

runService('inspections', (env) => startOwner(env, { service: 'inspections', rules, routes: inspectionsRoutes }));
