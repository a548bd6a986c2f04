import { startOwner } from '@gdtx/ledger/owner';
import { runService } from '@gdtx/service-kit/run';
import { provincesRoutes } from './provinces-http.js';
import { provincesRules } from './rules.js';

runService('provinces', (env) =>
  startOwner(env, { service: 'provinces', rules: provincesRules, routes: provincesRoutes }),
);
