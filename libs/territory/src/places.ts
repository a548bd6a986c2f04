import type { Day } from './days.js';
import { dayBefore, monthOf } from './days.js';
import type { UnitRecord } from './records.js';
import { nearestValue } from './records.js';
import type { Registry } from './registry.js';
import type { Finds, Level } from './resolve.js';
import { DayResolver, isSeated } from './resolve.js';

/** What a unit's place is looked up by: its seat on the day, or the nearest that it had; territory itself. */
export function baseOf(record: UnitRecord | undefined, unit: string, day: Day): string {
  return record && isSeated(record) ? (nearestValue(record.parents, day) ?? '') : unit;
}

export function findsOf(
  frozen: Registry,
  unit: string,
  day: Day,
  level: Level,
): { resolver: DayResolver; finds: Finds } {
  const resolver = resolverOf(frozen, day, level);
  const base = level === 'centre' ? unit : baseOf(frozen.unit(unit), unit, day);
  return { resolver, finds: resolver.finds(base, level) };
}

export function resolverOf(frozen: Registry, day: Day, level: Level): DayResolver {
  if (level !== 'centre') return DayResolver.ofTerritory(frozen, day);
  return frozen.remember(`at/${day}`, () => DayResolver.ofAll(frozen, day));
}

/**
 * The day on which a month's facts look for their place, of a month given by its last day: the last on which the unit
 * lived in it. For what lies before its life, as an award inherited or a balance, its first day; for what is said of it
 * after its end, the month's last day, on which its successors stand for it.
 */
export function thenDay(record: UnitRecord, lastOfMonth: Day): Day {
  const { from, to } = record.life;
  if (from !== null && lastOfMonth < from) return from;
  if (to === null || lastOfMonth < to) return lastOfMonth;
  const lastOfLife = dayBefore(to);
  return monthOf(lastOfLife) === monthOf(lastOfMonth) ? lastOfLife : lastOfMonth;
}
