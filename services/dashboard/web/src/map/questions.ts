import type { FigureQuestion } from '../api/queries.js';
import type { Indicator } from '../api/types.js';
import { periodOf } from '../view/period.js';
import type { View } from '../view/view.js';
import { dayDrawn, LAST_DAY_OF_63 } from './placing.js';

/** What the map asks. Pure. */

export const FIRST_INDICATOR = 'learners-present';

/** Into what an indicator of a unit can be parted here. */
export const levelsOf = (indicator: Indicator | undefined, unit: string): string[] =>
  (unit === 'vn' ? ['province'] : ['commune', 'centre']).filter((each) => indicator?.by.includes(each));

export function mapQuestion(
  indicator: Indicator,
  { unit, by, view }: { unit: string; by: string; view: Pick<View, 'map' | 'known' | 'from' | 'to' | 'at'> },
  today: string,
): FigureQuestion & { map: string } {
  const of = { indicator: indicator.id, unit, map: view.map, known: view.known, by, sort: '-value' };
  return { ...of, ...periodOf(view, indicator.kind, today) };
}

const provincesOn = (day: string): string => `/v1/units?kind=province&on=${day}&limit=200`;

/** The provinces that there are outlines of, and those of the day that a figure, or the question for one, is drawn by. */
export const drawnPaths = (of: Parameters<typeof dayDrawn>[0], today: string) => ({
  of2024: provincesOn(LAST_DAY_OF_63),
  alive: provincesOn(dayDrawn(of, today)),
});
