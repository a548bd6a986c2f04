import { runService } from '@gdtx/service-kit/run';
import { startGateway } from './gateway.js';

runService('gateway', startGateway);
