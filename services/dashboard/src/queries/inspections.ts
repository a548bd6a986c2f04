import type { Registry } from '@gdtx/territory/registry';
import { malformed, notFound } from '@gdtx/service-kit/problem';
import { LATEST } from '../columns/known.js';
import type { Records } from '../columns/records.js';
import type { RecordCollection, StoredRecord } from '../model.js';
import { concernedBy, coveredOnce, type PartyRecord } from './concerns.js';
import type { FindTargets } from './figure.js';
import { unitLabel, type Label } from './unit-labels.js';

export interface ListQuery {
  /** As known by the end of a month, months since year 0; LATEST: now. */
  known: number;
  unit?: string | undefined;
  /** The day as of which it is told: what came later is left out. Default: today. */
  on?: string | undefined;
  /** Months, inclusive, of the day that it is listed by. */
  from?: string | undefined;
  to?: string | undefined;
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

/**
 * Inspections, and visits with their findings, that concern a unit (default: the country), the latest first. A page has so many
 * of both; `next` says where both go on: `<inspection>/<visit>`.
 */
export function listInspections(
  records: Records,
  registry: Registry,
  today: string,
  query: ListQuery,
  mayRead: MayRead,
) {
  const concerning = (collection: RecordCollection) => listed(records, registry, today, collection, query, mayRead);
  const [inspection = '', visit = ''] = query.after?.split('/') ?? [];
  const { limit } = query;
  const orders = page(concerning('inspections'), { limit, after: positionOf(records, 'inspections', inspection) });
  const visits = page(concerning('visits'), { limit, after: positionOf(records, 'visits', visit) });
  const onPage = new Set(visits.items.map((v) => v.id));
  const findings = concerning('findings').filter((f) => onPage.has(String(f.value['visit'])));
  const inspections = [...orders.items, ...ordersOf(visits.items, orders.items, records, query.known)];
  const onThisPage = [...inspections, ...visits.items, ...findings];
  return {
    inspections: inspections.map((item) => shown(item, registry)),
    visits: visits.items.map((item) => shown(item, registry)),
    findings: findings.map((item) => shown(item, registry)),
    labels: labelsOf(onThisPage, registry),
    total: visits.total,
    next:
      orders.next === null && visits.next === null
        ? null
        : `${orders.items.at(-1)?.id ?? inspection}/${visits.items.at(-1)?.id ?? visit}`,
  };
}

/** The orders that visits follow and that aren't listed for themselves: given in another year, or about somebody else as well. */
function ordersOf(visits: Listed[], listed: Listed[], records: Records, known: number): Listed[] {
  const named = new Set(visits.map(({ value }) => value['inspection']));
  for (const { id } of listed) named.delete(id);
  if (named.size === 0) return [];
  return [...records.all('inspections', known)].filter(({ id }) => named.has(id)).map(toListed);
}

/** Recommendations that concern a unit, each once, the latest first; `overdue` ones are open too. */
export function listRecommendations(
  records: Records,
  registry: Registry,
  today: string,
  query: RecommendationsQuery,
  mayRead: MayRead,
) {
  const after = positionOf(records, 'recommendations', query.after ?? '');
  const all = recommendationsOf(records, registry, today, query, mayRead);
  const { items, next, total } = page(all, { limit: query.limit, after });
  return {
    total,
    recommendations: items.map((item) => ({ ...shown(item, registry), overdue: item.overdue })),
    labels: labelsOf(items, registry),
    next,
  };
}

export type RecommendationsQuery = ListQuery & { status?: 'open' | 'overdue' | 'closed' | undefined };

const CSV_HEAD = [
  ...['id', 'visit', 'number', 'text', 'issuedOn', 'due', 'status', 'overdue', 'closedOn', 'outcome'],
  ...['addressees', 'indicators', 'progress', 'lastProgressOn', 'lastProgress', 'place', 'placeLabel'],
  ...['ledger', 'seq', 'simulated'],
];

/** All of them as lines of a table, the first of which names the columns; addressees and places by their Vietnamese names. */
export function recommendationsTable(
  records: Records,
  registry: Registry,
  today: string,
  query: Omit<RecommendationsQuery, 'after' | 'limit'>,
  mayRead: MayRead,
): unknown[][] {
  const all = recommendationsOf(records, registry, today, { ...query, limit: Infinity }, mayRead);
  const lines = all.map((item) => {
    const { value, id, day, record, overdue } = item;
    const name = (unit: string) => unitLabel(registry, unit, day).vi;
    const progress = (value['progress'] as { reportedOn?: string; text?: string }[] | undefined) ?? [];
    const last = progress.at(-1);
    const addressees = ((value['addressees'] as PartyRecord[] | undefined) ?? []).map((party) =>
      partyText(party, name),
    );
    const at = String(value['at'] ?? '');
    return [
      ...[id, value['visit'], value['number'], value['text'], day, value['due'], value['status'], overdue],
      ...[value['closedOn'], value['outcome'], addressees.join('; ')],
      ...[
        ((value['indicators'] as string[] | undefined) ?? []).join(' '),
        progress.length,
        last?.reportedOn,
        last?.text,
      ],
      ...[at, at && name(at), record.unit, record.seq, isSimulated(item, registry) || ''],
    ];
  });
  return [CSV_HEAD, ...lines];
}

function partyText({ unit, body, every }: PartyRecord, name: (unit: string) => string): string {
  if (body) return `${body.body} (${name(body.of)})`;
  return every ? `${every.kind}: ${name(every.in)}` : name(unit ?? '');
}

function recommendationsOf(
  records: Records,
  registry: Registry,
  today: string,
  query: RecommendationsQuery,
  mayRead: MayRead,
) {
  const on = query.on ?? today;
  const withState = listed(records, registry, today, 'recommendations', query, mayRead).map((item) => {
    const value = asOn(item.value, on);
    return { ...item, value, ...stateOf(value, on) };
  });
  return withState.filter(({ closed, overdue }) => {
    if (query.status === undefined) return true;
    if (query.status === 'closed') return closed;
    return query.status === 'overdue' ? overdue : !closed;
  });
}

/** What stood on a day: without progress and an end of later days. */
function asOn(value: Record<string, unknown>, on: string): Record<string, unknown> {
  const { closedOn, outcome, closingNote, progress, ...asked } = value;
  const said = (progress as { reportedOn?: string }[] | undefined)?.filter(({ reportedOn = '' }) => reportedOn <= on);
  const isClosed = typeof closedOn === 'string' && closedOn <= on;
  return {
    ...asked,
    ...(said && said.length > 0 ? { progress: said } : {}),
    ...(isClosed ? { closedOn, outcome, ...(closingNote === undefined ? {} : { closingNote }) } : {}),
    status: isClosed ? 'closed' : said && said.length > 0 ? 'in-progress' : 'open',
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
  const covered = coveredOnce(registry);
  const { from = '', to = '9999-12', on = today } = query;
  return [...records.all(collection, query.known)]
    .map(toListed)
    .filter(({ day }) => from <= day.slice(0, 7) && day.slice(0, 7) <= to && day <= on)
    .filter((item) => concerns(item.involved, item.parties, item.day))
    .filter((item) => visibleTo(item, mayRead, covered))
    .sort((a, b) => (comesAfter(a, b) ? 1 : -1));
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
function visibleTo(item: Listed, mayRead: MayRead, covered: ReturnType<typeof coveredOnce>): boolean {
  if (namedIn(item).some(mayRead)) return true;
  return item.parties.some(({ every }) => every && covered(every, item.day).some(mayRead));
}

function namedIn({ record, involved, parties }: Listed): string[] {
  const ofParties = parties.flatMap((p) => [p.unit, p.body?.of, p.every?.in]).filter((u): u is string => !!u);
  return [record.unit, ...involved, ...ofParties];
}

/** What the units that are named in a list were called on its day; of those named twice, as in the first. */
function labelsOf(items: readonly Listed[], registry: Registry): Record<string, Label> {
  const labels: Record<string, Label> = {};
  for (const item of items) {
    const { place, at, authority, participants, with: others, progress } = item.value as Named;
    const offices = [authority, ...(participants ?? []), ...(others ?? [])].map((body) => body?.of);
    const reporters = (progress ?? []).map(({ by }) => by);
    for (const unit of [...namedIn(item), place, at, ...offices, ...reporters]) {
      if (unit) labels[unit] ??= unitLabel(registry, unit, item.day);
    }
  }
  return labels;
}

/** Where a record names units besides those that it concerns. */
interface Named {
  place?: string;
  at?: string;
  authority?: { of: string };
  participants?: { of: string }[];
  with?: { of: string }[];
  progress?: { by?: string }[];
}

interface Page<T> {
  items: T[];
  /** Of all pages. */
  total: number;
  next: string | null;
}

/** Where something stands in a list. */
type Position = Pick<Listed, 'day' | 'id'>;

/** The latest first; of one day by id. */
const comesAfter = (a: Position, b: Position): boolean => (a.day === b.day ? a.id > b.id : a.day < b.day);

/**
 * Where the last one of a page stands, also when it is no longer in the list: closed since, withdrawn, or changed. '': before all.
 * A 400 for what was never in any.
 */
function positionOf(records: Records, collection: RecordCollection, id: string): Position | undefined {
  if (id === '') return undefined;
  const record = records.find(collection, id);
  if (!record) throw malformed(`No page ends with \`${id.slice(0, 80)}\`: ask for the first one.`, 'after');
  return toListed(record);
}

function page<T extends Position>(
  items: readonly T[],
  { after, limit }: { after: Position | undefined; limit: number },
): Page<T> {
  const rest = after === undefined ? items : items.filter((item) => comesAfter(item, after));
  const found = rest.slice(0, limit);
  return { items: found, total: items.length, next: rest.length > found.length ? found.at(-1)!.id : null };
}

function shown(item: Listed, registry: Registry): Record<string, unknown> {
  const { record, value, id } = item;
  const { service, unit, seq } = record;
  return { id, ...value, ...(isSimulated(item, registry) ? { simulated: true } : {}), entry: { service, unit, seq } };
}

/** Of a unit that was made up to try the software on. */
const isSimulated = (item: Listed, registry: Registry): boolean =>
  [...namedIn(item), String(item.value['at'] ?? item.value['place'] ?? '')].some(
    (unit) => registry.unit(unit)?.simulated === true,
  );
