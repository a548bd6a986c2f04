import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { clearEngines } from '@gdtx/engines/engines';
import { hasEnded } from '@gdtx/engines/process-identity';
import { livingHolder } from './home-lock.js';
import { stopLeftServices } from './service-process.js';

const ORDERLY_STOP_MS = 60_000;

/**
 * Ends the runs, services and engines that tests which were broken off have left in homes directly under `folder`, and removes it.
 * Answers what was ended. Services have sessions of their own and outlive whoever started them.
 */
export async function endLeftRuns(folder: string): Promise<string[]> {
  const ended: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const home = join(folder, name);
    const runner = await livingHolder(home);
    if (runner) {
      process.kill(runner.pid, 'SIGTERM');
      await hasEnded(runner.pid, ORDERLY_STOP_MS);
      ended.push(runner.what);
    }
    const pids = await readdir(join(home, 'pids')).catch(() => []);
    ended.push(
      ...(await stopLeftServices(
        home,
        pids.map((file) => basename(file, '.pid')),
      )),
    );
    await clearEngines(home);
  }
  await rm(folder, { recursive: true, force: true });
  return ended;
}
