import { day, givenDate, legalBasis, name, noteAndSource, requiredText, text, unitId } from '@gdtx/ledger/forms';
import { z } from 'zod';

/** Made up to try the software on: it is marked wherever it shows, for ever. */
const simulated = z.boolean('must be true or false').optional();

const oneStart = (fact: { establishedOn?: unknown; knownSince?: unknown }) =>
  (fact.establishedOn === undefined) !== (fact.knownSince === undefined);

export const established = z
  .strictObject({
    centre: unitId,
    commune: unitId,
    name,
    address: text(300).optional(),
    establishedOn: givenDate.optional(),
    knownSince: day.optional(),
    legalBasis: legalBasis.optional(),
    simulated,
    ...noteAndSource,
  })
  .refine(
    oneStart,
    'must say when it was founded (establishedOn) or since when it is known (knownSince), one of the two',
  );

const target = z.strictObject({
  centre: unitId,
  default: z.boolean().optional(),
  established: z.strictObject({ commune: unitId, name, address: text(300).optional(), simulated }).optional(),
});

const once = (ids: string[]) => new Set(ids).size === ids.length;

export const reorganised = z.strictObject({
  sources: z.array(unitId).min(1, 'must name a source').max(200).refine(once, 'names a centre twice'),
  targets: z
    .array(target)
    .min(1, 'must name a target')
    .max(200)
    .refine((targets) => once(targets.map((t) => t.centre)), 'names a centre twice')
    .refine((targets) => targets.filter((t) => t.default).length <= 1, 'declares more than one default successor'),
  effectiveOn: givenDate,
  legalBasis: legalBasis.optional(),
  ...noteAndSource,
});

export const renamed = z.strictObject({
  centre: unitId,
  name,
  effectiveOn: givenDate,
  legalBasis: legalBasis.optional(),
  ...noteAndSource,
});

export const moved = z
  .strictObject({
    centre: unitId,
    commune: unitId.optional(),
    address: requiredText(300).optional(),
    effectiveOn: givenDate,
    legalBasis: legalBasis.optional(),
    ...noteAndSource,
  })
  .refine((move) => move.commune !== undefined || move.address !== undefined, 'must say a new commune or address');

export const suspended = z.strictObject({
  centre: unitId,
  from: givenDate,
  until: day.optional(),
  legalBasis: legalBasis.optional(),
  ...noteAndSource,
});

export const resumed = z.strictObject({
  centre: unitId,
  effectiveOn: givenDate,
  legalBasis: legalBasis.optional(),
  ...noteAndSource,
});

export const dissolved = z.strictObject({
  centre: unitId,
  effectiveOn: givenDate,
  legalBasis: legalBasis.optional(),
  ...noteAndSource,
});
