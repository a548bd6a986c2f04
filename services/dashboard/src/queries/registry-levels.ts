import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import { isAlive, valueOn } from '@gdtx/territory/records';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import type { FigureQuery } from './figure-query.js';
import type { LevelOn } from './levels.js';

/** The kinds of units that are counted. */
export const COUNTED = ['centre', 'community-centre'] as const;
export type Counted = (typeof COUNTED)[number];

const ONE = { sum: 1, exact: 1, atLeast: 0, about: 0 };

/** Every unit of a kind, alive or not: listed once, until the registry's next fact. */
export function unitsOfKind(registry: Registry, kind: UnitRecord['kind']): readonly UnitRecord[] {
  return registry.remember(`units of kind ${kind}`, () => [...registry.all(kind)]);
}

/** Units that live on a day, one each: centres by their kind then, community centres. */
export function livingUnits(registry: Registry, kind: Counted): LevelOn {
  return function* (day) {
    for (const record of unitsOfKind(registry, kind)) {
      if (!isAlive(record, day)) continue;
      yield { unit: record.id, category: valueOn(record.subkinds, day) ?? '', amount: ONE, carried: false };
    }
  };
}

/** The month in which the first unit of a kind that is known began. */
export function firstMonthOfKind(registry: Registry, kind: UnitRecord['kind']): number | undefined {
  return registry.remember(`first-month/${kind}`, () => ({ of: findFirstMonth(registry, kind) })).of;
}

function findFirstMonth(registry: Registry, kind: UnitRecord['kind']): number | undefined {
  let first: string | undefined;
  for (const { life } of unitsOfKind(registry, kind)) {
    if (life.from !== null && (first === undefined || life.from < first)) first = life.from;
  }
  return first === undefined ? undefined : monthIndexOf(monthOf(first));
}

/** The first month that makes a row. Where of no unit it is known when it began, they have been there all the time that is asked. */
export function firstMonthOf(query: FigureQuery, firstOfKind: number | undefined): number {
  return firstOfKind ?? monthIndexOf(query.from ?? query.to ?? monthOf(query.today));
}
