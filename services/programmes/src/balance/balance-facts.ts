import * as form from '@gdtx/ledger/forms';
import { z } from 'zod';
import { distinct, programmeType } from '../forms.js';
import { LEVELS } from '../programme-types.js';

export const MEASURES = [
  'trainees',
  'refresher-trainees',
  'linked-trainees',
  'general-vocational-pupils',
  'literacy-learners',
  'attendances',
  'exam-candidates',
  'exam-passed',
  'certificates-issued',
  'graduates',
  'learners-enrolled',
  'learners-completed',
] as const;

const BALANCE_LEVELS = ['short-term', ...LEVELS] as const;

export const declared = z.strictObject({
  measure: z.enum(MEASURES, `must be one of ${MEASURES.join(', ')}`),
  programmeTypes: distinct(programmeType, 14).min(1, 'must name at least one programme type'),
  audience: distinct(form.requiredText(200), 50).optional(),
  area: form.unitId.optional(),
  basis: z.enum(['total', 'yearly-average'], 'must be total or yearly-average').optional(),
  count: form.count,
  precision: form.precision.optional(),
  asGiven: form.text(100).optional(),
  from: form.givenDate.optional(),
  to: form.givenDate,
  levels: distinct(z.enum(BALANCE_LEVELS, `must be one of ${BALANCE_LEVELS.join(', ')}`), 6).optional(),
  ...form.noteAndSource,
});
