import type { Day } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import type { Dictionary } from '../columns/dictionary.js';
import type { Key } from '../queries/places.js';
import { cellsOf, marked, marksOf, type UnitCodes } from '../queries/unit-codes.js';

/** Where units are put by the sums that are kept: into the provinces of a map, or all into the nation. */
export interface SumPlaces {
  /** Of what adds up over months. */
  readonly codes: UnitCodes;
  /** Of what holds on a day. */
  on(day: Day): Pick<UnitCodes, 'always' | 'key'>;
  /** Whether a unit comes to lie elsewhere with the map: by `then`. */
  readonly move: boolean;
}

/** The provinces of a day's map; null: by `then`. */
export function provinces(lineage: Registry, units: Dictionary, mapDay: Day | null): SumPlaces {
  const on = (day: Day) => cellsOf(lineage, units, mapDay ?? day, 'province');
  return { codes: cellsOf(lineage, units, mapDay ?? 'then', 'province'), on, move: mapDay === null };
}

const NATION: Key = { key: 'vn' };

/** The whole nation, which is the same by every map. */
export function nation(lineage: Registry, units: Dictionary): SumPlaces {
  const always = marksOf(lineage, units);
  const codes: UnitCodes = {
    always,
    runs: (unit) => [{ from: 0, code: always(unit) }],
    key: (code) => marked(NATION, code),
  };
  return { codes, on: () => codes, move: false };
}
