import type { TopicPartition } from './contract.js';
import type { MemberEvents } from './driver.js';

/**
 * Takes up an assignment again that was given up for nothing. When kafkajs fails to join again (the coordinator was still loading
 * after a restart) it goes on in silence as the member that it was. If the coordinator then confirms that it still is, nothing has
 * changed hands, and without this nobody would ever read those partitions again.
 */
export function steadied(told: MemberEvents): MemberEvents {
  let assignment: readonly TopicPartition[] = [];
  let adrift = false;
  return {
    ...told,
    joined(given) {
      assignment = given;
      adrift = false;
      told.joined(given);
    },
    lost() {
      adrift = true;
      told.lost();
    },
    alive() {
      told.alive();
      if (!adrift) return;
      adrift = false;
      told.joined(assignment);
    },
  };
}
