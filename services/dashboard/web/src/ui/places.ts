import type { FigureRow } from '../api/types.js';

/** Whether a row is a place of its own; what isn't placed, or lies at another level, is none, and has no rank. */
export const isPlace = ({ key, unplaced, undivided }: FigureRow): boolean => key !== 'none' && !unplaced && !undivided;
