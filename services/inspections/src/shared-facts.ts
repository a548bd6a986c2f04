import { body, party, unitId } from '@gdtx/ledger/forms';
import { z } from 'zod';

/** Kinds of units that `every` may name: levels of territory, centres of any kind or of one, community centres. */
const KINDS: readonly string[] = [
  'province',
  'district',
  'commune',
  'centre',
  'gdtx',
  'gdnn-gdtx',
  'kthn',
  'boiduong',
  'taichuc',
  'trung-hoc-nghe',
  'other',
  'community-centre',
];

const once = (list: unknown[]) => new Set(list.map((item) => JSON.stringify(item))).size === list.length;

export const levels = z.enum(
  ['ministry', 'province', 'district', 'commune'],
  'must be ministry, province, district or commune',
);

export const parties = z
  .array(
    party.refine((p) => !p.every || KINDS.includes(p.every.kind), `names a kind that isn't one of ${KINDS.join(', ')}`),
  )
  .max(500, 'names more than 500 parties')
  .refine(once, 'names a party twice');

export const units = z.array(unitId).max(1000, 'names more than 1000 units').refine(once, 'names a unit twice');

export const bodies = z.array(body).max(100, 'names more than 100 bodies').refine(once, 'names a body twice');

/**
 * Indicators are checked by their form alone: a finding or a recommendation may aim at a number that nobody counts yet, or
 * that a newer dashboard knows.
 */
export const indicators = z
  .array(
    z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be the id of an indicator: lower-case words and hyphens')
      .max(80),
  )
  .max(50, 'names more than 50 indicators')
  .refine(once, 'names an indicator twice');
