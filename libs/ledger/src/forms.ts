import { isRealDate, isRealDay, isRealMonth } from '@gdtx/territory/days';
import { z } from 'zod';

/**
 * The shapes that facts of all services share, as zod schemas: their input is the JSON that publishers send, their output
 * the fields of the protobuf messages of gdtx.common.v1. Sentences are for people.
 */

const LIMIT = 2 ** 31 - 1;

/** The id of a unit. */
export const unitId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'must be the id of a unit: lower-case letters, digits and hyphens');

/** The id that a publisher gives to its own class, exam, visit … */
export const ownId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, 'must be an id of lower-case letters, digits, dots, underscores and hyphens');

/** A number of people or things. */
export const count = z
  .int('must be a whole number')
  .min(0, 'must not be below zero')
  .max(LIMIT, `must not be above ${LIMIT}`);

/** An amount in Vietnamese đồng. */
export const amount = z
  .int('must be a whole number of đồng')
  .min(0, 'must not be below zero')
  .max(Number.MAX_SAFE_INTEGER, 'is larger than any amount of money here');

export const text = (max = 500) =>
  z
    .string()
    .max(max, `must not be longer than ${max} characters`)
    // eslint-disable-next-line no-control-regex
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$/, 'must not hold control characters');

export const requiredText = (max = 500) => text(max).min(1, 'must not be empty');

export const year = z
  .int('must be a year')
  .min(1900, 'must be a year since 1900')
  .max(2200, 'must be a year until 2200');

/** A real day, YYYY-MM-DD. That it isn't in the future is checked when the fact is decided. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day: YYYY-MM-DD')
  .refine(isRealDay, 'is no day of the calendar');

export const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month: YYYY-MM')
  .refine(isRealMonth, 'is no month of the calendar');

/** 2024-2025 */
export const schoolYear = z
  .string()
  .regex(/^\d{4}-\d{4}$/, 'must be a school year: 2024-2025')
  .refine((s) => Number(s.slice(5)) === Number(s.slice(0, 4)) + 1, 'must be two years in a row: 2024-2025');

/** A day, a month or a year, as a source gives it. */
export const dayMonthOrYear = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'must be a day, a month or a year: 2018-09-25, 2018-09 or 2018')
  .refine(isRealDate, 'is no date of the calendar');

/** "2018-09-25" | "2018-09" | "2018" | {notBefore?, notAfter?} */
export const givenDate = z.union(
  [
    dayMonthOrYear.transform((on) => ({ on, notBefore: '', notAfter: '' })),
    z
      .strictObject({ notBefore: day.optional(), notAfter: day.optional() })
      .refine((b) => b.notBefore !== undefined || b.notAfter !== undefined, 'must name notBefore, notAfter or both')
      .refine((b) => !b.notBefore || !b.notAfter || b.notBefore <= b.notAfter, 'ends before it begins')
      .transform((b) => ({ on: '', notBefore: b.notBefore ?? '', notAfter: b.notAfter ?? '' })),
  ],
  'must be a date: a day, a month, a year, or {notBefore, notAfter}',
);

export const legalBasis = z
  .array(
    z.strictObject({
      number: requiredText(100).optional(),
      issuedOn: dayMonthOrYear.optional(),
      issuer: requiredText(200).optional(),
    }),
  )
  .max(20, 'names more than 20 legal bases');

export const name = z.strictObject({ vi: requiredText(200), en: requiredText(200).optional() });

/** An office that is no unit, with the unit that it belongs to. */
export const body = z.strictObject({ body: requiredText(200), of: unitId });

export const party = z
  .strictObject({
    unit: unitId.optional(),
    body: body.optional(),
    every: z.strictObject({ kind: requiredText(40), in: unitId }).optional(),
  })
  .refine((p) => [p.unit, p.body, p.every].filter(Boolean).length === 1, 'must be one of unit, body and every');

export const precision = z.enum(['exact', 'at-least', 'about'], 'must be exact, at-least or about');

/** 45 | {value, precision, asGiven} */
export const givenCount = z.union(
  [
    count.transform((value) => ({ value, precision: '', asGiven: '' })),
    z.strictObject({ value: count, precision: precision.optional(), asGiven: text(100).optional() }),
  ],
  'must be a whole number that is not below zero, or {value, precision, asGiven}',
);

const part = count.optional();

/** People counted, with parts none of which exceeds the total. */
export const breakdown = z
  .strictObject({
    total: count,
    female: part,
    ages: z.strictObject({ under15: part, from15to24: part, from25to59: part, from60: part }).optional(),
    ethnicMinority: part,
    disabled: part,
    precision: precision.optional(),
    asGiven: text(100).optional(),
  })
  .superRefine((b, context) => {
    const check = (value: number | undefined, path: string[]) => {
      if (value !== undefined && value > b.total) {
        context.addIssue({ code: 'custom', path, message: `is ${value}, more than the total of ${b.total}` });
      }
    };
    check(b.female, ['female']);
    check(b.ethnicMinority, ['ethnicMinority']);
    check(b.disabled, ['disabled']);
    const ages = Object.values(b.ages ?? {}).filter((n): n is number => n !== undefined);
    check(ages.length ? ages.reduce((a, n) => a + n, 0) : undefined, ['ages']);
  });

/** `note` and `source`: every fact may have them. */
export const noteAndSource = {
  note: text(2000).optional(),
  source: z
    .strictObject({
      title: requiredText(300),
      publisher: requiredText(200).optional(),
      publishedOn: givenDate.optional(),
      url: z.url('must be an address on the web').max(500).optional(),
    })
    .optional(),
};
