import {
  breakdown,
  count,
  day,
  legalBasis,
  noteAndSource,
  ownId,
  party,
  requiredText,
  text,
  year,
} from '@gdtx/ledger/forms';
import { z } from 'zod';

export const needsSurveyed = z.strictObject({
  surveyedOn: day,
  people: breakdown.refine((people) => people.total > 0, 'must be somebody'),
  ...noteAndSource,
});

export const planAdopted = z.strictObject({
  year,
  adoptedOn: day,
  topics: count.min(1, 'must be at least one topic'),
  legalBasis: legalBasis.optional(),
  ...noteAndSource,
});

export const topicHeld = z.strictObject({
  topic: ownId,
  title: requiredText(300),
  heldOn: day,
  meetings: count.min(1, 'must be at least one meeting'),
  hours: z.number('must be a number of hours').positive('must be above zero').optional(),
  attendances: breakdown,
  organiser: party.refine((p) => p.every === undefined, 'must be one unit or one body').optional(),
  area: text(100).optional(),
  ...noteAndSource,
});
