import { firstDayOfMonth, lastDayOfMonth, type Day, type Month } from '@gdtx/territory/days';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { isAlive } from '@gdtx/territory/records';

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

function livingIn(registry: Registry, month: Month): UnitRecord[] {
  const last = lastDayOfMonth(month);
  return [...units(registry)].filter((unit) => isAlive(unit, last));
}

function* units(registry: Registry): Iterable<UnitRecord> {
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
