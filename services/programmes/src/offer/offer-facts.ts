import * as form from '@gdtx/ledger/forms';
import { z } from 'zod';
import { distinct, learningForm, programmeType } from '../forms.js';
import { LEVELS } from '../programme-types.js';

export const programmeOffered = z
  .strictObject({
    programme: form.ownId,
    type: programmeType,
    name: form.requiredText(300).optional(),
    field: form.requiredText(200).optional(),
    trade: form.requiredText(200).optional(),
    level: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).optional(),
    forms: distinct(learningForm, 4).optional(),
    audience: distinct(form.requiredText(200), 50).optional(),
    partner: form.requiredText(200).optional(),
    role: z.enum(['organises', 'hosts', 'advises'], 'must be organises, hosts or advises').optional(),
    offeredFrom: form.givenDate.optional(),
    until: form.day.optional(),
    ...form.noteAndSource,
  })
  .refine((p) => p.name ?? p.field ?? p.trade, {
    path: ['name'],
    message: 'must be given, or `field` or `trade`: people must be able to tell what it is',
  });

export const offerReported = z
  .strictObject({
    reportedOn: form.givenDate,
    fields: form.givenCount.optional(),
    areas: distinct(form.requiredText(200), 200).optional(),
    open: z.boolean('must be true or false').optional(),
    openTypes: distinct(programmeType, 14).optional(),
    ...form.noteAndSource,
  })
  .refine((o) => o.fields !== undefined || o.areas?.length || o.openTypes?.length, {
    path: ['fields'],
    message: 'must be given, or `areas` or `openTypes`: otherwise nothing is reported',
  })
  .refine((o) => !o.open || o.areas?.length, {
    path: ['open'],
    message: 'says that the list of `areas` isn’t complete, and there is no such list',
  });
