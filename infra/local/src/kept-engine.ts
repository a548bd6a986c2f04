import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '@gdtx/engines/engine';
import { afterCrash, type Crashes } from './restart-policy.js';

const LOOK_EVERY_MS = 500;

/** Starts an engine again when it ends by itself; answers how to leave off. */
export function keepEngine(engine: Engine, say: (line: string) => void): () => void {
  const leave = new AbortController();
  if (engine.controllable) void watch(engine, say, leave.signal).catch(() => {});
  return () => leave.abort();
}

async function watch(engine: Engine, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  let crashes: Crashes = { inRow: 0 };
  let began = Date.now();
  for (;;) {
    await pause(LOOK_EVERY_MS, undefined, { signal });
    if (engine.running()) continue;
    const next = afterCrash(crashes, Date.now() - began);
    crashes = next.crashes;
    say(`${engine.name} ended by itself and is started again in ${next.pause / 1000} s.`);
    await pause(next.pause, undefined, { signal });
    began = Date.now();
    await engine.start().then(
      () => say(`${engine.name} answers again.`),
      (error: Error) => say(error.message),
    );
  }
}
