import type { Body } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { TERRITORY } from '@gdtx/ledger/registry-rules';
import { firstRefusal, unitAlive, unitOfKind } from '@gdtx/ledger/unit-rules';
import { firstDay, lastDay, type Day, type GivenDate } from '@gdtx/territory/days';
import type { UnitRecord } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';

/** What decisions on centres have in common. Pure; each answers with a refusal or nothing. */

/** A centre that is known and lives on the day. */
export function centreAlive(registry: Registry, centre: string, day: Day, path: string): Refusal | undefined {
  return firstRefusal(
    () => unitOfKind(registry, centre, ['centre'], path),
    () => unitAlive(registry, centre, day, path),
  );
}

/**
 * Territory that something may lie in from the day on. It hasn't ended by then; it may begin later, since an old centre's
 * place is often known by today's names alone, and is followed back.
 */
export function place(registry: Registry, unit: string, day: Day, path: string): Refusal | undefined {
  return firstRefusal(
    () => unitOfKind(registry, unit, TERRITORY, path),
    () => {
      const { to } = registry.unit(unit)!.life;
      return to !== null && day >= to ? unitAlive(registry, unit, day, path) : undefined;
    },
  );
}

/** The unit that a body belongs to is territory. */
export function bodyOf(registry: Registry, body: Body | undefined, day: Day, path: string): Refusal | undefined {
  return body ? place(registry, body.of, day, `${path}.of`) : undefined;
}

/** The centre lives on at least one of the days that a date allows; dates are compared as precisely as they were given. */
export function livesDuring(record: UnitRecord, given: GivenDate, path: string): Refusal | undefined {
  const { id, life } = record;
  const [from, to] = given.on ? [firstDay(given), lastDay(given)] : [given.notBefore, given.notAfter];
  if (life.from !== null && to !== '' && to < life.from) {
    return refuse('unit-not-yet', `\`${id}\` exists since ${life.from}, not yet on ${to}.`, path);
  }
  return notOver(record, from, path);
}

/** The centre has not ended by the first of the days that a date allows; '': not known when that is. */
export function notOver({ id, life, successors }: UnitRecord, from: Day, path: string): Refusal | undefined {
  if (life.to === null || from === '' || from < life.to) return undefined;
  const heirs = successors.filter((edge) => edge.on === life.to).map((edge) => `\`${edge.other}\``);
  const successor = heirs.length ? `; its successor is ${heirs.join(', ')}` : '';
  return refuse('unit-ended', `\`${id}\` ended on ${life.to}, before ${from}${successor}.`, path);
}

/** The centre lives on at least a day of the year. */
export function livesInYear(record: UnitRecord, year: number, path: string): Refusal | undefined {
  return livesDuring(record, { on: String(year), notBefore: '', notAfter: '' }, path);
}

/** The first refusal of the items, each with the path of its place in a list. */
export function each<Item>(
  items: readonly Item[],
  path: string,
  check: (item: Item, path: string) => Refusal | undefined,
): Refusal | undefined {
  for (const [index, item] of items.entries()) {
    const refusal = check(item, `${path}.${index}`);
    if (refusal) return refusal;
  }
  return undefined;
}

/** No name stands twice in a list. */
export function onceEach(names: readonly (string | number)[], path: string): Refusal | undefined {
  return each(names, path, (name, at) =>
    names.indexOf(name) === Number(at.slice(path.length + 1))
      ? undefined
      : refuse('contradicts', `\`${name}\` is named twice.`, at),
  );
}
