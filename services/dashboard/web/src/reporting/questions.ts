import { address } from '../api/client.js';
import type { View } from '../view/view.js';

/** What the calendar asks. Pure. */

/** Into what a unit of each kind is parted; the first one at first. */
const PARTED: Readonly<Record<string, readonly string[]>> = {
  country: ['province'],
  province: ['centre', 'commune', 'district'],
  district: ['centre', 'commune'],
};
const UNITS = ['centre'];

export const partsOf = (kind: string): readonly string[] => PARTED[kind] ?? UNITS;

/** Who has reported in these months, by the parts of a unit. */
export const calendarPath = (
  unit: string,
  by: string,
  months: readonly string[],
  { map, known }: Pick<View, 'map' | 'known'>,
): string =>
  address('/v1/reporting', {
    ...{ from: months[0], to: months.at(-1), by: `${by},month`, map, known },
    ...(unit !== 'vn' && { unit }),
  });

/** Where the unit lies. */
export const placePath = (unit: string, at: string): string => `/v1/units/${unit}?on=${at}`;
