import { isAlive, valueOn } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { lastDayOfMonth, monthAt, monthIndexOf, monthOf } from '@gdtx/territory/days';
import type { AsKnown } from '../as-known.js';
import { bearersOn, ReportDays } from '../bearers.js';
import { kindOf, type TermQuery } from '../evaluate.js';
import type { FigureQuery } from '../figure-query.js';
import { Places, type Moment } from '../places.js';
import { coverage } from '../coverage.js';
import { attribute, type Attributed, type Attributing } from './attribute.js';
import type { ChangePart, Why } from './change.js';
import type { RegistryNews } from './registry-ledgers.js';
import { isWithdrawal } from './report-changes.js';
import { flowsOfUnits, levelsOfUnits } from './unit-amounts.js';

/** So many states of the registry are looked at for one figure; what is left after that is told of several facts together. */
const MOST_STATES = 300;
/** Coverage looks at every commune each time. */
const MOST_STATES_OF_COVERAGE = 40;

type Measure<Key> = Attributing<Key>['measure'];

/** How a registry places things: by itself, or by the newest lineage where that is asked for. */
export type LineageOf = (registry: Registry) => Registry;

/** Whether a unit's facts of a moment are part of a figure; none are where the registry doesn't know the figure's unit. */
export function inclusionBy(registry: Registry, query: FigureQuery): (unit: string, moment: Moment) => boolean {
  return new Places(registry, query).includes();
}

/**
 * By how much facts of the registry changed a figure: what was known then, placed by the registry of then and of now. `before` and
 * `after` are the registries of both times.
 */
export async function lineageChanges(
  { query, side, sign }: TermQuery,
  day: string,
  { model }: AsKnown,
  registries: { before: Registry; after: Registry; lineageOf: LineageOf },
  news: () => Promise<RegistryNews>,
  pause: () => Promise<void>,
): Promise<ChangePart[]> {
  const { before, after, lineageOf } = registries;
  const isFlow = query.indicator.kind === 'flow';
  const measure = isFlow ? flowMeasure(model, query, lineageOf) : levelMeasure(model, query, day, lineageOf);
  const { keys, of } = measure;
  const [then, now] = [of(before, keys), of(after, keys)];
  if (keys.every((key) => then.get(key) === now.get(key))) return [];
  const told = await news();
  const found = await attribute({
    ...{ facts: told.facts, start: told.before, measure: of, before: then, after: now, most: MOST_STATES, pause },
  });
  return found.flatMap((each) => partOf(each, told, sign, () => side));
}

interface Measured<Key> {
  keys: Key[];
  of: Measure<Key>;
}

function flowMeasure(model: AsKnown['model'], query: FigureQuery, lineageOf: LineageOf): Measured<string> {
  const amounts = flowsOfUnits(model, query);
  const of: Measure<string> = (registry, keys) => {
    const includes = inclusionBy(lineageOf(registry), query);
    return valuesOf(keys, (unit) => {
      let sum = 0;
      for (const [month, amount] of amounts.get(unit)!) if (includes(unit, { month, day: null })) sum += amount;
      return sum;
    });
  };
  return { keys: [...amounts.keys()], of };
}

function levelMeasure(
  model: AsKnown['model'],
  query: FigureQuery,
  day: string,
  lineageOf: LineageOf,
): Measured<string> {
  const levels = levelsOfUnits(model, query, day);
  const reports = new ReportDays(model, query.indicator.id, query.known);
  const moment = { month: monthIndexOf(monthOf(day)), day };
  const of: Measure<string> = (registry, keys) => {
    const includes = inclusionBy(lineageOf(registry), query);
    const bearerOf = bearersOn(day, reports, model, registry);
    return valuesOf(keys, (unit) => {
      const bearer = bearerOf(unit);
      return bearer && includes(bearer.unit, moment) ? levels.get(unit)! : 0;
    });
  };
  return { keys: [...levels.keys()], of };
}

const valuesOf = <Key>(keys: readonly Key[], of: (key: Key) => number): Map<Key, number> =>
  new Map(keys.map((key) => [key, of(key)]));

/** By how much facts of the registry changed how many units of a kind there are. */
export async function countChanges(
  { query, side, sign }: TermQuery,
  day: string,
  sinceMonth: number,
  registries: { before: Registry; after: Registry; lineageOf: LineageOf },
  news: () => Promise<RegistryNews>,
  pause: () => Promise<void>,
): Promise<ChangePart[]> {
  const { before, after, lineageOf } = registries;
  const kind = kindOf(query.indicator);
  const moment = { month: monthIndexOf(monthOf(day)), day };
  const measure: Measure<string> = (registry, keys) => {
    const includes = inclusionBy(lineageOf(registry), query);
    return valuesOf(keys, (id) => {
      const record = registry.unit(id);
      if (record?.kind !== kind || !isAlive(record, day)) return 0;
      if (query.only !== undefined && (valueOn(record.subkinds, day) ?? '') !== query.only) return 0;
      return includes(id, moment) ? 1 : 0;
    });
  };
  const ids = [...new Set([before, after].flatMap((registry) => [...registry.all(kind)].map(({ id }) => id)))];
  const [then, now] = [measure(before, ids), measure(after, ids)];
  const differing = ids.filter((id) => then.get(id) !== now.get(id));
  if (differing.length === 0) return [];
  const told = await news();
  const parts: ChangePart[] = [];
  // Who wasn't heard of before is there by the entry that says that it began.
  const bySeq = new Map(told.entries.map((entry) => [`${entry.service}/${entry.seq}`, entry]));
  const established = new Map<string, ChangePart>();
  const rest: string[] = [];
  for (const id of differing) {
    const beginning = before.unit(id) ? undefined : after.unit(id)?.changes[0];
    const entry = beginning && bySeq.get(`${beginning.entry.service}/${beginning.entry.seq}`);
    if (!entry) rest.push(id);
    else {
      const why: Why = beginning.on <= lastDayOfMonth(monthAt(sinceMonth)) ? 'late' : 'new';
      const key = `${entry.service}/${entry.seq}/${why}`;
      const part = established.get(key) ?? { entry, value: 0, term: side, why };
      established.set(key, { ...part, value: part.value + sign });
    }
  }
  parts.push(...established.values());
  const those = (values: ReadonlyMap<string, number>) => new Map(rest.map((id) => [id, values.get(id)!]));
  const found = await attribute({
    ...{
      facts: told.facts,
      start: told.before,
      measure,
      before: those(then),
      after: those(now),
      most: MOST_STATES,
      pause,
    },
  });
  return [...parts, ...found.flatMap((each) => partOf(each, told, sign, () => side))];
}

type Share = 'numerator' | 'denominator';

/** By how much facts of the registry changed which communes have a community centre, and how many communes there are. */
export async function coverageChanges(
  query: FigureQuery,
  registries: { before: Registry; after: Registry; lineageOf: LineageOf },
  news: () => Promise<RegistryNews>,
  pause: () => Promise<void>,
): Promise<ChangePart[]> {
  const { before, after, lineageOf } = registries;
  const measure: Measure<Share> = (registry, keys) => {
    const lineage = lineageOf(registry);
    const heard = lineage.unit(query.unit) && !registry.all('community-centre').next().done;
    const all = heard ? coverage({ ...query, by: [] }, { told: registry, lineage }).all : undefined;
    return valuesOf(keys, (key) => (key === 'numerator' ? all?.covered : all?.communes) ?? 0);
  };
  const both: Share[] = ['numerator', 'denominator'];
  const [then, now] = [measure(before, both), measure(after, both)];
  if (both.every((key) => then.get(key) === now.get(key))) return [];
  const told = await news();
  const found = await attribute({
    ...{
      facts: told.facts,
      start: told.before,
      measure,
      before: then,
      after: now,
      most: MOST_STATES_OF_COVERAGE,
      pause,
    },
  });
  return found.flatMap((each) => partOf(each, told, 1, (key) => key));
}

/** What a piece of the registry's news changed, a part a side. */
function partOf<Key>(
  { from, to, changes }: Attributed<Key>,
  { entries }: RegistryNews,
  sign: number,
  sideOf: (key: Key) => TermQuery['side'],
): ChangePart[] {
  const [entry, last] = [entries[from]!, entries[to]!];
  const sums = new Map<TermQuery['side'], number>();
  for (const [key, change] of changes) sums.set(sideOf(key), (sums.get(sideOf(key)) ?? 0) + sign * change);
  const why: Why = from === to && isWithdrawal(entry.type) ? 'withdrawal' : 'lineage';
  return [...sums].flatMap(([term, value]) =>
    value === 0 ? [] : [{ entry, ...(to > from ? { upTo: last } : {}), value, term, why }],
  );
}
