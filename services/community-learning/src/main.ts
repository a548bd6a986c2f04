import { startOwner } from '@gdtx/ledger/owner';
import { runService } from '@gdtx/service-kit/run';
import { communityLearningRoutes } from './community-learning-http.js';
import { rules } from './rules.js';

runService('community-learning', (env) =>
  startOwner(env, { service: 'community-learning', rules, routes: communityLearningRoutes }),
);
