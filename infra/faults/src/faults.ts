import type { Fault } from './fault.js';

/** In the order in which they are tried. */
export const FAULTS: readonly Fault[] = [];
