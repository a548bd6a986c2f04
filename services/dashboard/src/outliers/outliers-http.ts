import type { Express } from 'express';
import { notFound } from '@gdtx/service-kit/problem';
import { readQuery, slug } from '@gdtx/service-kit/query';
import { lastDayOfMonth, monthIndexOf } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { indicatorOf } from '../indicators/catalogue.js';
import {
  aboutList,
  asKnownBy,
  knownParameter,
  monthAsked,
  monthList,
  shownFreshness,
  shownUnit,
  type ReportingReads,
} from '../reporting/reporting-reads.js';
import { formatOf, sendTable } from '../tables/send-table.js';
import type { Table } from '../tables/table.js';
import { keyOf, LOOKED_AT, outliersIn, type Outlier } from './outliers.js';

const parameters = monthList.extend({ indicator: slug.optional(), known: knownParameter });

/** `GET /v1/outliers`: the values of a month that are far off the unit's own past. */
export function outlierRoutes(app: Express, reads: ReportingReads): void {
  app.get('/v1/outliers', reads.authenticated, async (req, res) => {
    const asked = readQuery(req, parameters);
    const query = monthAsked(asked, res, reads);
    const { registry } = query;
    if (asked.indicator !== undefined && !LOOKED_AT.some(({ id }) => id === asked.indicator))
      throw notFound(`\`${asked.indicator}\` is no indicator that is counted from entries; see GET /v1/indicators.`);
    const { known, lineage } = asKnownBy(asked, registry, reads);
    const month = monthIndexOf(query.month);
    const all = (await reads.kept(reads.follower.model).outliers.of(month, known)).filter(
      ({ indicator }) => asked.indicator === undefined || indicator === asked.indicator,
    );
    const found = outliersIn(query, month, lineage, all);
    const onDay = lastDayOfMonth(query.month);
    const format = formatOf(req, asked.format);
    if (format !== 'json')
      return sendTable(res, format, {
        name: `outliers-${query.unit}-${query.month}`,
        headed: false,
        about: aboutList(reads, query, asked),
        ...table(found, registry, onDay),
      });
    // In the order in which they are found: the one after which the page begins may be gone by now.
    const start = asked.after === undefined ? 0 : found.findIndex((each) => keyOf(each) === asked.after) + 1;
    const page = found.slice(start, start + asked.limit);
    res.json({
      unit: query.unit,
      month: query.month,
      map: asked.map,
      known: asked.known,
      ...shownFreshness(reads),
      total: found.length,
      outliers: page.map((each) => shown(each, registry, onDay)),
      next: start + page.length < found.length ? keyOf(page.at(-1)!) : null,
    });
  });
}

function shown({ unit, indicator, ...outlier }: Outlier, registry: Registry, day: string): unknown {
  return { ...shownUnit(registry, unit, day), indicator, indicatorLabel: indicatorOf(indicator)!.label, ...outlier };
}

function table(found: readonly Outlier[], registry: Registry, day: string): Pick<Table, 'columns' | 'rows'> {
  const of = ['indicator', 'unit', 'label', 'simulated', 'service', 'category'];
  const rows = found.map((each) => {
    const { label, simulated } = shownUnit(registry, each.unit, day);
    const { indicator, unit, service, category, value, compared, said, median, allowed, spreads, months } = each;
    const own = [indicator, unit, label.vi, simulated ?? '', service, category];
    return [...own, value, compared, said, median, allowed, spreads, months, each.direction];
  });
  return { columns: [...of, 'value', 'compared', 'said', 'median', 'allowed', 'spreads', 'months', 'direction'], rows };
}
