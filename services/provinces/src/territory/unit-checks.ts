import { TERRITORY } from '@gdtx/ledger/registry-rules';
import { firstRefusal, unitAlive } from '@gdtx/ledger/unit-rules';
import { refuse, unitUnknown, type Refusal } from '@gdtx/ledger/refusal';
import { dayBefore, type Day } from '@gdtx/territory/days';
import { valueOn, type TerritoryKind, type UnitRecord } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';

/** What decisions on territory have in common. Pure; each answers with a refusal or nothing. */

/** What a unit of a kind may lie in: a commune in a province since the districts ended. */
const PARENTS: Record<string, readonly TerritoryKind[]> = {
  country: [],
  province: ['country'],
  district: ['province'],
  commune: ['district', 'province'],
};

/** The kind of a parent suits the unit's. */
export function kindFits(unit: { id: string; kind: string }, parent: { id: string; kind: string }, path: string) {
  const fitting: readonly string[] = PARENTS[unit.kind] ?? [];
  if (fitting.includes(parent.kind)) return undefined;
  const sentence = fitting.length ? `must lie in a ${fitting.join(' or a ')}` : 'lies in no other unit';
  return refuse('wrong-kind', `\`${parent.id}\` is a ${parent.kind}; a ${unit.kind} ${sentence}.`, path);
}

/** The parent is known, of a fitting kind, and lives on the day. */
export function parentFits(
  registry: Registry,
  unit: { id: string; kind: string },
  parent: string,
  day: Day,
  path: string,
): Refusal | undefined {
  const known = registry.unit(parent);
  if (!known) return unitUnknown(parent, path);
  return firstRefusal(
    () => kindFits(unit, known, path),
    () => unitAlive(registry, parent, day, path),
  );
}

/** A unit of territory, known and no country. */
export function partOfTheCountry(registry: Registry, unit: string, path: string): Refusal | undefined {
  const known = registry.unit(unit);
  if (!known) return unitUnknown(unit, path);
  const kinds: readonly string[] = TERRITORY;
  if (kinds.includes(known.kind) && known.kind !== 'country') return undefined;
  return refuse('wrong-kind', `\`${unit}\` is a ${known.kind}; here it must be a province, district or commune.`, path);
}

/** A move leads somewhere else. */
export function elsewhere(unit: UnitRecord, parent: string, day: Day, path: string): Refusal | undefined {
  if (valueOn(unit.parents, dayBefore(day)) !== parent) return undefined;
  return refuse('unchanged', `\`${unit.id}\` lay in \`${parent}\` before ${day} already.`, path);
}

/** Names the first few of many. */
export function some(ids: string[]): string {
  const named = ids.slice(0, 5).map((id) => `\`${id}\``);
  return ids.length > named.length ? `${named.join(', ')} and ${ids.length - named.length} more` : named.join(', ');
}
