import { runService } from '@gdtx/service-kit/run';
import { startDashboard } from './dashboard.js';

runService('dashboard', startDashboard);
