import { placeOf } from '@gdtx/territory/maps';
import { clipToLife, heirsOf, isAlive, valueOn } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { isWithin } from '@gdtx/territory/within';
import { levelOf } from './places.js';

/** A unit, an office of a unit, or every unit of a kind in a territory, as a record holds it. */
export interface PartyRecord {
  unit?: string;
  body?: { body: string; of: string };
  every?: { kind: string; in: string };
}

/**
 * Whether something that involves units and parties concerns a unit: names it, or one that it succeeded, or lies in it, on its
 * day or by the map of the unit's own nearest day to today. So what a merged province was told concerns its successor too, and
 * what a city's community centres were asked concerns the ward in which one of them lies.
 */
export function concernedBy(
  registry: Registry,
  unit: string,
  today: string,
): (involved: readonly string[], parties: readonly PartyRecord[], day: string) => boolean {
  const record = registry.unit(unit)!;
  if (record.kind === 'country') return () => true;
  const level = levelOf(record);
  const days = (day: string) => new Set([clipToLife(record, today), clipToLife(record, day)]);
  const liesIn = (other: string, day: string): boolean => {
    if (other === unit) return true;
    return [...days(day)].some((on) => {
      const placed = placeOf(registry, other, on, level);
      return placed.kind === 'placed' && placed.unit === unit;
    });
  };
  const heirs = once((other: string) => heirsAtAnyRemove(registry, other));
  const named = (other: string, day: string) => liesIn(other, day) || heirs(other).has(unit);
  const covered = coveredOnce(registry);
  return (involved, parties, day) =>
    involved.some((other) => liesIn(other, day)) ||
    parties.some(
      (party) =>
        (party.unit !== undefined && named(party.unit, day)) ||
        (party.body !== undefined && named(party.body.of, day)) ||
        (party.every !== undefined &&
          (liesIn(party.every.in, day) || covered(party.every, day).some((other) => named(other, day)))),
    );
}

/** The units that `every` names as of a day, each question worked out once. */
export function coveredOnce(registry: Registry): (every: NonNullable<PartyRecord['every']>, day: string) => string[] {
  const found = new Map<string, string[]>();
  return ({ kind, in: territory }, day) => {
    const key = `${kind}/${territory}/${day}`;
    let units = found.get(key);
    if (!units) {
      units = [...registry.all()]
        .filter((each) => isAlive(each, day) && (each.kind === kind || valueOn(each.subkinds, day) === kind))
        .filter((each) => isWithin(registry, each.id, [territory], day))
        .map(({ id }) => id);
      found.set(key, units);
    }
    return units;
  };
}

/** Who came after a unit that has ended, and after these. */
function heirsAtAnyRemove(registry: Registry, unit: string, into = new Set<string>()): Set<string> {
  const record = registry.unit(unit);
  for (const { other } of record ? heirsOf(record) : []) {
    if (into.has(other)) continue;
    into.add(other);
    heirsAtAnyRemove(registry, other, into);
  }
  return into;
}

function once<T>(work: (key: string) => T): (key: string) => T {
  const done = new Map<string, T>();
  return (key) => {
    if (!done.has(key)) done.set(key, work(key));
    return done.get(key)!;
  };
}
