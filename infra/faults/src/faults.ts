import type { Fault } from './fault.js';
import { killServices } from './faults/kill-services.js';
import { atTheSocket } from './faults/lost-answers.js';
import { publishedAgain } from './faults/published-again.js';
import { stoppedProjector } from './faults/stopped-projector.js';

/** What is done to the way of a fact besides ending its parts. */
const SPECIAL: readonly Fault[] = [stoppedProjector, ...atTheSocket, publishedAgain];

/** In the order in which they are tried. */
export const FAULTS: readonly Fault[] = [...killServices, ...SPECIAL];
