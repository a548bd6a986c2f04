import type { Part } from '../model.js';

/** The parts of a breakdown by number. */
export const PARTS: readonly Part[] = [
  '',
  'female',
  'under15',
  'from15to24',
  'from25to59',
  'from60',
  'ethnic-minority',
  'disabled',
];
