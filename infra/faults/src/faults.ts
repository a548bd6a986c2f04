import type { Fault } from './fault.js';
import { allInTurn } from './faults/all-in-turn.js';
import { killBetween } from './faults/kill-between.js';
import { killEngines } from './faults/kill-engines.js';
import { killEverything } from './faults/kill-everything.js';
import { killServices } from './faults/kill-services.js';
import { serviceDown } from './faults/service-down.js';
import { SPECIAL } from './special-faults.js';

/** What ends parts of the way. */
const KILLS: readonly Fault[] = [
  ...killServices,
  ...killBetween,
  serviceDown,
  ...killEngines,
  killEverything,
  allInTurn,
];

/** In the order in which they are tried. */
export const FAULTS: readonly Fault[] = [...KILLS, ...SPECIAL];
