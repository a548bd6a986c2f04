import { startOwner } from '@gdtx/ledger/owner';
import { runService } from '@gdtx/service-kit/run';
import { centresRoutes } from './centres-http.js';
import { centresRules } from './rules.js';

runService('centres', (env) => startOwner(env, { service: 'centres', rules: centresRules, routes: centresRoutes }));
