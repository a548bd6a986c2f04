import type { Day } from './days.js';
import { placeOf } from './maps.js';
import { heirsOf, isAlive, valueOn, type Span, type UnitRecord } from './records.js';
import type { Registry } from './registry.js';

/** What would become of a unit. */
export type WhatChanges =
  | 'founded'
  | 'founding-withdrawn'
  | 'ended'
  | 'end-withdrawn'
  | 'renamed'
  | 'moved'
  | 'kind-changed'
  | 'authority-changed'
  | 'suspended'
  | 'resumed';

export interface ChangedUnit {
  unit: string;
  what: WhatChanges;
  /** Its name, as it is or would be last. */
  name: string;
  /** From which day on; empty where it isn't known. */
  on: Day;
  /** Of one that ends: its successors. Of one that moves: where it would lie. */
  to: string[];
}

export interface RegistryChanges {
  /** By unit, each change of one by itself. */
  units: ChangedUnit[];
  /** Of centres and community centres: how many would lie elsewhere by today's map, and their figures with them. */
  places: { province: number; commune: number; centre: number };
  /** Centres and community centres that are to report today: they live and aren't suspended. */
  reporters: { before: number; after: number };
}

/**
 * What facts would change: the registry as it is, and with them. `touched`: the units that they name. Where territory is among
 * these, every centre may come to lie elsewhere, and all are looked at.
 */
export function changesBetween(
  before: Registry,
  after: Registry,
  touched: Iterable<string>,
  today: Day,
): RegistryChanges {
  const units = [...new Set(touched)].sort();
  const isTerritory = units.some((unit) => (after.territory(unit) ?? before.territory(unit)) !== undefined);
  return {
    units: units.flatMap((unit) => changesOf(before.unit(unit), after.unit(unit))),
    places: movedPlaces(
      before,
      after,
      isTerritory ? [...seated(before)] : units.filter((unit) => isSeated(before.unit(unit))),
      today,
    ),
    reporters: { before: reporters(before, today), after: reporters(after, today) },
  };
}

function changesOf(was: UnitRecord | undefined, is: UnitRecord | undefined): ChangedUnit[] {
  const record = is ?? was;
  if (!record) return [];
  const told = (what: WhatChanges, on: Day | null, to: string[] = []): ChangedUnit => ({
    ...{ unit: record.id, what, name: record.names.at(-1)?.value.vi ?? '', on: on ?? '', to },
  });
  if (!was) return [told('founded', record.life.from), ...(record.life.to === null ? [] : [ended(record, told)])];
  if (!is) return [told('founding-withdrawn', was.life.from)];
  const found: ChangedUnit[] = [];
  const compare = <T>(what: WhatChanges, spansWere: readonly Span<T>[], spansAre: readonly Span<T>[]): void => {
    const since = firstDifference(spansWere, spansAre);
    if (since === undefined) return;
    const to =
      what === 'moved' ? spansAre.filter(({ from }) => (from ?? '') >= since).map(({ value }) => String(value)) : [];
    found.push(told(what, since, to));
  };
  compare('renamed', was.names, is.names);
  compare('moved', was.parents, is.parents);
  compare('kind-changed', was.subkinds, is.subkinds);
  compare('authority-changed', was.authorities, is.authorities);
  compare('suspended', was.suspended, is.suspended);
  const resumed = resumedOn(was, is);
  if (resumed) found.push(told('resumed', resumed));
  if (is.life.to !== was.life.to) {
    found.push(is.life.to === null ? told('end-withdrawn', was.life.to) : ended(is, told));
  }
  return found;
}

/** The day on which a suspension is over sooner than it would be, but for the unit's own end. */
function resumedOn(was: UnitRecord, is: UnitRecord): Day | undefined {
  for (const { from, to } of is.suspended) {
    const before = was.suspended.find((span) => span.from === from);
    if (before && to !== null && to !== is.life.to && (before.to === null || to < before.to)) return to;
  }
  return undefined;
}

function ended(
  record: UnitRecord,
  told: (what: WhatChanges, on: Day | null, to: string[]) => ChangedUnit,
): ChangedUnit {
  const heirs = heirsOf(record).map((edge) => edge.other);
  return told('ended', record.life.to, [...new Set(heirs)]);
}

/** The first day from which two histories say otherwise; that one ends earlier is no difference. */
function firstDifference<T>(one: readonly Span<T>[], other: readonly Span<T>[]): Day | undefined {
  const said = ({ from, value }: Span<T>): string => JSON.stringify([from, value]);
  const [before, after] = [new Set(one.map(said)), new Set(other.map(said))];
  const differing = [
    ...one.filter((span) => !after.has(said(span))),
    ...other.filter((span) => !before.has(said(span))),
  ];
  return differing.map(({ from }) => from ?? '').sort()[0];
}

const isSeated = (record: UnitRecord | undefined): boolean =>
  record?.kind === 'centre' || record?.kind === 'community-centre';

function* seated(registry: Registry): Iterable<string> {
  for (const kind of ['centre', 'community-centre'] as const) for (const { id } of registry.all(kind)) yield id;
}

function movedPlaces(
  before: Registry,
  after: Registry,
  units: readonly string[],
  today: Day,
): RegistryChanges['places'] {
  const moved = { province: 0, commune: 0, centre: 0 };
  for (const level of ['province', 'commune', 'centre'] as const) {
    for (const unit of units) {
      const [was, is] = [placeOf(before, unit, today, level), placeOf(after, unit, today, level)];
      if (JSON.stringify(was) !== JSON.stringify(is) && !sameUnit(was, is)) moved[level]++;
    }
  }
  return moved;
}

const sameUnit = (one: ReturnType<typeof placeOf>, other: ReturnType<typeof placeOf>): boolean =>
  one.kind === 'placed' && other.kind === 'placed' && one.unit === other.unit;

function reporters(registry: Registry, today: Day): number {
  let count = 0;
  for (const unit of seated(registry)) {
    const record = registry.unit(unit)!;
    if (isAlive(record, today) && valueOn(record.suspended, today) === undefined) count++;
  }
  return count;
}
