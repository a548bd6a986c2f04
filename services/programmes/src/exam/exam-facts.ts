import * as form from '@gdtx/ledger/forms';
import { z } from 'zod';
import { programmeType } from '../forms.js';

export const examHeld = z.strictObject({
  exam: form.ownId,
  type: programmeType,
  class: form.ownId.optional(),
  heldOn: form.day,
  candidates: form.breakdown,
  passed: form.breakdown.optional(),
  ...form.noteAndSource,
});

export const certificatesIssued = z.strictObject({
  exam: form.ownId,
  issuedOn: form.day,
  certificates: form.breakdown,
  ...form.noteAndSource,
});
