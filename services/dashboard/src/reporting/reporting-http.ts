import type { Express } from 'express';
import { malformed, notFound } from '@gdtx/service-kit/problem';
import { month, readQuery, slug } from '@gdtx/service-kit/query';
import { lastDayOfMonth, monthIndexOf, monthOf, type Month } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { z } from 'zod';
import { knownMonth } from '../queries/figure-query.js';
import { unitLabel } from '../queries/unit-labels.js';
import { placesAbove } from '../queries/units.js';
import { countedIn } from '../reconciliation/counted.js';
import { reconciliation } from '../reconciliation/reconciliation.js';
import { formatOf, formatParameter, sendTable } from '../tables/send-table.js';
import { aboutFreshness, type Table } from '../tables/table.js';
import {
  aboutList,
  asKnownBy,
  knownParameter,
  mapDayOf,
  mapParameter,
  monthAsked,
  monthList,
  pageOf,
  servicesIn,
  shownFreshness,
  shownUnit,
  sourcesOf,
  type ReportingReads,
} from './reporting-reads.js';
import { dueOn, lastFullMonth } from './due.js';
import {
  PLACES,
  ratesOf,
  reporting,
  type ReportingCounts,
  type ReportingQuery,
  type ReportingRow,
} from './reporting.js';
import { shownServices, UNIT_STATES, unitMonths, type UnitMonth, type UnitState } from './unit-states.js';

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
  map: mapParameter,
  known: knownParameter,
  format: formatParameter,
});

const listParameters = monthList.extend({
  known: knownParameter,
  state: z.enum(Object.keys(UNIT_STATES) as [UnitState, ...UnitState[]]).optional(),
});

/** `GET /v1/reporting`: who was expected to report of a month, or of each of some months, and who did; `…/units`: who each is. */
export function reportingRoutes(app: Express, reads: ReportingReads): void {
  app.get('/v1/reporting', reads.authenticated, async (req, res) => {
    const asked = readQuery(req, parameters);
    const query = queryOf(asked, reads);
    reads.mustRead(res, query.unit);
    const registry = reads.registry();
    const { all, rows } = reporting(query, await sourcesOf(reads, asKnownBy(asked, registry, reads), query));
    const labelDay = query.mapDay ?? reads.today();
    const shownRows = rows.map((row) => shown(row, query, registry, labelDay));
    const format = formatOf(req, asked.format);
    if (format !== 'json') {
      const label = unitLabel(registry, query.unit, labelDay);
      const own = { key: query.unit, label, ...all, ...ratesOf(all) };
      return sendTable(res, format, {
        name: `reporting-${query.unit}-${query.from}-${query.to}`,
        headed: false,
        about: [
          ['measure', 'tháng báo cáo của đơn vị', 'months of units'],
          ['unit', query.unit, label.vi, label.en],
          ['period', `${query.from}..${query.to}`],
          ['map', asked.map],
          ['known', asked.known],
          ['dueOn', { day: dueOn(query.to, reads.dueDay) }],
          ...aboutFreshness(shownFreshness(reads)),
        ],
        ...countsTable(query.by.length ? shownRows : [own]),
      });
    }
    res.json({
      unit: query.unit,
      from: query.from,
      to: query.to,
      by: query.by,
      map: asked.map,
      known: asked.known,
      dueOn: dueOn(query.to, reads.dueDay),
      ...shownFreshness(reads),
      ...all,
      ...ratesOf(all),
      rows: shownRows,
    });
  });

  app.get('/v1/reporting/units', reads.authenticated, async (req, res) => {
    const asked = readQuery(req, listParameters);
    const query = monthAsked(asked, res, reads);
    const { registry, month: of } = query;
    const { known, ...asThen } = asKnownBy(asked, registry, reads);
    const sources = await sourcesOf(reads, asThen, { from: of, to: of, known });
    const different = differing({ ...query, registry: asThen.lineage }, reads, known);
    const all = unitMonths(query, sources, (unit) => different.has(unit));
    const wanted = all.filter(({ states }) => asked.state === undefined || states.includes(asked.state));
    const onDay = lastDayOfMonth(of);
    const format = formatOf(req, asked.format);
    if (format !== 'json')
      return sendTable(res, format, {
        name: `reporting-units-${query.unit}-${of}`,
        headed: false,
        about: [...aboutList(reads, query, asked), ['dueOn', { day: dueOn(of, reads.dueDay) }]],
        ...unitsTable(wanted, registry, onDay),
      });
    const { items, next } = pageOf(wanted, ({ unit }) => unit.id, asked);
    const services = servicesIn(reads, known);
    res.json({
      unit: query.unit,
      month: of,
      map: asked.map,
      known: asked.known,
      dueOn: dueOn(of, reads.dueDay),
      ...shownFreshness(reads),
      states: UNIT_STATES,
      total: wanted.length,
      units: items.map(({ unit, states }) => ({
        ...shownUnit(registry, unit.id, onDay),
        within: placesAbove(registry, unit, query.mapDay ?? onDay),
        states,
        services: states[0] === 'suspended' ? [] : shownServices(unit.id, monthIndexOf(of), known, services),
      })),
      next,
    });
  });
}

/** Units whose control totals differ from what was counted. */
function differing(
  query: { month: Month; unit: string; mapDay: string | null; registry: Registry },
  { follower }: ReportingReads,
  known: number,
): ReadonlySet<string> {
  const month = monthIndexOf(query.month);
  const { model, periods } = follower;
  const closings = reconciliation(query, month, { ...query, periods, counted: countedIn(model, month, known) }, known);
  return new Set(closings.filter(({ state }) => state === 'different').map(({ unit }) => unit));
}

const COUNTS = [
  ...(['expected', 'suspended', 'reported', 'nothingToReport', 'silent', 'awaited', 'late', 'closed'] as const),
  ...(['approved', 'changedSince', 'simulated', 'completeness', 'timeliness', 'approval'] as const),
];

function countsTable(
  rows: readonly ({ key: string; label: { vi: string; en: string } } & ReportingCounts & ReturnType<typeof ratesOf>)[],
): Pick<Table, 'columns' | 'rows' | 'shares'> {
  return {
    columns: ['key', 'label', 'labelEn', ...COUNTS],
    rows: rows.map((row) => [row.key, row.label.vi, row.label.en, ...COUNTS.map((name) => row[name])]),
    shares: ['completeness', 'timeliness', 'approval'],
  };
}

function unitsTable(
  units: readonly UnitMonth[],
  registry: Registry,
  day: string,
): Pick<Table, 'columns' | 'rows' | 'called'> {
  const states = Object.keys(UNIT_STATES) as UnitState[];
  const rows = units.map(({ unit, states: held }) => {
    const { label, kind, simulated } = shownUnit(registry, unit.id, day);
    return [
      unit.id,
      label.vi,
      label.en,
      kind,
      simulated ?? '',
      ...states.map((state) => (held.includes(state) ? 1 : 0)),
    ];
  });
  return { columns: ['unit', 'label', 'labelEn', 'kind', 'simulated', ...states], rows, called: UNIT_STATES };
}

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
  const mapDay = mapDayOf(map, reads);
  return { unit, from, to, by, mapDay, known: knownMonth(known, reads.today()) };
}

function shown({ keys, ...counts }: ReportingRow, { by }: ReportingQuery, registry: Registry, on: string) {
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
    ...ratesOf(counts),
  };
}
