import { dayBefore, firstDay, type Day, type GivenDate } from '@gdtx/territory/days';
import { isAlive, type Change, type TerritoryKind, type UnitRecord } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { refuse, type Refusal } from './refusal.js';
import { firstRefusal, notInFuture } from './unit-rules.js';

/** Rules on how units begin, change and end, which every service with registry facts shares. Pure; each answers with a refusal or nothing. */

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

/** A simulated unit and a real one never come from one another: nothing made up may reach a figure that isn't marked. */
export function notMixed(registry: Registry, simulated: boolean, unit: string, path: string): Refusal | undefined {
  const record = registry.unit(unit);
  if (!record || (record.simulated ?? false) === simulated) return undefined;
  const [one, others] = simulated ? ['real', 'simulated'] : ['simulated', 'real'];
  return refuse(
    'simulated',
    `\`${unit}\` is ${one}, and what it is named with is ${others}: they are never mixed.`,
    path,
  );
}

/** What a new unit says of itself is what those that it comes from are. */
export function saysSimulated(simulated: boolean, says: boolean, path: string): Refusal | undefined {
  if (says === simulated) return undefined;
  const sentence = simulated
    ? 'What comes from simulated units is simulated, and must say so.'
    : 'What comes from real units is not simulated.';
  return refuse('simulated', sentence, `${path}.simulated`);
}

/** An id that was given before and withdrawn stays simulated or real. */
export function staysAsItWas(registry: Registry, unit: string, simulated: boolean, path: string): Refusal | undefined {
  const was = registry.wasSimulated(unit);
  if (was === undefined || was === simulated) return undefined;
  const sentence = `\`${unit}\` was ${was ? 'simulated' : 'real'} when its id was given first, and stays so.`;
  return refuse('simulated', sentence, path);
}

/** The unit can end on the day: it lived the day before, and nothing that is in the ledger happened to it since. */
export function canEnd(record: UnitRecord, day: Day, path: string): Refusal | undefined {
  const { id, life } = record;
  if (life.to !== null) {
    const heirs = record.successors.filter((edge) => edge.on === life.to).map((edge) => `\`${edge.other}\``);
    const successor = heirs.length ? `; its successor is ${heirs.join(', ')}` : '';
    return refuse('not-alive', `\`${id}\` ended on ${life.to} already${successor}.`, path);
  }
  if (!isAlive(record, dayBefore(day))) {
    return refuse('not-alive', `\`${id}\` exists since ${life.from}, so it can't have ended on ${day}.`, path);
  }
  const known = life.from === null ? firstDay(life.givenFrom) : '';
  if (known >= day) {
    return refuse('not-alive', `\`${id}\` still existed on ${known}, so it can't have ended on ${day}.`, path);
  }
  const after = record.changes.find((change) => change.on >= day);
  if (!after) return undefined;
  return refuse('contradicts', `\`${id}\` can't have ended on ${day}: on ${after.on} it was ${after.kind}.`, path);
}

/** Nothing of the same sort is in the ledger for that very day: two names from one day on contradict each other. */
export function notChangedThatDay(
  record: UnitRecord,
  day: Day,
  same: (change: Change) => boolean,
  path: string,
): Refusal | undefined {
  const other = record.changes.find((change) => change.on === day && !BEGINNINGS.has(change.kind) && same(change));
  if (!other) return undefined;
  const entry = `entry ${other.entry.seq} of the ledger ${other.entry.unit}`;
  return refuse('contradicts', `Of ${day}, ${entry} says otherwise of \`${record.id}\`; withdraw it first.`, path);
}

/** The unit can stop working from a day until another (`null`: not known): that is later, and no other suspension reaches into it. */
export function canBeSuspended({ id, suspended }: UnitRecord, from: Day, until: Day | null): Refusal | undefined {
  if (until !== null && until <= from) {
    return refuse('contradicts', `A suspension from ${from} can't be over by ${until}.`, 'data.until');
  }
  const other = suspended.find(
    (span) => (span.to === null || from < span.to) && (until === null || span.from! < until),
  );
  if (!other) return undefined;
  const end = other.to === null ? 'with no known end' : `until ${other.to}`;
  const sentence = `\`${id}\` is suspended from ${other.from} already, ${end}; correct that entry instead.`;
  return refuse('overlaps', sentence, 'data.from');
}

/** The unit can work again from the day on: it was suspended the day before, and would be on. */
export function canResume({ id, suspended }: UnitRecord, day: Day): Refusal | undefined {
  const before = dayBefore(day);
  if (suspended.some(({ from, to }) => from! <= before && (to === null || to > day))) return undefined;
  const sentence = `\`${id}\` isn't suspended on ${before} and beyond ${day}, so it can't resume its work.`;
  return refuse('not-suspended', sentence, 'data.effectiveOn');
}

/** What a unit was at its beginning may be changed on its first day. */
const BEGINNINGS: ReadonlySet<Change['kind']> = new Set(['established', 'merged', 'divided', 'separated', 'replaced']);
