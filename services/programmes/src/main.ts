import { startOwner } from '@gdtx/ledger/owner';
import { runService } from '@gdtx/service-kit/run';
import { programmesRoutes } from './programmes-http.js';
import { rules } from './rules.js';

runService('programmes', (env) => startOwner(env, { service: 'programmes', rules, routes: programmesRoutes }));
