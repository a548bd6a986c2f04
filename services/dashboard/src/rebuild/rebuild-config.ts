import { ownerAddresses, serviceConfig, storeConfig } from '@gdtx/service-kit/config';

/** What a rebuild reads from its environment: the same as the dashboard, whose model it builds. */
export const rebuildConfig = storeConfig
  .extend(ownerAddresses.shape)
  .extend(serviceConfig.pick({ SERVICE_KEY_FILE: true, SERVICE_JWKS_FILE: true }).shape);
