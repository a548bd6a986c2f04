import { ownerAddresses, serviceConfig, storeConfig } from '@gdtx/service-kit/config';

/** Everything that the dashboard reads from its environment. */
export const dashboardConfig = serviceConfig.extend(storeConfig.shape).extend(ownerAddresses.shape);
