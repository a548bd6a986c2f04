import * as form from '@gdtx/ledger/forms';
import { z } from 'zod';
import { FORMS, PROGRAMME_TYPES } from './programme-types.js';

/** Shapes that several rooms of this service share. */

export const programmeType = z.enum(PROGRAMME_TYPES, `must be one of ${PROGRAMME_TYPES.join(', ')}`);

export const learningForm = z.enum(FORMS, `must be one of ${FORMS.join(', ')}`);

/** A list in which nothing stands twice. */
export const distinct = <Item extends z.ZodType<string>>(item: Item, most: number) =>
  z
    .array(item)
    .max(most, `must not have more than ${most} items`)
    .refine((items) => new Set(items).size === items.length, 'names something twice');

/** Of a class, or of all of a programme type: one of the two. */
export const classOrType = <Fields extends z.ZodRawShape>(fields: Fields) =>
  z
    .strictObject({ class: form.ownId.optional(), type: programmeType.optional(), ...fields, ...form.noteAndSource })
    .refine(
      (it) => ((it as { class?: string }).class === undefined) !== ((it as { type?: string }).type === undefined),
      {
        path: ['class'],
        message: 'must be given, or `type`, and not both',
      },
    );
