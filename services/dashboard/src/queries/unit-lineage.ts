import { givenLabel } from '@gdtx/territory/days';
import { lineageOf, type Lineage, type LineageEdge, type LineageForm, type LineageUnit } from '@gdtx/territory/lineage';
import { clipToLife, type Change, type UnitRecord } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { optional, plain } from './shown.js';
import { unitLabel, type Label } from './unit-labels.js';
import { summary } from './units.js';

const FORMS: Record<LineageForm, Label> = {
  consolidation: { vi: 'Hợp nhất', en: 'Consolidated' },
  absorption: { vi: 'Sáp nhập', en: 'Absorbed' },
  division: { vi: 'Chia', en: 'Divided' },
  separation: { vi: 'Tách', en: 'Separated' },
  replacement: { vi: 'Thay thế', en: 'Replaced' },
  rearrangement: { vi: 'Sắp xếp lại', en: 'Rearranged' },
  transfer: { vi: 'Chuyển một phần', en: 'Part transferred' },
  'level-ended': { vi: 'Kết thúc cấp hành chính', en: 'Its level ended' },
};

const LAST_DAY = '9999-12-31';

/**
 * A unit's history: every change with its date as given and its legal bases, and the graph of what came from what, all the way
 * back and on. Of a centre also where it had its seat, and the graph of that territory. Undefined for a unit that isn't known.
 */
export function unitLineage(registry: Registry, id: string): unknown {
  const unit = registry.unit(id);
  if (!unit) return undefined;
  const isSeated = unit.kind === 'centre' || unit.kind === 'community-centre';
  return {
    unit: id,
    changes: unit.changes.map((change) => shownChange(registry, change)),
    ...shownGraph(registry, lineageOf(registry, [id])),
    ...(isSeated ? { seats: shownSeats(registry, unit) } : {}),
  };
}

function shownSeats(registry: Registry, unit: UnitRecord): unknown {
  return {
    spans: unit.parents.map(({ from, to, value }) => ({
      unit: value,
      from,
      to,
      label: unitLabel(registry, value, from ?? clipToLife(unit, '0001-01-01')),
    })),
    ...shownGraph(
      registry,
      lineageOf(
        registry,
        unit.parents.map((span) => span.value),
      ),
    ),
  };
}

function shownGraph(registry: Registry, { units, edges, cut }: Lineage): object {
  return {
    units: units.map((each) => shownUnit(registry, each)),
    edges: edges.map((edge) => shownEdge(registry, edge)),
    cut,
  };
}

function shownUnit(registry: Registry, { record, steps }: LineageUnit): object {
  const { life, names } = record;
  return {
    ...summary(registry, record, clipToLife(record, LAST_DAY), LAST_DAY),
    state: undefined,
    steps,
    names: names.map(({ from, to, value }) => ({ from, to, ...plain(value) })),
    givenFrom: givenLabel(life.givenFrom),
    givenTo: givenLabel(life.givenTo),
    ...(life.knownSince ? { knownSince: life.from } : {}),
    changes: record.changes.map((change) => shownLine(change)),
  };
}

/** What happened to a unit, in a line. */
function shownLine({ kind, on, given, legalBasis, name }: Change): object {
  return {
    kind,
    on,
    asGiven: givenLabel(given),
    ...optional('name', name && plain(name)),
    legalBasis: legalBasis.map(plain),
  };
}

function shownEdge(registry: Registry, { from, to, on, given, extent, form, legalBasis, entry, ...edge }: LineageEdge) {
  return {
    from,
    to,
    on,
    asGiven: givenLabel(given),
    extent,
    default: edge.default,
    ...(form ? { form, formLabel: FORMS[form] } : {}),
    labels: { [from]: unitLabel(registry, from, on), [to]: unitLabel(registry, to, on) },
    ...shownBasis(legalBasis),
    ...optional('entry', entry),
  };
}

function shownChange(registry: Registry, change: Change): object {
  const { kind, on, given, from, to, legalBasis, entry, name, subkind, basedOn } = change;
  return {
    kind,
    on,
    asGiven: givenLabel(given),
    from,
    to,
    labels: Object.fromEntries([...from, ...to].map((unit) => [unit, unitLabel(registry, unit, on)])),
    ...shownBasis(legalBasis),
    ...optional('name', name),
    ...optional('subkind', subkind),
    ...optional('address', change.address),
    ...optional('authority', change.authority && plain(change.authority)),
    ...optional('until', change.until),
    ...(basedOn && basedOn.length > 0 ? { basedOn: basedOn.map(plain) } : {}),
    ...optional('source', change.source && plain(change.source)),
    entry,
  };
}

/** What has no legal basis that is known is said to have none: «chưa rõ căn cứ». */
function shownBasis(legalBasis: Change['legalBasis']): object {
  return { legalBasis: legalBasis.map(plain), ...(legalBasis.length === 0 ? { legalBasisUnknown: true } : {}) };
}
