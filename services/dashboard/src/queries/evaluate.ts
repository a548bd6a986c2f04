import type { Registry } from '@gdtx/territory/registry';
import type { ReadModel } from '../columns/read-model.js';
import { indicatorOf } from '../indicators/catalogue.js';
import type { Indicator, Ratio, Term } from '../indicators/indicator.js';
import { asKnown, type AsKnown } from './as-known.js';
import type { FigureQuery } from './figure-query.js';
import { flowFigure, type NotIncluded, type ReadyFlows } from './flows.js';
import { hasBegun, levelFigure } from './levels.js';
import type { Key } from './places.js';
import { reportedLevel, type ReadyLevels } from './reported-levels.js';
import { coverage, type CoverageRow } from './coverage.js';
import { firstMonthOf, firstMonthOfKind, livingUnits, type Counted } from './registry-levels.js';
import {
  emptySum,
  nameOf,
  precisionOf,
  valueOf,
  type Precision,
  type Sum,
  type Tally,
  type TalliedRow,
} from './tally.js';

/** What a figure is made from: the read model, and the registry of units. */
export interface Sources {
  model: ReadModel;
  /** The newest lineage. */
  registry: Registry;
  /** Up to which entry of a service's own registry ledger it is told; absent: all that there is. */
  registrySeq?: (service: string) => number;
  /** Which units there are, where another registry says so: one that was folded anew. */
  told?: Registry;
  /** What is kept ready of the same model and registry. */
  ready?: ReadySums;
}

export interface ReadySums {
  flows: ReadyFlows;
  levels: ReadyLevels;
  counts: ReadyCounts;
}

/** How many units of a kind there were, kept ready. Gives undefined for what isn't. */
export type ReadyCounts = (query: FigureQuery, kind: Counted) => Tally | undefined;

/** A value with what is to be said of it; `numerator` and `denominator` only of ratios. */
export interface Evaluated {
  value: number | null;
  precision: Precision;
  /** How much of it only a declared default successor, or a predecessor's last report, placed there. */
  estimated?: number;
  /** Some of it is what a simulated unit said. */
  simulated?: true;
  numerator?: number | null;
  denominator?: number | null;
  /** What a reader has to know of this number. */
  remark?: { vi: string; en: string };
}

export interface EvaluatedRow extends Evaluated {
  keys: Key[];
}

export interface Evaluation {
  all: Evaluated;
  rows: EvaluatedRow[];
  notIncluded: NotIncluded[];
}

/** Computes a figure. Pure: the same query, model and registry give the same answer. */
export function evaluate(query: FigureQuery, latest: Sources): Evaluation {
  const { indicator } = query;
  const sources = asKnown(query, latest);
  // Nobody had heard of the unit yet.
  if (!sources.lineage.unit(query.unit)) return { all: notAdded(emptySum()), rows: [], notIncluded: [] };
  if (indicator.id === 'community-coverage') return coverageFigure(query, sources);
  if (indicator.ratio) return ratioFigure(query, indicator.ratio, sources);
  const summed = sums(withTotal(query), sources);
  const all = additive(query, sources.lineage) ? shown(summed.all) : notAdded(summed.all);
  const rows = summed.rows.filter((row) => rowAdds(query, row)).map((row) => ({ keys: row.keys, ...shown(row) }));
  return { all, rows, notIncluded: summed.notIncluded };
}

interface Sums {
  all: Sum;
  rows: TalliedRow[];
  notIncluded: NotIncluded[];
}

function sums(query: FigureQuery, sources: AsKnown): Sums {
  const { model, lineage, told, ready } = sources;
  const { indicator } = query;
  if (indicator.kind === 'flow') {
    const { tally, notIncluded } = flowFigure(query, indicator.id, model, lineage, ready?.flows);
    return { all: tally.all, rows: tally.rows(), notIncluded };
  }
  if (indicator.from !== 'registry') {
    const tally = reportedLevel(query, indicator.id, sources);
    return { all: tally.all, rows: tally.rows(), notIncluded: [] };
  }
  const kind = kindOf(indicator);
  const tally = ready?.counts(query, kind) ?? countedUnits(query, lineage, told, kind);
  if (tally.all.exact === 0 && hasBegun(query) && hasUnits(told, kind)) return { ...noUnits(), rows: tally.rows() };
  return { all: tally.all, rows: tally.rows(), notIncluded: [] };
}

function countedUnits(query: FigureQuery, lineage: Registry, told: Registry, kind: Counted): Tally {
  return levelFigure(query, lineage, livingUnits(told, kind), firstMonthOf(query, firstMonthOfKind(told, kind)));
}

/** Whether anything was ever said of units of a kind. */
export function hasUnits(told: Registry, kind: Counted): boolean {
  return !told.all(kind).next().done;
}

export function kindOf(indicator: Indicator): Counted {
  return indicator.id === 'centres' ? 'centre' : 'community-centre';
}

/** The registry knows which units there are: none is a count of 0, not a silence. Before it has heard of any, it is one. */
function noUnits(): Sums {
  return { all: { ...emptySum(), exact: 1 }, rows: [], notIncluded: [] };
}

/** One indicator that a figure is made of: itself, or a term of a ratio. */
export interface TermQuery {
  query: FigureQuery;
  side: 'numerator' | 'denominator' | undefined;
  sign: 1 | -1;
}

/** What a figure is made of, for its sources. */
export function termsOf(query: FigureQuery): TermQuery[] {
  const { ratio } = query.indicator;
  if (!ratio || query.indicator.id === 'community-coverage') {
    return [{ query: withTotal(query), side: undefined, sign: 1 }];
  }
  const side = (terms: readonly Term[], name: 'numerator' | 'denominator'): TermQuery[] =>
    terms.map((term) => ({ query: termQuery(query, term), side: name, sign: term.sign }));
  return [...side(ratio.numerator, 'numerator'), ...side(ratio.denominator, 'denominator')];
}

function termQuery(query: FigureQuery, term: Term): FigureQuery {
  const only = term.category === undefined ? {} : { only: term.category };
  return withTotal({ ...query, indicator: indicatorOf(term.indicator)!, ...only });
}

/** Of overlapping categories, the figure without `by=category` is one of them. */
function withTotal(query: FigureQuery): FigureQuery {
  const total = query.indicator.categories?.total;
  if (total === undefined || query.only !== undefined || query.by.includes('category')) return query;
  return { ...query, only: total };
}

/** An average or a list of fields isn't added up over units: only a single unit has such a figure. */
function additive(query: FigureQuery, registry: Registry): boolean {
  if (query.indicator.categories?.total !== undefined && query.by.includes('category')) return false;
  if (query.indicator.addsOverUnits) return true;
  const { kind } = registry.unit(query.unit)!;
  return kind === 'centre' || kind === 'community-centre';
}

function notAdded({ simulated }: Sum): Evaluated {
  return { value: null, precision: 'exact', ...(simulated ? { simulated: true } : {}) };
}

function rowAdds(query: FigureQuery, row: TalliedRow): boolean {
  if (query.indicator.addsOverUnits || query.by.includes('centre')) return row.exact + row.atLeast + row.about > 0;
  // Rows of several units would add what doesn't add up.
  return row.exact + row.atLeast + row.about === 1;
}

function shown(sum: Sum): Evaluated {
  return {
    value: valueOf(sum),
    precision: precisionOf(sum),
    ...(sum.estimated !== 0 ? { estimated: sum.estimated } : {}),
    ...(sum.simulated ? { simulated: true } : {}),
  };
}

/** Divides sums by sums, row by row. A ratio whose base is 0 or was never reported is null. */
function ratioFigure(query: FigureQuery, ratio: Ratio, sources: AsKnown): Evaluation {
  const splits = query.by.includes('category') && ratio.byCategory === 'numerator';
  const withoutCategory = query.by.filter((d) => d !== 'category');
  const byCategory = query.by.includes('category') && ratio.byCategory === 'none' ? withoutCategory : query.by;
  const above = combined({ ...query, by: byCategory }, ratio.numerator, sources);
  const below = combined({ ...query, by: splits ? withoutCategory : byCategory }, ratio.denominator, sources);
  const baseOf = (keys: Key[]) => {
    if (!splits) return below.rows.get(nameOf(keys))?.sum ?? null;
    const rest = keys.filter((_, i) => query.by[i] !== 'category');
    return rest.length === 0 ? below.all : (below.rows.get(nameOf(rest))?.sum ?? null);
  };
  const names = new Map([...above.rows, ...(splits ? [] : below.rows)].map(([name, { keys }]) => [name, keys]));
  const rows = [...names].map(([name, keys]) => ({
    keys,
    ...divided(above.rows.get(name)?.sum ?? null, baseOf(keys)),
  }));
  return { all: divided(above.all, below.all), rows, notIncluded: [...above.notIncluded, ...below.notIncluded] };
}

interface Combined {
  all: Sum | null;
  rows: Map<string, { keys: Key[]; sum: Sum | null }>;
  notIncluded: NotIncluded[];
}

/** Adds the terms of one side of a ratio; one that was never reported makes the side unknown, unless it is optional. */
function combined(query: FigureQuery, terms: readonly Term[], sources: AsKnown): Combined {
  const parts = terms.map((term) => {
    const found = sums(termQuery(query, term), sources);
    return { term, ...found, byName: new Map(found.rows.map((row) => [nameOf(row.keys), row])) };
  });
  const names = new Map(parts.flatMap((p) => p.rows.map((row) => [nameOf(row.keys), row.keys])));
  const rows = new Map<string, { keys: Key[]; sum: Sum | null }>();
  for (const [name, keys] of names) {
    const sum = addTerms(parts.map((p) => ({ term: p.term, sum: p.byName.get(name) })));
    rows.set(name, { keys, sum });
  }
  return {
    all: addTerms(parts.map((p) => ({ term: p.term, sum: p.all }))),
    rows,
    notIncluded: parts.flatMap((p) => p.notIncluded),
  };
}

function addTerms(parts: { term: Term; sum: Sum | undefined }[]): Sum | null {
  const total = emptySum();
  for (const { term, sum } of parts) {
    if (!sum || valueOf(sum) === null) {
      if (term.optional) continue;
      return null;
    }
    total.sum += term.sign * sum.sum;
    total.exact += sum.exact;
    total.atLeast += sum.atLeast;
    total.about += sum.about;
    total.estimated += sum.estimated;
    total.simulated ||= sum.simulated;
  }
  return total;
}

function divided(above: Sum | null, below: Sum | null): Evaluated {
  const numerator = above && valueOf(above);
  const denominator = below && valueOf(below);
  const known = typeof numerator === 'number' && typeof denominator === 'number' && denominator !== 0;
  const both = {
    ...emptySum(),
    about: (above?.about ?? 0) + (below?.about ?? 0),
    atLeast: (above?.atLeast ?? 0) + (below?.atLeast ?? 0),
  };
  return {
    value: known ? numerator / denominator : null,
    precision: precisionOf(both),
    ...(above?.estimated || below?.estimated ? { estimated: above?.estimated || below!.estimated } : {}),
    ...(above?.simulated || below?.simulated ? { simulated: true } : {}),
    numerator,
    denominator,
  };
}

const OPEN_START = {
  vi: 'Mẫu số gồm các xã đã có tên trong danh mục, chưa rõ có từ ngày nào.',
  en: 'The base holds communes of the reference list whose own beginning isn’t known.',
};

function coverageFigure(query: FigureQuery, sources: AsKnown): Evaluation {
  // Before the registry has heard of any centre, that none covers a commune isn't said.
  if (!hasUnits(sources.told, 'community-centre')) return { all: notAdded(emptySum()), rows: [], notIncluded: [] };
  const { all, rows } = coverage(query, sources);
  return {
    all: coverageShare(all),
    rows: rows.map((row) => ({ keys: row.keys, ...coverageShare(row) })),
    notIncluded: [],
  };
}

function coverageShare(row: CoverageRow): Evaluated {
  return {
    value: row.communes === 0 ? null : row.covered / row.communes,
    precision: 'exact',
    ...(row.estimated > 0 ? { estimated: row.estimated } : {}),
    ...(row.simulated ? { simulated: true } : {}),
    numerator: row.covered,
    denominator: row.communes,
    ...(row.openStart > 0 ? { remark: OPEN_START } : {}),
  };
}
