import type { Express, RequestHandler, Response } from 'express';
import { malformed, notFound } from '@gdtx/service-kit/problem';
import { day, month, readQuery, slug } from '@gdtx/service-kit/query';
import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { z } from 'zod';
import type { ReadModel } from '../columns/read-model.js';
import type { Freshness } from '../queries/figure.js';
import { unitLabel } from '../queries/unit-labels.js';
import { firstRecordedIn } from './first-recorded.js';
import type { PeriodRows } from './period-rows.js';
import {
  dueOn,
  lastFullMonth,
  PLACES,
  reporting,
  type ReportingQuery,
  type ReportingRow,
  type ReportingSources,
} from './reporting.js';

export interface ReportingReads {
  authenticated: RequestHandler;
  mustRead: (res: Response, unit: string) => void;
  registry: () => Registry;
  follower: { readonly model: ReadModel; readonly periods: PeriodRows };
  freshness: () => Freshness;
  today: () => string;
  now: () => number;
  dueDay: number;
}

/** Units report of what they do in these. */
const REPORTED_TO = ['centres', 'programmes', 'community-learning'] as const;
const MOST_MONTHS = 120;
const DIMENSIONS = [...PLACES, 'month'] as const;

const parameters = z.object({
  month: month.optional(),
  from: month.optional(),
  to: month.optional(),
  unit: slug.default('vn'),
  by: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(DIMENSIONS, `is one or two of ${DIMENSIONS.join(', ')}`)).max(2, 'names one or two'))
    .optional(),
  map: z.union([z.enum(['then', 'today']), day], 'is then, today or a day').default('then'),
  known: z.union([z.literal('latest'), month], 'is latest or a month').default('latest'),
});

/** `GET /v1/reporting`: who was expected to report of a month, or of each of some months, and who did. */
export function reportingRoutes(app: Express, reads: ReportingReads): void {
  app.get('/v1/reporting', reads.authenticated, (req, res) => {
    const asked = readQuery(req, parameters);
    const query = queryOf(asked, reads);
    reads.mustRead(res, query.unit);
    const { asOf, lacks } = reads.freshness();
    const registry = reads.registry();
    const { all, rows } = reporting(query, {
      registry,
      periods: reads.follower.periods,
      firstRecorded: firstRecordedIn(reads.follower.model, monthIndexOf(query.from), monthIndexOf(query.to)),
      lastSeq: lastSeqIn(reads.follower.model),
      services: REPORTED_TO,
      dueDay: reads.dueDay,
      asOf: asOf ?? reads.now(),
    });
    res.json({
      unit: query.unit,
      from: query.from,
      to: query.to,
      by: query.by,
      map: asked.map,
      known: asked.known,
      dueOn: dueOn(query.to, reads.dueDay),
      asOf: asOf === null ? null : new Date(asOf).toISOString(),
      lacks,
      ...all,
      rows: rows.map((row) => shown(row, query, registry, query.mapDay ?? reads.today())),
    });
  });
}

const lastSeqIn =
  (model: ReadModel): ReportingSources['lastSeq'] =>
  (service, unit, month) =>
    model.lastSeqs.of(model.ledgers.find(`${service}/${unit}`), month);

function queryOf(asked: z.output<typeof parameters>, reads: ReportingReads): ReportingQuery {
  const { unit, by = [], map, known } = asked;
  if (asked.month && (asked.from || asked.to))
    throw malformed('`month` is one by itself: leave `from` and `to` out.', 'month');
  const to = asked.month ?? asked.to ?? lastFullMonth(reads.now());
  const from = asked.month ?? asked.from ?? to;
  if (from > to) throw malformed(`\`from\` ${from} is after \`to\` ${to}.`, 'from');
  if (to > monthOf(reads.today())) throw malformed(`${to} has not come yet.`, asked.month ? 'month' : 'to');
  if (monthIndexOf(to) - monthIndexOf(from) >= MOST_MONTHS)
    throw malformed(`At most ${MOST_MONTHS} months at a time.`, 'from');
  if (by[0] === by[1] && by.length === 2) throw malformed('`by` names the same thing twice.', 'by');
  if (by.length === 2 && !by.includes('month')) throw malformed('Of two in `by`, one is month.', 'by');
  if (!reads.registry().unit(unit)) throw notFound(`There is no unit \`${unit}\`.`);
  const mapDay = map === 'then' ? null : map === 'today' ? reads.today() : map;
  return { unit, from, to, by, mapDay, known: known === 'latest' ? Infinity : monthIndexOf(known) };
}

function shown({ keys, ...counts }: ReportingRow, { by }: ReportingQuery, registry: Registry, on: string): unknown {
  const labels = keys.map(({ key }, i) =>
    by[i] === 'month' ? { vi: `${Number(key.slice(5))}/${key.slice(0, 4)}`, en: key } : unitLabel(registry, key, on),
  );
  const flags = Object.assign({}, ...keys.map(({ key: _key, ...rest }) => rest)) as object;
  return {
    key: keys.map(({ key }) => key).join(','),
    ...(keys.length > 1 ? { keys: keys.map(({ key }) => key) } : {}),
    label: { vi: labels.map(({ vi }) => vi).join(' · '), en: labels.map(({ en }) => en).join(' · ') },
    ...flags,
    ...counts,
  };
}
