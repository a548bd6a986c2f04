import { count, givenDate, noteAndSource, year } from '@gdtx/ledger/forms';
import { z } from 'zod';

export const MODELS = ['family', 'clan', 'organisation', 'community', 'citizen'] as const;

export const learningModelsCounted = z.strictObject({
  year,
  model: z.enum(MODELS, `must be one of ${MODELS.join(', ')}`),
  eligible: count,
  registered: count,
  recognised: count,
  countedOn: givenDate,
  ...noteAndSource,
});
