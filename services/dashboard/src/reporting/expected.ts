import {
  firstDayOfMonth,
  lastDayOfMonth,
  monthAt,
  monthIndexOf,
  monthOf,
  type Day,
  type Month,
} from '@gdtx/territory/days';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { isAlive } from '@gdtx/territory/records';
import type { Dictionary } from '../columns/dictionary.js';

/**
 * The centres and community centres that a report of a month is expected of: those that live when the month ends. So one that
 * was merged on the 1st of July is expected for June, and its successor for July. One whose operation was suspended through all
 * of the month that it lived isn't silent: nothing was expected of it.
 */
export function expectedIn(registry: Registry, month: Month): readonly UnitRecord[] {
  return registry.remember(`expected in ${month}`, () =>
    livingIn(registry, month).filter((unit) => !suspendedThrough(unit, month)),
  );
}

/** Those of which nothing is expected for a month, since their operation was suspended through all of it. */
export function suspendedIn(registry: Registry, month: Month): readonly UnitRecord[] {
  return registry.remember(`suspended in ${month}`, () =>
    livingIn(registry, month).filter((unit) => suspendedThrough(unit, month)),
  );
}

/** In which months (months since year 0) a unit lives when they end, without objects for each. */
export interface LivingMonths {
  /** As the read model numbers it. */
  unit: number;
  first: number;
  last: number;
  /** Whether nothing is expected of it in a month that it lives in. */
  suspended: (month: number) => boolean;
}

/** The same for all months at once: every unit of which reports may be expected, with the months in which it lives. */
export function livingMonths(registry: Registry, units: Dictionary): readonly LivingMonths[] {
  const kept = registry.remember('living months', () => new WeakMap<Dictionary, readonly LivingMonths[]>());
  let living = kept.get(units);
  if (!living) kept.set(units, (living = [...all(registry)].map((unit) => livingMonthsOf(unit, units))));
  return living;
}

function livingMonthsOf(record: UnitRecord, units: Dictionary): LivingMonths {
  const { from, to } = record.life;
  return {
    unit: units.number(record.id),
    first: from === null ? -Infinity : monthIndexOf(monthOf(from)),
    last: to === null ? Infinity : monthIndexOf(monthOf(to)) - 1,
    suspended: record.suspended.length === 0 ? never : (month) => suspendedThrough(record, monthAt(month)),
  };
}

const never = () => false;

function livingIn(registry: Registry, month: Month): UnitRecord[] {
  const last = lastDayOfMonth(month);
  return [...all(registry)].filter((unit) => isAlive(unit, last));
}

function* all(registry: Registry): Iterable<UnitRecord> {
  yield* registry.all('centre');
  yield* registry.all('community-centre');
}

function suspendedThrough(unit: UnitRecord, month: Month): boolean {
  const first = laterOf(firstDayOfMonth(month), unit.life.from ?? '');
  const last = lastDayOfMonth(month);
  return unit.suspended.some(
    (span) => (span.from === null || span.from <= first) && (span.to === null || span.to > last),
  );
}

const laterOf = (one: Day, other: Day): Day => (one > other ? one : other);
