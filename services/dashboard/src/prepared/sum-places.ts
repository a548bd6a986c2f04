import type { Day } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import type { Dictionary } from '../columns/dictionary.js';
import { cellsOf, type UnitCodes } from '../queries/unit-codes.js';
import { PlaceCodes } from './place-codes.js';

/** Where units are put by the sums that are kept: into the provinces of a map. */
export interface SumPlaces {
  /** Of what adds up over months. */
  readonly codes: UnitCodes;
  /** Of what holds on a day. */
  readonly onDays: PlaceCodes;
  /** Whether a unit comes to lie elsewhere with the map: by `then`. */
  readonly move: boolean;
}

/** The provinces of a day's map; null: by `then`. */
export function provinces(lineage: Registry, units: Dictionary, mapDay: Day | null): SumPlaces {
  const onDays = new PlaceCodes((day) => cellsOf(lineage, units, mapDay ?? day, 'province'));
  return { codes: cellsOf(lineage, units, mapDay ?? 'then', 'province'), onDays, move: mapDay === null };
}
