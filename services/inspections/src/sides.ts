import type { Day } from '@gdtx/territory/days';
import { heirsOf, isAlive, stateOn, type UnitRecord } from '@gdtx/territory/records';
import { isWithin } from '@gdtx/territory/maps';
import type { Registry } from '@gdtx/territory/registry';
import type { PartyState } from './states.js';

/**
 * Whether `acting` may act for `unit` on a day: it is the unit or, when that has ended, one of those that it handed over to, at any
 * remove. What was handed over only to another level, as a district's tasks to its wards, or to nobody, is also seen to by
 * the unit above and its successors.
 */
export function actsFor(registry: Registry, acting: string, unit: string, on: Day, seen = new Set<string>()): boolean {
  if (acting === unit) return true;
  const record = registry.unit(unit);
  if (!record || stateOn(record, on) !== 'ended' || seen.has(unit)) return false;
  seen.add(unit);
  return headsOf(record).some((head) => actsFor(registry, acting, head, on, seen));
}

/** The living units that act for a unit on a day: itself or, when it has ended, whoever may stand in for it. */
export function standInsOf(registry: Registry, unit: string, on: Day, seen = new Set<string>()): string[] {
  const record = registry.unit(unit);
  if (!record || seen.has(unit)) return [];
  seen.add(unit);
  if (stateOn(record, on) !== 'ended') return [unit];
  return headsOf(record).flatMap((head) => standInsOf(registry, head, on, seen));
}

/** To whom a unit that has ended handed over: its heirs; with heirs of another level only, or none, also the unit above. */
function headsOf(record: UnitRecord): string[] {
  const heirs = heirsOf(record);
  const above = heirs.every((heir) => heir.otherKind) ? (record.parents.at(-1)?.value ?? '') : '';
  return [...heirs.map((heir) => heir.other), ...(above ? [above] : [])];
}

/**
 * Whether a unit may answer for what is asked of a party since `since`: it is the unit addressed, one of those that `every`
 * covered then, lay then in the territory of the addressed body's unit, or succeeded one of these.
 */
export function answersFor(registry: Registry, answering: string, party: PartyState, since: Day, on: Day): boolean {
  if ('unit' in party) return actsFor(registry, answering, party.unit, on);
  if ('every' in party) {
    const { kind, in: territory } = party.every;
    return line(registry, answering).some(
      (unit) => isOfKind(unit, kind, since) && lay(registry, unit, territory, since),
    );
  }
  const { of } = party.body;
  if (actsFor(registry, answering, of, on)) return true;
  // Everything lies in the country: what its ministry is asked for isn't answered by everybody.
  if (registry.unit(of)?.kind === 'country') return false;
  return (
    line(registry, answering).some((unit) => lay(registry, unit, of, since)) || isWithin(registry, answering, [of], on)
  );
}

/** The units that `every` names as of a day. All units are looked through, and one question asks it for each who may answer: remembered. */
export function coveredBy(registry: Registry, every: { kind: string; in: string }, day: Day): readonly string[] {
  return registry.remember(`every ${every.kind} in ${every.in} on ${day}`, () =>
    [...registry.unitsAlive(undefined, day)]
      .filter((unit) => isOfKind(unit, every.kind, day) && lay(registry, unit, every.in, day))
      .map((unit) => unit.id),
  );
}

/** A unit and all that it came from. */
function line(registry: Registry, unit: string, seen = new Map<string, UnitRecord>()): UnitRecord[] {
  const record = registry.unit(unit);
  if (record && !seen.has(unit)) {
    seen.set(unit, record);
    for (const before of record.predecessors) line(registry, before.other, seen);
  }
  return [...seen.values()];
}

function isOfKind(unit: UnitRecord, kind: string, day: Day): boolean {
  if (unit.kind === kind) return true;
  return unit.subkinds.some(
    (s) => s.value === kind && (s.from === null || s.from <= day) && (s.to === null || day < s.to),
  );
}

function lay(registry: Registry, unit: UnitRecord, territory: string, day: Day): boolean {
  return isAlive(unit, day) && isWithin(registry, unit.id, [territory], day);
}
