import type { RequestHandler, Response } from 'express';
import { malformed, notFound } from '@gdtx/service-kit/problem';
import { day, month, pageLimit, slug } from '@gdtx/service-kit/query';
import { endOfMonth, lastDayOfMonth, monthAt, monthIndexOf, monthOf, type Month } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { z } from 'zod';
import { LATEST } from '../columns/known.js';
import type { ReadModel } from '../columns/read-model.js';
import { asKnown } from '../queries/as-known.js';
import type { Freshness } from '../queries/figure.js';
import { knownMonth } from '../queries/figure-query.js';
import { unitLabel, type Label } from '../queries/unit-labels.js';
import { lastFullMonth } from './due.js';
import { firstRecordedIn } from './first-recorded.js';
import { formatParameter } from '../tables/send-table.js';
import { aboutFreshness, type About } from '../tables/table.js';
import { REPORTED_TO, type KeptMonths } from './kept-months.js';
import type { PeriodRows } from './period-rows.js';
import type { ReportingSources } from './reporting.js';
import type { ServiceSources } from './services-of.js';

/** What the calls about months of reporting read. */
export interface ReportingReads {
  authenticated: RequestHandler;
  /** Throws a 403 problem when the caller may not read the unit. */
  mustRead: (res: Response, unit: string) => void;
  registry: () => Registry;
  follower: { readonly model: ReadModel; readonly periods: PeriodRows };
  /** What is kept of a read model's months. */
  kept: (model: ReadModel) => KeptMonths;
  freshness: () => Freshness;
  today: () => string;
  now: () => number;
  /** The day of the following month by which a report is due. */
  dueDay: number;
}

export const mapParameter = z.union([z.enum(['then', 'today']), day], 'is then, today or a day').default('then');
export const knownParameter = z.union([z.literal('latest'), month], 'is latest or a month').default('latest');

/** The parameters of a list of one month. */
export const monthList = z.object({
  month: month.optional(),
  unit: slug.default('vn'),
  map: mapParameter,
  after: z.string().max(300).optional(),
  limit: pageLimit,
  format: formatParameter,
});

/** One month and one unit, checked: 400 for a month that hasn't come, 403 and 404 for the unit. */
export function monthAsked(
  asked: { month?: Month | undefined; unit: string; map: string },
  res: Response,
  reads: ReportingReads,
): { month: Month; unit: string; mapDay: string | null; registry: Registry } {
  const month = asked.month ?? lastFullMonth(reads.now());
  if (month > monthOf(reads.today())) throw malformed(`${month} has not come yet.`, 'month');
  const registry = reads.registry();
  if (!registry.unit(asked.unit)) throw notFound(`There is no unit \`${asked.unit}\`.`);
  reads.mustRead(res, asked.unit);
  return { month, unit: asked.unit, mapDay: mapDayOf(asked.map, reads), registry };
}

/** What is known by the end of a month is said of months only, and is placed as a figure's facts are: see `asKnown`. */
export function asKnownBy(
  asked: { known: string; map: string },
  registry: Registry,
  reads: Pick<ReportingReads, 'today' | 'follower'>,
): { known: number; lineage: Registry; told: Registry } {
  const known = knownMonth(asked.known, reads.today());
  const { model } = reads.follower;
  const { lineage, told } = asKnown({ known, map: asked.map }, { model, registry });
  return { known, lineage, told };
}

/** The day whose map is asked for; null: that of then. */
export function mapDayOf(map: string, reads: Pick<ReportingReads, 'today'>): string | null {
  return map === 'then' ? null : map === 'today' ? reads.today() : map;
}

export const lastSeqIn =
  (model: ReadModel): ServiceSources['lastSeq'] =>
  (service, unit, month) =>
    model.lastSeqs.of(model.ledgers.find(`${service}/${unit}`), month);

/** How the months from one to another stand, as known by the end of a month; others get their turn until all of them are there. */
export async function sourcesOf(
  reads: ReportingReads,
  { lineage, told }: { lineage: Registry; told: Registry },
  { from, to, known }: { from: Month; to: Month; known: number },
): Promise<ReportingSources> {
  const { model } = reads.follower;
  const monthCode = await reads.kept(model).months.of(monthIndexOf(from), monthIndexOf(to), known);
  const asOf = reads.freshness().asOf ?? reads.now();
  return {
    ...{ registry: lineage, told, units: model.units, monthCode, dueDay: reads.dueDay },
    // Who had until later to say it wasn't silent yet.
    asOf: Math.min(asOf, known === LATEST ? Infinity : endOfMonth(monthAt(known))),
  };
}

/** What units' months were told, service by service. */
export function servicesIn({ follower: { model, periods } }: ReportingReads, known: number): ServiceSources {
  return {
    ...{ periods, services: REPORTED_TO },
    firstRecorded: firstRecordedIn(model, known),
    lastSeq: lastSeqIn(model),
  };
}

/** How fresh an answer is, as every one of them says. */
export function shownFreshness(reads: Pick<ReportingReads, 'freshness'>): { asOf: string | null; lacks: unknown[] } {
  const { asOf, lacks } = reads.freshness();
  return { asOf: asOf === null ? null : new Date(asOf).toISOString(), lacks };
}

/** What a list of a month says of itself in a file. */
export function aboutList(
  reads: ReportingReads,
  { unit, month, registry }: { unit: string; month: Month; registry: Registry },
  { map, known = 'latest' }: { map: string; known?: string },
): About[] {
  const { vi, en } = unitLabel(registry, unit, lastDayOfMonth(month));
  return [
    ['unit', unit, vi, en],
    ['month', month],
    ['map', map],
    ['known', known],
    ...aboutFreshness(shownFreshness(reads)),
  ];
}

/** A unit in a list, with what it is called on a day. */
export function shownUnit(
  registry: Registry,
  unit: string,
  day: string,
): { unit: string; label: Label; kind?: string; simulated?: true } {
  const record = registry.unit(unit);
  return {
    unit,
    label: unitLabel(registry, unit, day),
    ...(record ? { kind: record.kind } : {}),
    ...(record?.simulated ? { simulated: true as const } : {}),
  };
}

/** The page of a list after a key; `next` is null on the last one. */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { after, limit }: { after?: string | undefined; limit: number },
): { items: Item[]; next: string | null } {
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, limit);
  return { items: page, next: rest.length > limit ? keyOf(page.at(-1)!) : null };
}
