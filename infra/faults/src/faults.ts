import type { Fault } from './fault.js';
import { killServices } from './faults/kill-services.js';
import { publishedAgain } from './faults/published-again.js';

/** What is done to the way of a fact besides ending its parts. */
const SPECIAL: readonly Fault[] = [publishedAgain];

/** In the order in which they are tried. */
export const FAULTS: readonly Fault[] = [...killServices, ...SPECIAL];
