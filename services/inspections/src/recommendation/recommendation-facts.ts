import { count, day, givenDate, legalBasis, noteAndSource, ownId, requiredText, unitId } from '@gdtx/ledger/forms';
import { z } from 'zod';
import { bodies, indicators, parties } from '../shared-facts.js';

export const recommendationIssued = z.strictObject({
  recommendation: ownId,
  visit: ownId,
  number: count.min(1, 'must be a number from 1 on'),
  text: requiredText(2000),
  addressees: parties.min(1, 'must name an addressee'),
  issuedOn: givenDate,
  due: day.optional(),
  indicators: indicators.optional(),
  basis: legalBasis.optional(),
  with: bodies.optional(),
  place: unitId.optional(),
  ...noteAndSource,
});

export const progressReported = z.strictObject({
  recommendation: ownId,
  reportedOn: day,
  text: requiredText(2000),
  state: z.enum(['in-progress', 'done'], 'must be in-progress or done'),
  ...noteAndSource,
});

export const recommendationClosed = z.strictObject({
  recommendation: ownId,
  closedOn: day,
  outcome: z.enum(['done', 'lapsed'], 'must be done or lapsed'),
  ...noteAndSource,
});
