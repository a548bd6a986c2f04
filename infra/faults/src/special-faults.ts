import type { Fault } from './fault.js';
import { anyOrder } from './faults/any-order.js';
import { wrongClocks } from './faults/clocks.js';
import { failedOperation } from './faults/failed-operation.js';
import { fullDisks } from './faults/full-disks.js';
import { holesInKafka } from './faults/holes.js';
import { atTheSocket } from './faults/lost-answers.js';
import { olderCopies } from './faults/older-copies.js';
import { olderDashboardVersion } from './faults/older-dashboard.js';
import { poisonInTopics } from './faults/poison.js';
import { publishedAgain } from './faults/published-again.js';
import { slowMongodb } from './faults/slow-mongodb.js';
import { specialsInTurn } from './faults/specials-in-turn.js';
import { stoppedProjector } from './faults/stopped-projector.js';

/** What is done to the way of a fact besides ending its parts. */
export const SPECIAL: readonly Fault[] = [
  stoppedProjector,
  ...atTheSocket,
  publishedAgain,
  anyOrder,
  poisonInTopics,
  holesInKafka,
  ...wrongClocks,
  slowMongodb,
  failedOperation,
  ...olderCopies,
  olderDashboardVersion,
  ...fullDisks,
  specialsInTurn,
];
