import { setTimeout as pause } from 'node:timers/promises';
import type { Load } from './load.js';

/**
 * Waits for `work` while something is published again and again: where the load has come to what it is allowed, it is allowed a batch
 * more, `everyMs` at the most, so that enough is left for what comes later.
 */
export async function whileSending<T>(load: Load, work: Promise<T>, everyMs = 50): Promise<T> {
  let waiting = true;
  const over = work.finally(() => (waiting = false));
  // Told by the last line.
  over.catch(() => {});
  for (let allowedAt = -Infinity; waiting; await pause(20)) {
    if (load.acknowledged < load.taken || performance.now() - allowedAt < everyMs) continue;
    load.allow(load.taken + 1);
    allowedAt = performance.now();
  }
  return over;
}
