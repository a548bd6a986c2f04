import { firstRefusal, notInFuture, unitAlive } from '@gdtx/ledger/unit-rules';
import { refuse, unitUnknown, type Refusal } from '@gdtx/ledger/refusal';
import { dayBefore, firstDay, type Day, type GivenDate } from '@gdtx/territory/days';
import { isAlive, valueOn, type Change, type TerritoryKind, type UnitRecord } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';

/** What decisions on territory have in common. Pure; each answers with a refusal or nothing. */

/** What a unit of a kind may lie in: a commune in a province since the districts ended. */
const PARENTS: Record<string, readonly TerritoryKind[]> = {
  country: [],
  province: ['country'],
  district: ['province'],
  commune: ['district', 'province'],
};

export const TERRITORY: readonly TerritoryKind[] = ['country', 'province', 'district', 'commune'];

/** Neither the day from which it counts nor the end of its bounds lies in the future. */
export function happened(given: GivenDate | undefined, today: Day, path: string): Refusal | undefined {
  return firstRefusal(
    () => notInFuture(firstDay(given), today, path),
    () => notInFuture(given?.notAfter ?? '', today, `${path}.notAfter`),
  );
}

/** An id names one unit for ever, also after it has ended. */
export function idUnused(registry: Registry, unit: string, path: string): Refusal | undefined {
  if (!registry.has(unit)) return undefined;
  return refuse('exists-already', `\`${unit}\` is the id of a unit already; ids are never given twice.`, path);
}

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

/** The unit can end on the day: it lived the day before, and nothing that is in the ledger happened to it since. */
export function canEnd(record: UnitRecord, day: Day, path: string): Refusal | undefined {
  const { id, life } = record;
  if (life.to !== null) return refuse('not-alive', `\`${id}\` ended on ${life.to} already.`, path);
  if (!isAlive(record, dayBefore(day))) {
    return refuse('not-alive', `\`${id}\` exists since ${life.from}, so it can't have ended on ${day}.`, path);
  }
  const known = life.from === null ? firstDay(life.givenFrom) : '';
  if (known >= day)
    return refuse('not-alive', `\`${id}\` still existed on ${known}, so it can't have ended on ${day}.`, path);
  const later = record.changes.find((change) => change.on >= day);
  if (!later) return undefined;
  return refuse('contradicts', `\`${id}\` can't have ended on ${day}: on ${later.on} it was ${later.kind}.`, path);
}

/** Nothing of the same sort is in the ledger for that very day: two names from one day on contradict each other. */
export function notChangedThatDay(
  record: UnitRecord,
  day: Day,
  same: (change: Change) => boolean,
  path: string,
): Refusal | undefined {
  const other = record.changes.find((change) => change.on === day && change.kind !== 'established' && same(change));
  if (!other) return undefined;
  const entry = `entry ${other.entry.seq} of the ledger ${other.entry.unit}`;
  return refuse('contradicts', `Of ${day}, ${entry} says otherwise of \`${record.id}\`; withdraw it first.`, path);
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
