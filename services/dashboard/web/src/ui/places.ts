import type { FigureRow, PlacedUnit, Text } from '../api/types.js';

/** Whether a row is a place of its own; what isn't placed, or lies at another level, is none, and has no rank. */
export const isPlace = ({ key, unplaced, undivided }: FigureRow): boolean => key !== 'none' && !unplaced && !undivided;

/** The places that tell units of one name apart: those that it lies in, up to the one that is looked at (or the country). */
export function placesWithin(within: PlacedUnit['within'], text: (name: Text) => string, looked = 'vn'): string[] {
  const end = within.findIndex(({ id, kind }) => id === looked || kind === 'country');
  return within.slice(0, end === -1 ? undefined : end).map(({ label }) => text(label));
}
