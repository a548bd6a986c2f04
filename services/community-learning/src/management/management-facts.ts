import { count, day, givenDate, noteAndSource } from '@gdtx/ledger/forms';
import { z } from 'zod';

export const managementReported = z.strictObject({
  reportedOn: givenDate,
  managers: count,
  concurrent: count.optional(),
  female: count.optional(),
  secondedTeachers: count.optional(),
  ...noteAndSource,
});

export const managerChanged = z.strictObject({
  changedOn: day,
  post: z.enum(['director', 'deputy-director'], 'must be director or deputy-director'),
  ...noteAndSource,
});
