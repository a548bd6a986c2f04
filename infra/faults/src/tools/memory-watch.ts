import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 100;

/** The resident memory of a process in MB, as the kernel counts it; undefined where there is no /proc, or no such process. */
export async function residentMegabytes(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** For how many seconds the main thread of a process has waited for a processor since it began, as Linux counts it. */
export async function waitedForProcessor(pid: number): Promise<number | undefined> {
  const statistics = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '');
  const nanoseconds = statistics.split(' ')[1];
  return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1e9;
}

/** Looks ten times a second how much memory a process has. */
export class MemoryWatch {
  /** In MB. */
  most = 0;
  samples = 0;
  private going = true;
  private readonly looking: Promise<void>;

  constructor(private readonly pid: number) {
    this.looking = this.look();
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.looking;
  }

  private async look(): Promise<void> {
    while (this.going) {
      const found = await residentMegabytes(this.pid);
      if (found !== undefined) {
        this.samples += 1;
        this.most = Math.max(this.most, found);
      }
      await pause(EVERY_MS, undefined, { ref: false });
    }
  }
}
