import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clearEngines } from '@gdtx/engines/engines';
import { fileSystemRefusal } from '@gdtx/engines/set-up-error';
import { refuseIfHeld } from './home-lock.js';
import { endLeftRuns } from './left-runs.js';

/** Removes all data of the local run under `home`; refuses (SetUpError) while something runs on it. */
export async function reset(home: string, say: (line: string) => void): Promise<void> {
  const test = join(home, 'test');
  await refuseIfHeld(home);
  await refuseIfHeld(test);
  await clearEngines(home);
  await clearEngines(test);
  await endLeftRuns(join(test, 'tmp'));
  await rm(home, { recursive: true, force: true }).catch((error: unknown) => {
    throw fileSystemRefusal(error, home) ?? error;
  });
  say(`Cleared ${home}: the next npm start begins with empty ledgers.`);
}
