/** What rows can be made by. */
export const TERRITORY_LEVELS = ['province', 'district', 'commune'] as const;
export const TIMES = ['month', 'year', 'school-year'] as const;
export const DIMENSIONS = [...TERRITORY_LEVELS, 'centre', ...TIMES, 'category', 'authority'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export function isTime(dimension: Dimension): boolean {
  return (TIMES as readonly string[]).includes(dimension);
}
