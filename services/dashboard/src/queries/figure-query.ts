import { day, month, slug } from '@gdtx/service-kit/query';
import { malformed, notFound } from '@gdtx/service-kit/problem';
import { isOwner } from '@gdtx/service-kit/services';
import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { z } from 'zod';
import { indicatorOf } from '../indicators/catalogue.js';
import type { Indicator } from '../indicators/indicator.js';
import type { Part } from '../model.js';
import { LATEST } from '../columns/known.js';
import { PARTS } from '../columns/parts.js';
import { refuseWithoutAnswer } from './answerable.js';
import { DIMENSIONS, isTime, TERRITORY_LEVELS, type Dimension } from './dimensions.js';
import { formatParameter } from '../tables/send-table.js';

export { DIMENSIONS, isTime, TERRITORY_LEVELS, TIMES, type Dimension } from './dimensions.js';

/** What is asked of a figure, checked. */
export interface FigureQuery {
  indicator: Indicator;
  unit: string;
  /** Months, inclusive; null: open. */
  from: string | null;
  to: string | null;
  /** Of a level: the one day that is meant instead of a period. */
  on: string | null;
  by: Dimension[];
  part: Part;
  /** Of a ratio's term, or of an indicator whose categories overlap: the one category that counts. */
  only?: string;
  /** As asked: then, today or a day. */
  map: string;
  /** The day whose map it is; null for `then`. */
  mapDay: string | null;
  today: string;
  /** Which entries count: those recorded by the end of this month, months since year 0; LATEST: all. */
  known: number;
  /** As asked: a month, or latest. */
  knownBy: string;
  sort: 'key' | '-value' | 'value';
}

/** The parameters of `/v1/figures` and `/v1/figures/sources`. */
export const figureParameters = z.object({
  indicator: slug,
  unit: slug.default('vn'),
  from: month.optional(),
  to: month.optional(),
  on: day.optional(),
  by: z
    .string()
    .transform((text) => text.split(','))
    .pipe(
      z.array(z.enum(DIMENSIONS, `is one or two of ${DIMENSIONS.join(', ')}`)).max(2, 'names one or two, with a comma'),
    )
    .optional(),
  part: z.enum(PARTS.filter((p) => p !== '') as [Part, ...Part[]]).optional(),
  map: z.union([z.enum(['then', 'today']), day], 'is then, today or a day').default('today'),
  known: z.union([z.literal('latest'), month], 'is latest or a month').default('latest'),
  after: z
    .string()
    .regex(/^[a-z-]+\/[a-z0-9-]+\/[1-9]\d{0,14}$/, 'is service/unit/seq')
    .refine((entry) => isOwner(entry.split('/')[0]!), 'names no service that keeps ledgers')
    .optional(),
  sort: z.enum(['key', 'value', '-value']).default('key'),
  format: formatParameter,
});

export type FigureParameters = z.output<typeof figureParameters>;

/** Turns parameters into a query; a 404 for an indicator or a unit that isn't, a 400 for what doesn't go together. */
export function figureQuery(
  parameters: Omit<FigureParameters, 'format'>,
  registry: Registry,
  today: string,
): FigureQuery {
  const { indicator: id, unit, from, to, on, by = [], part = '', map, sort } = parameters;
  const indicator = indicatorOf(id);
  if (!indicator) throw notFound(`There is no indicator \`${id}\`; GET /v1/indicators lists them.`);
  if (!registry.unit(unit)) throw notFound(`There is no unit \`${unit}\`.`);
  if (from && to && from > to) throw malformed(`\`from\` ${from} is after \`to\` ${to}.`, 'from');
  if (on && (from || to)) throw malformed('`on` is a day by itself: leave `from` and `to` out.', 'on');
  if (on && indicator.kind === 'flow') throw malformed(`\`${id}\` adds up over months; \`on\` is for levels.`, 'on');
  if (by.length === 2 && by[0] === by[1]) throw malformed('`by` names the same thing twice.', 'by');
  if (by.filter(isTime).length > 1) {
    throw malformed('`by` may name one of month, year and school-year.', 'by');
  }
  if (by.filter((d) => d === 'centre' || (TERRITORY_LEVELS as readonly string[]).includes(d)).length > 1) {
    throw malformed('`by` may name one of province, district, commune and centre.', 'by');
  }
  if (on && by.some(isTime)) {
    throw malformed('A single day has no months: leave `on` out, or the time in `by`.', 'by');
  }
  refuseWithoutAnswer(indicator, by, part);
  return {
    indicator,
    unit,
    from: from ?? null,
    to: to ?? null,
    on: on ?? null,
    by,
    part,
    map,
    mapDay: map === 'then' ? null : map === 'today' ? today : map,
    today,
    known: knownMonth(parameters.known, today),
    knownBy: parameters.known,
    sort,
  };
}

/** What isn't over yet is known as of now; what hasn't begun is refused. */
export function knownMonth(known: string, today: string, path = 'known'): number {
  if (known === 'latest') return LATEST;
  if (known > monthOf(today)) throw malformed(`${known} has not come yet: nobody knows what will be known then.`, path);
  return known === monthOf(today) ? LATEST : monthIndexOf(known);
}
