import { noteAndSource, ownId, requiredText } from '@gdtx/ledger/forms';
import { z } from 'zod';
import { indicators, parties } from '../shared-facts.js';

export const findingRecorded = z.strictObject({
  finding: ownId,
  visit: ownId,
  kind: z.enum(['strength', 'limitation'], 'must be strength or limitation'),
  text: requiredText(2000),
  about: parties.optional(),
  indicators: indicators.optional(),
  ...noteAndSource,
});
