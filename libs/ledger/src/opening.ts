import type { Log } from '@gdtx/service-kit/log';
import type { Committer } from './committer.js';
import type { Relay } from './relay.js';
import { atMost, pause } from './waiting.js';

/** What a service is waited for at its start; it goes on opening behind that. */
const WAIT_MS = 10_000;
const SLOWEST_RETRY_MS = 2000;

export interface Opening {
  committer: Committer;
  relay: Relay;
  /** A sentence when nothing may be recorded on this database; rejects while that can't be told. */
  check: () => Promise<string | undefined>;
  log: Log;
}

/** Lets the committer record and the relay publish once that is known to be right. Resolves then, or after some seconds. */
export async function open(opening: Opening): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  const opened = openWhenChecked(opening, () => stopped);
  await atMost(WAIT_MS, opened);
  return {
    async stop() {
      stopped = true;
      await opened;
    },
  };
}

async function openWhenChecked({ committer, relay, check, log }: Opening, stopped: () => boolean): Promise<void> {
  for (let retryIn = 100; !stopped(); retryIn = Math.min(SLOWEST_RETRY_MS, retryIn * 2)) {
    try {
      const why = await check();
      if (stopped()) return;
      if (why !== undefined) {
        committer.close(why);
        return;
      }
      relay.start();
      committer.open();
      return;
    } catch (error) {
      log.warn({ err: error }, 'Kafka can’t be asked what was published: nothing is recorded yet');
      await pause(retryIn);
    }
  }
}
