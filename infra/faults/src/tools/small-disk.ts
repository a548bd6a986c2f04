import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const STEPS = [1_048_576, 4096];

/** A file system of its own that can be filled to the last byte. */
export interface SmallDisk {
  /** Takes all the room there is. */
  fill(): Promise<void>;
  /** Gives back what `fill` took. */
  free(): Promise<void>;
  /** Takes it away with all that is on it. What still uses it keeps it until it ends. */
  remove(): Promise<void>;
}

/** Mounts a small file system in memory at `folder`; or the sentence why that can't be done here. */
export async function smallDisk(folder: string, megabytes: number): Promise<SmallDisk | string> {
  await mkdir(folder, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    return `no small file system can be mounted here, which takes root on Linux (${said})`;
  }
  const ballast = join(folder, 'ballast');
  return {
    async fill() {
      const file = await open(ballast, 'a');
      try {
        for (const step of STEPS) await writeUntilFull(file, Buffer.alloc(step, 1));
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    async remove() {
      // Lazily: what is on it may still be open, by an engine that ends a moment later.
      await run('umount', ['--lazy', folder]);
    },
  };
}

async function writeUntilFull(file: Awaited<ReturnType<typeof open>>, piece: Buffer): Promise<void> {
  for (;;) {
    try {
      const { bytesWritten } = await file.write(piece);
      if (bytesWritten < piece.length) return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
      throw error;
    }
  }
}
