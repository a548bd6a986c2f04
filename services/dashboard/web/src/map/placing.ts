import type { UnitSummary } from '../api/types.js';

/**
 * Which unit each shape (a province of 2024, by its official code) belongs to on a day: its own province while that lives, else
 * the one that it became. Undefined: neither is a province on that day.
 */
export function placing(
  of2024: readonly UnitSummary[],
  alive: ReadonlySet<string>,
): (code: string) => string | undefined {
  const units = new Map<string, string | undefined>();
  for (const { id, officialCode, successors = [] } of of2024) {
    if (officialCode !== undefined)
      units.set(
        officialCode,
        [id, ...successors].find((unit) => alive.has(unit)),
      );
  }
  return (code) => units.get(code);
}

/** The last day on which the 63 provinces stood. */
export const LAST_DAY_OF_63 = '2025-06-30';

/** The day whose provinces are drawn: that of the map; by `then`, the last one of the period. */
export function dayDrawn(
  figure: { map: string; on?: string | undefined; to?: string | null | undefined },
  today: string,
): string {
  if (figure.map === 'today') return today;
  if (figure.map !== 'then') return figure.map;
  if (figure.on) return figure.on;
  if (!figure.to) return today;
  const lastDay = new Date(Date.UTC(Number(figure.to.slice(0, 4)), Number(figure.to.slice(5)), 0))
    .toISOString()
    .slice(0, 10);
  return lastDay < today ? lastDay : today;
}
