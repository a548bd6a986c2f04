import { z } from 'zod';
import { ownerAddresses, serviceConfig, storeConfig } from '@gdtx/service-kit/config';

/** Everything that the dashboard reads from its environment. */
export const dashboardConfig = serviceConfig
  .extend(storeConfig.shape)
  .extend(ownerAddresses.shape)
  .extend({
    REPORT_DUE_DAY: z.coerce
      .number()
      .int()
      .min(1)
      .max(31)
      .default(10)
      .describe('The day of the following month by which a report is due'),
  });
