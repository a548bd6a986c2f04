import type { Request } from 'express';
import { z } from 'zod';
import { malformed } from './problem.js';

/** The query of a call, checked; an unknown or doubled parameter, or a wrong value, is a 400 that names it. */
export function readQuery<Schema extends z.ZodObject>(req: Request, schema: Schema): z.output<Schema> {
  return checkQuery({ ...req.query }, schema);
}

/** The same of parameters that were read before. */
export function checkQuery<Schema extends z.ZodObject>(
  parameters: Record<string, unknown>,
  schema: Schema,
): z.output<Schema> {
  const parsed = strictly(schema).safeParse(parameters);
  if (parsed.success) return parsed.data as z.output<Schema>;
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schema.shape).join(', ');
    throw malformed(`There is no parameter \`${issue.keys[0]}\`; there are: ${known}.`, issue.keys[0]);
  }
  const name = String(issue.path[0]);
  throw malformed(`The parameter \`${name}\` isn't right: ${issue.message}.`, name);
}

/** Made once for each: zod compiles a schema when it first reads with it. */
const strict = new WeakMap<z.ZodObject, z.ZodObject>();

function strictly(schema: z.ZodObject): z.ZodObject {
  let made = strict.get(schema);
  if (!made) strict.set(schema, (made = z.strictObject(schema.shape)));
  return made;
}

export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'an id is lower-case letters, digits and hyphens');
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is YYYY-MM');
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is YYYY-MM-DD')
  .refine((text) => {
    const date = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  }, 'there is no such day');
/** A whole number in digits: no 0x10, no 1e3, no blanks, which JavaScript would take for numbers too. */
export const wholeNumber = z
  .string()
  .regex(/^-?\d{1,15}$/, 'a whole number is written in digits')
  .transform(Number);
export const pageLimit = wholeNumber.pipe(z.number().min(1).max(1000)).default(100);
