import { addDays, lastDayOfMonth, type Day, type Month } from '@gdtx/territory/days';
import { simulatedFact, SOURCE, type SimulatedFact } from './fact.js';
import { earlierDay, LAST_DAY } from './calendar.js';
import type { Random } from './random.js';
import { codeOf, REFORM, type Commune, type Place, type Province } from './territory.js';

/** A unit of the nation as its reporting needs it. */
export interface SimulatedUnit {
  id: string;
  kind: 'centre' | 'community-centre';
  province: Province;
  seat: Commune;
  /** Its first day; '': it was there before the five years. */
  from: Day;
  /** The day on which it no longer lived. */
  to: Day | null;
  suspended: { from: Day; to: Day }[];
  /** How much it reports, beside others of its kind. */
  weight: number;
  /** How large its numbers are: 1 is usual. */
  size: number;
  /** Of a centre: the community centres of its district. */
  supports: string[];
  /** Of a community centre: to which communes it moved, in order. */
  moves: { on: Day; seat: Commune }[];
}

/** Where a community centre lies on a day: in a commune of before the reform, or in what that became. */
export function seatOn({ seat, moves }: Pick<SimulatedUnit, 'seat' | 'moves'>, day: Day): Place {
  const commune = moves.findLast(({ on }) => on <= day)?.seat ?? seat;
  return day < REFORM ? commune : commune.after;
}

export const livesOn = ({ from, to }: SimulatedUnit, day: Day): boolean => day >= from && (to === null || day < to);

/** It lives and works on at least a day of the month. */
export function worksIn({ from, to, suspended }: SimulatedUnit, month: Month): boolean {
  const [first, last] = [`${month}-01`, lastDayOfMonth(month)];
  if (last < from || (to !== null && to <= first)) return false;
  return !suspended.some((span) => span.from <= first && span.to > last);
}

/** The province on a day: the one of before the reform, or what it became. */
export const provinceOn = ({ province }: Pick<SimulatedUnit, 'province'>, day: Day): Place =>
  day < REFORM ? province : province.after;

/** Where many belong to ethnic minorities: codes of 2024. */
const MOUNTAINS = new Set('02 04 06 08 10 11 12 14 15 17 20 62 64 66 67 68'.split(' '));

export const isMountainous = (province: Province): boolean => MOUNTAINS.has(codeOf(province));

/** A fact of the registry: in the ledger `vn`, told by whoever keeps it. */
export function registryFact(
  service: 'centres' | 'community-learning',
  name: string,
  id: string,
  recordedOn: Day,
  data: Record<string, unknown>,
): SimulatedFact {
  return simulatedFact({
    ...{ id, service, name, source: 'vn', ledger: 'vn' },
    recordedOn: earlierDay(recordedOn, LAST_DAY),
    data: { ...data, source: SOURCE },
  });
}

export const byCommune = (of: string, on: Day, rng: Random) =>
  decision(`${rng.int(10, 400)}/QĐ-UBND`, addDays(on, -rng.int(1, 15)), `UBND ${of}`);

export function decision(number: string, issuedOn: Day, issuer: string) {
  return [{ number, issuedOn, issuer }];
}
