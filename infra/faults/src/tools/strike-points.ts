import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Service } from '@gdtx/service-kit/services';
import { plainEnvironment } from '../stage.js';

/** The compiled one, wherever this runs from: service processes run what is compiled. */
const PRELOAD = new URL('../../dist/preload/strike-points.js', import.meta.url);
const STRUCK_WITHIN_MS = 60_000;

/**
 * Between Kafka's confirmation and the mark in the ledger (owners); between the documents and the cursors, and between these and the
 * checkpoint (dashboard).
 */
export type StrikePoint = 'before-mark' | 'before-cursors' | 'before-checkpoint';

/** Lets the services of a stage be killed by themselves at points that can't be hit from outside. */
export interface StrikePoints {
  /** The environment that the platform must be started with. */
  env: NodeJS.ProcessEnv;
  /** The service kills itself when it comes to the point once more, after having passed it so many times. Resolves when it has. */
  strike(service: Service, point: StrikePoint, after?: number): Promise<void>;
}

export async function strikePoints(home: string): Promise<StrikePoints> {
  const folder = join(home, 'strikes');
  await mkdir(folder, { recursive: true });
  const env = plainEnvironment();
  const options = [env['NODE_OPTIONS']?.replace('--experimental-vm-modules', ''), `--import=${PRELOAD.href}`];
  if (!existsSync(fileURLToPath(PRELOAD))) throw new Error('the preload is not compiled: npm run build');
  return {
    env: { ...env, NODE_OPTIONS: options.filter(Boolean).join(' ').trim(), GDTX_FAULT_STRIKES: folder },
    async strike(service, point, after = 0) {
      const armed = join(folder, `${service}.${point}`);
      await rm(`${armed}.struck`, { force: true });
      await writeFile(armed, String(after));
      for (const until = performance.now() + STRUCK_WITHIN_MS; !existsSync(`${armed}.struck`); await pause(5)) {
        if (performance.now() < until) continue;
        await rm(armed, { force: true });
        throw new Error(`${service} did not come to the point ${point} within ${STRUCK_WITHIN_MS / 1000} s`);
      }
    },
  };
}
