import { heirsOf } from '@gdtx/territory/records';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { dayNumber } from '../columns/level-events.js';

/** A unit that took over the levels of one that ended, and who took over from it where it has ended too. */
export interface Heir {
  /** Its number in the dictionary; -1: nobody has heard anything of it. */
  unit: number;
  /** The number of the day on which it took over. */
  since: number;
  heirs: readonly Heir[];
}

/** Who took over the levels of a unit: where one is declared, the default successor alone. Empty while it lives. */
export function heirsOfLevels(
  registry: Registry,
  record: UnitRecord,
  numberOf: (unit: string) => number,
  before = '',
  seen: ReadonlySet<string> = new Set(),
): readonly Heir[] {
  const edges = heirsOf(record);
  const chosen = edges.find((edge) => edge.default);
  const passed = new Set(seen).add(record.id);
  return (chosen ? [chosen] : edges)
    .filter(({ other }) => !passed.has(other))
    .map(({ other, on }) => {
      const since = on > before ? on : before;
      const heir = registry.unit(other);
      const heirs = heir ? heirsOfLevels(registry, heir, numberOf, since, passed) : [];
      return { unit: numberOf(other), since: dayNumber(since), heirs };
    });
}

/**
 * From which day on a level that heirs carry has been said anew by them: each by its own first report since it took over, or by all
 * who took over from it. `firstReport`: the day of a unit's first report since a day. Infinity: never.
 */
export function saidAnewFrom(heirs: readonly Heir[], firstReport: (unit: number, since: number) => number): number {
  if (heirs.length === 0) return Infinity;
  return Math.max(
    ...heirs.map((heir) => Math.min(firstReport(heir.unit, heir.since), saidAnewFrom(heir.heirs, firstReport))),
  );
}
