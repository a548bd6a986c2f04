import { body, givenDate, legalBasis, noteAndSource, unitId, year } from '@gdtx/ledger/forms';
import { z } from 'zod';

const given = {
  year,
  ratedBy: body,
  ratedOn: givenDate.optional(),
  legalBasis: legalBasis.optional(),
  ...noteAndSource,
};

export const communeRated = z.strictObject({
  commune: unitId,
  rating: z.enum(['good', 'fair', 'average'], 'must be good, fair or average'),
  ...given,
});

export const communityCentreRated = z.strictObject({
  centre: unitId,
  rating: z.enum(['good', 'fair', 'average', 'weak'], 'must be good, fair, average or weak'),
  ...given,
});
