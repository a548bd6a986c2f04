import type { Registry } from '@gdtx/territory/registry';
import { notFound } from '@gdtx/service-kit/problem';
import { LATEST } from '../columns/known.js';
import type { Records } from '../columns/records.js';
import type { RecordCollection, StoredRecord } from '../model.js';
import { concernedBy, type PartyRecord } from './concerns.js';
import type { FindTargets } from './figure.js';

export interface ListQuery {
  /** As known by the end of a month, months since year 0; LATEST: now. */
  known: number;
  unit?: string | undefined;
  after?: string | undefined;
  limit: number;
}

interface Listed {
  record: StoredRecord;
  value: Record<string, unknown>;
  id: string;
  /** The day that it is listed by. */
  day: string;
  involved: string[];
  parties: PartyRecord[];
}

type MayRead = (unit: string) => boolean;

/** Inspections, visits and findings that concern a unit (default: the country), the latest first; paged by visit. */
export function listInspections(
  records: Records,
  registry: Registry,
  today: string,
  query: ListQuery,
  mayRead: MayRead,
) {
  const concerning = (collection: RecordCollection) => listed(records, registry, today, collection, query, mayRead);
  const visits = page(concerning('visits'), query);
  const onPage = new Set(visits.items.map((v) => v.id));
  const findings = concerning('findings').filter((f) => onPage.has(String(f.value['visit'])));
  const inspections = query.after === undefined ? concerning('inspections').slice(0, query.limit) : [];
  return {
    inspections: inspections.map(shown),
    visits: visits.items.map(shown),
    findings: findings.map(shown),
    next: visits.next,
  };
}

/** Recommendations that concern a unit, each once, the latest first; `overdue` ones are open too. */
export function listRecommendations(
  records: Records,
  registry: Registry,
  today: string,
  query: ListQuery & { status?: 'open' | 'overdue' | 'closed' | undefined },
  mayRead: MayRead,
) {
  const withState = listed(records, registry, today, 'recommendations', query, mayRead).map((item) => ({
    ...item,
    ...stateOf(item.value, today),
  }));
  const wanted = withState.filter(({ closed, overdue }) => {
    if (query.status === undefined) return true;
    if (query.status === 'closed') return closed;
    return query.status === 'overdue' ? overdue : !closed;
  });
  const { items, next } = page(wanted, query);
  return {
    total: wanted.length,
    recommendations: items.map((item) => ({ ...shown(item), overdue: item.overdue })),
    next,
  };
}

function stateOf(value: Record<string, unknown>, today: string): { closed: boolean; overdue: boolean } {
  const closed = value['status'] === 'closed';
  const due = value['due'];
  return { closed, overdue: !closed && typeof due === 'string' && due !== '' && due < today };
}

/** Targets of a unit, an indicator and a year, from what was set: looked up, as a figure asks for each of its rows. */
export function targetsOf(records: Records, known: number): FindTargets {
  if (known !== LATEST) return finder(indexOf(records.all('targets', known)));
  let index = targetIndexes.get(records);
  if (index?.version !== records.version) {
    index = { version: records.version, byName: indexOf(records.all('targets')) };
    targetIndexes.set(records, index);
  }
  return finder(index.byName);
}

function indexOf(targets: Iterable<StoredRecord>): Map<string, FoundTargets> {
  const byName = new Map<string, FoundTargets>();
  for (const { value } of targets) {
    const name = targetName(String(value['unit']), String(value['indicator']), Number(value['year']));
    byName.set(name, [...(byName.get(name) ?? []), targetOf(value)]);
  }
  return byName;
}

const finder =
  (byName: ReadonlyMap<string, FoundTargets>): FindTargets =>
  (unit, indicator, year) =>
    byName.get(targetName(unit, indicator, year)) ?? [];

type FoundTargets = ReturnType<FindTargets>;
const targetIndexes = new WeakMap<Records, { version: number; byName: Map<string, FoundTargets> }>();

const targetName = (unit: string, indicator: string, year: number): string => `${unit}/${indicator}/${year}`;

function targetOf(t: Record<string, unknown>): FoundTargets[number] {
  return {
    value: Number(t['value']),
    year: Number(t['year']),
    category: String(t['category'] ?? ''),
    ...(t['level'] === undefined ? {} : { level: Number(t['level']) }),
    ...(t['asGiven'] ? { asGiven: String(t['asGiven']) } : {}),
  };
}

function listed(
  records: Records,
  registry: Registry,
  today: string,
  collection: RecordCollection,
  query: ListQuery,
  mayRead: MayRead,
): Listed[] {
  if (query.unit !== undefined && !registry.unit(query.unit)) throw notFound(`There is no unit \`${query.unit}\`.`);
  const concerns = concernedBy(registry, query.unit ?? 'vn', today);
  return [...records.all(collection, query.known)]
    .map(toListed)
    .filter((item) => concerns(item.involved, item.parties, item.day))
    .filter((item) => visibleTo(item, mayRead))
    .sort((a, b) => (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day > b.day ? -1 : 1));
}

function toListed(record: StoredRecord): Listed {
  const { value, id } = record;
  const strings = (name: string) => ((value[name] as string[] | undefined) ?? []).filter((s) => typeof s === 'string');
  const parties = (name: string) => (value[name] as PartyRecord[] | undefined) ?? [];
  return {
    record,
    value,
    id,
    day: dayOf(value),
    involved: [...strings('units'), ...(record.collection === 'findings' ? [String(value['at'])] : [])],
    parties: [...parties('subjects'), ...parties('about'), ...parties('addressees')],
  };
}

function dayOf(value: Record<string, unknown>): string {
  const given = value['occurredOn'] ?? value['issuedOn'] ?? value['orderedOn'];
  if (typeof given === 'string') return given.padEnd(10, '-01');
  const { on, notBefore, notAfter } = (given ?? {}) as { on?: string; notBefore?: string; notAfter?: string };
  const text = on || notBefore || notAfter || '0001-01-01';
  return text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text;
}

/** Who may read any unit that is involved may read it; so may the side that issued it. */
function visibleTo(item: Listed, mayRead: MayRead): boolean {
  const units = [
    item.record.unit,
    ...item.involved,
    ...item.parties.flatMap((p) => [p.unit, p.body?.of, p.every?.in].filter((u): u is string => !!u)),
  ];
  return units.some(mayRead);
}

function page<T extends { id: string }>(items: T[], { after, limit }: ListQuery): { items: T[]; next: string | null } {
  const start = after === undefined ? 0 : items.findIndex((i) => i.id === after) + 1;
  const found = items.slice(start, start + limit);
  return { items: found, next: start + found.length < items.length ? found.at(-1)!.id : null };
}

function shown({ record, value, id }: Listed): Record<string, unknown> {
  const { service, unit, seq } = record;
  return { id, ...value, entry: { service, unit, seq } };
}
