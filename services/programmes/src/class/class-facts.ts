import * as form from '@gdtx/ledger/forms';
import { z } from 'zod';
import { classOrType, learningForm, programmeType } from '../forms.js';

const reasons = ['dropped-out', 'transferred', 'withdrew', 'deferred', 'other'] as const;

export const opened = z.strictObject({
  class: form.ownId,
  type: programmeType,
  programme: form.ownId.optional(),
  name: form.requiredText(200).optional(),
  openedOn: form.givenDate,
  schoolYear: form.schoolYear.optional(),
  grade: z.int('must be a whole number').min(1, 'must be 1 to 12').max(12, 'must be 1 to 12').optional(),
  form: learningForm.optional(),
  ...form.noteAndSource,
});

export const enrolled = z.strictObject({
  class: form.ownId,
  occurredOn: form.day,
  learners: form.breakdown,
  ...form.noteAndSource,
});

export const leavingReason = z.enum(reasons, `must be one of ${reasons.join(', ')}`);

export const leftClass = z.strictObject({
  class: form.ownId,
  occurredOn: form.day,
  reason: leavingReason,
  learners: form.breakdown,
  ...form.noteAndSource,
});

export const headcount = classOrType({
  reportedOn: form.day,
  point: z.enum(['start', 'mid-year', 'end'], 'must be start, mid-year or end').optional(),
  learners: form.breakdown,
});

export const completed = z.strictObject({
  class: form.ownId,
  completedOn: form.day,
  completed: form.breakdown,
  ...form.noteAndSource,
});
