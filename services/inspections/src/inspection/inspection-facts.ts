import { body, day, givenDate, legalBasis, noteAndSource, ownId, requiredText, unitId } from '@gdtx/ledger/forms';
import { z } from 'zod';
import { bodies, levels, parties, units } from '../shared-facts.js';

export const inspectionOrdered = z.strictObject({
  inspection: ownId,
  authority: body,
  level: levels,
  decision: legalBasis.element.optional(),
  orderedOn: givenDate,
  subjects: parties.optional(),
  title: requiredText(300).optional(),
  ...noteAndSource,
});

export const visitMade = z
  .strictObject({
    visit: ownId,
    inspection: ownId.optional(),
    kind: z.enum(['inspection', 'working-session', 'survey'], 'must be inspection, working-session or survey'),
    occurredOn: day,
    authority: body.optional(),
    level: levels.optional(),
    units: units.optional(),
    place: unitId.optional(),
    participants: bodies.optional(),
    ...noteAndSource,
  })
  .refine((visit) => visit.inspection !== undefined || visit.authority !== undefined, {
    path: ['authority'],
    message: 'must be named by a visit without an order',
  })
  .refine((visit) => visit.inspection !== undefined || visit.level !== undefined, {
    path: ['level'],
    message: 'must be named by a visit without an order',
  })
  .refine((visit) => visit.place !== undefined || visit.units?.length === 1, {
    path: ['place'],
    message: 'must be named, unless exactly one unit was visited',
  });
