import type { Express } from 'express';
import { readQuery } from '@gdtx/service-kit/query';
import { lastDayOfMonth, monthIndexOf } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { z } from 'zod';
import { indicatorOf } from '../indicators/catalogue.js';
import {
  aboutList,
  asKnownBy,
  knownParameter,
  monthAsked,
  monthList,
  pageOf,
  shownFreshness,
  shownUnit,
  type ReportingReads,
} from '../reporting/reporting-reads.js';
import { formatOf, sendTable } from '../tables/send-table.js';
import type { Cell, Table } from '../tables/table.js';
import { countedIn } from './counted.js';
import type { Measure, ReconciliationState } from './reconcile.js';
import { keyOf, reconciliation, type ReconciledClosing } from './reconciliation.js';

/** Of each state, what it is called. */
const STATES = {
  equal: { vi: 'Khớp số đối chiếu', en: 'Equal' },
  different: { vi: 'Lệch số đối chiếu', en: 'Different' },
  'not-comparable': { vi: 'Không đối chiếu được', en: 'Can’t be compared' },
  'without-totals': { vi: 'Không có số đối chiếu', en: 'Without control totals' },
} as const satisfies Record<ReconciliationState, { vi: string; en: string }>;

const parameters = monthList.extend({
  state: z
    .enum([...(Object.keys(STATES) as [ReconciliationState, ...ReconciliationState[]]), 'all'])
    .default('different'),
  known: knownParameter,
});

/**
 * `GET /v1/reconciliation`: the control totals with which units closed a month beside what was counted from their own entries.
 * A publisher reads its own unit's, a province those of its units, the ministry all.
 */
export function reconciliationRoutes(app: Express, reads: ReportingReads): void {
  app.get('/v1/reconciliation', reads.authenticated, async (req, res) => {
    const asked = readQuery(req, parameters);
    const query = monthAsked(asked, res, reads);
    const { registry } = query;
    const month = monthIndexOf(query.month);
    const { model, periods } = reads.follower;
    const { known, lineage } = asKnownBy(asked, registry, reads);
    const sources = { registry: lineage, periods, counted: countedIn(model, month, known) };
    const all = reconciliation(query, month, sources, known);
    const wanted = all.filter(({ state }) => asked.state === 'all' || state === asked.state);
    const onDay = lastDayOfMonth(query.month);
    const format = formatOf(req, asked.format);
    if (format !== 'json')
      return sendTable(res, format, {
        name: `reconciliation-${query.unit}-${query.month}`,
        headed: false,
        about: aboutList(reads, query, asked),
        ...table(wanted, registry, onDay),
      });
    const { items, next } = pageOf(wanted, keyOf, asked);
    const count = (state: ReconciliationState) => all.filter((each) => each.state === state).length;
    res.json({
      unit: query.unit,
      month: query.month,
      map: asked.map,
      known: asked.known,
      ...shownFreshness(reads),
      states: STATES,
      closings: all.length,
      equal: count('equal'),
      different: count('different'),
      notComparable: count('not-comparable'),
      withoutTotals: count('without-totals'),
      rows: items.map((each) => shown(each, registry, onDay)),
      next,
    });
  });
}

function shown(
  { service, unit, closing, state, measures }: ReconciledClosing,
  registry: Registry,
  day: string,
): unknown {
  return {
    ...shownUnit(registry, unit, day),
    entry: { service, unit, seq: closing.seq },
    closedAt: new Date(closing.at).toISOString(),
    state,
    measures: measures.map(shownMeasure),
  };
}

const NAMELESS = {
  vi: 'Không giữ được tên: có quá nhiều loại số đối chiếu. Xem mục sổ.',
  en: 'Its name isn’t kept: there are too many kinds of control totals. See the entry.',
};

function shownMeasure({ indicator, category, value, counted, difference }: Measure): unknown {
  const known = indicatorOf(indicator);
  return {
    indicator,
    label: known?.label ?? (indicator === '' ? NAMELESS : { vi: indicator, en: indicator }),
    category,
    total: value,
    counted,
    difference,
  };
}

function table(
  closings: readonly ReconciledClosing[],
  registry: Registry,
  day: string,
): Pick<Table, 'columns' | 'rows'> {
  const rows = closings.flatMap((each): Cell[][] => {
    const { label, simulated } = shownUnit(registry, each.unit, day);
    const own = [each.unit, label.vi, simulated ?? '', each.service, each.closing.seq, each.state];
    if (each.measures.length === 0) return [[...own, '', '', '', '', '']];
    return each.measures.map((m) => [...own, m.indicator, m.category, m.value, m.counted, m.difference]);
  });
  const of = ['unit', 'label', 'simulated', 'service', 'seq', 'state', 'indicator', 'category'];
  return { columns: [...of, 'total', 'counted', 'difference'], rows };
}
