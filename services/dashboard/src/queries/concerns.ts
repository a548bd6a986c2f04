import { placeOf } from '@gdtx/territory/maps';
import { clipToLife } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { levelOf } from './places.js';

/** A unit, an office of a unit, or every unit of a kind in a territory, as a record holds it. */
export interface PartyRecord {
  unit?: string;
  body?: { body: string; of: string };
  every?: { kind: string; in: string };
}

/**
 * Whether something that involves units and parties concerns a unit: names it, or lies in it, on its day or by the map of the
 * unit's own nearest day to today. So what a merged province was told concerns its successor too.
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
  const isOneOf = ({ kind, in: territory }: { kind: string; in: string }, day: string): boolean => {
    const area = registry.unit(territory);
    if (record.kind !== kind || !area) return false;
    const placed = placeOf(registry, unit, clipToLife(area, day), levelOf(area));
    return placed.kind === 'placed' && placed.unit === territory;
  };
  return (involved, parties, day) =>
    involved.some((other) => liesIn(other, day)) ||
    parties.some(
      (party) =>
        (party.unit !== undefined && liesIn(party.unit, day)) ||
        (party.body !== undefined && liesIn(party.body.of, day)) ||
        (party.every !== undefined && (liesIn(party.every.in, day) || isOneOf(party.every, day))),
    );
}
