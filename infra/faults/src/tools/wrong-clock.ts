import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { preload } from './preload.js';

const NOTICED_WITHIN_MS = 200;

/** Clocks of service processes that can be set wrong, while they run. */
export class WrongClocks {
  private constructor(private readonly folder: string) {}

  static async under(home: string): Promise<WrongClocks> {
    const folder = join(home, 'clocks');
    await mkdir(folder, { recursive: true });
    return new WrongClocks(folder);
  }

  /** What the service processes are to find in their environment. */
  environment(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...preload('clock.mjs', inherited), GDTX_CLOCKS: this.folder };
  }

  /** Puts the clock of a service forward by `ms`, or back; 0 sets it right. Resolves once the process goes by it. */
  async set(service: string, ms: number): Promise<void> {
    const file = join(this.folder, service);
    await (ms === 0 ? rm(file, { force: true }) : writeFile(file, String(ms)));
    await pause(NOTICED_WITHIN_MS);
  }
}
