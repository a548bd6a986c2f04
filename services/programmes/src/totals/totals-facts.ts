import * as form from '@gdtx/ledger/forms';
import { z } from 'zod';
import { leavingReason } from '../class/class-facts.js';
import { classOrType, programmeType } from '../forms.js';

const MEASURES = [
  'learners-enrolled',
  'learners-left',
  'learners-present',
  'learners-completed',
  'graduates',
  'exam-candidates',
  'exam-passed',
  'certificates-issued',
  'trainees',
  'attendances',
] as const;

export const totalsReported = z.strictObject({
  month: form.month,
  type: programmeType,
  measures: z
    .array(
      z
        .strictObject({
          measure: z.enum(MEASURES, `must be one of ${MEASURES.join(', ')}`),
          people: form.breakdown,
          reason: leavingReason.optional(),
        })
        .refine((m) => m.reason === undefined || m.measure === 'learners-left', {
          path: ['reason'],
          message: 'is said of `learners-left` only',
        }),
    )
    .min(1, 'must have at least one measure')
    .max(20, 'must not have more than 20 measures'),
  ...form.noteAndSource,
});

export const graduated = z.strictObject({
  type: programmeType,
  schoolYear: form.schoolYear,
  occurredOn: form.day,
  graduates: form.breakdown,
  candidates: form.breakdown.optional(),
  ...form.noteAndSource,
});

export const employment = classOrType({
  reportedOn: form.day,
  monthsAfter: z.int('must be a whole number of months').min(0, 'must be 0 to 60').max(60, 'must be 0 to 60'),
  surveyed: form.breakdown,
  employed: form.breakdown,
});

export const intakePlanned = z.strictObject({
  schoolYear: form.schoolYear,
  type: programmeType,
  count: form.count,
  assignedBy: form.body.optional(),
  assignedOn: form.givenDate.optional(),
  legalBasis: form.legalBasis.optional(),
  ...form.noteAndSource,
});
