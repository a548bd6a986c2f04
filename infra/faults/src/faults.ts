import type { Fault } from './fault.js';
import { killServices } from './faults/kill-services.js';
import { SPECIAL } from './special-faults.js';

/** In the order in which they are tried. */
export const FAULTS: readonly Fault[] = [...killServices, ...SPECIAL];
