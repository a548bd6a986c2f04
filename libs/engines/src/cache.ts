import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Env } from './open-url.js';
import { fileSystemRefusal } from './set-up-error.js';

/** The folder in which this user keeps what was downloaded, for all clones: GDTX_CACHE, else XDG_CACHE_HOME/gdtx, else ~/.cache/gdtx. */
export function cacheDir(env: Env = process.env): string {
  if (env.GDTX_CACHE) return env.GDTX_CACHE;
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'gdtx');
}

/**
 * The folder `name` of the cache, filled once: `fill` writes into a folder beside it, which is renamed when it is complete.
 * Two processes may do so at a time; the first to finish wins, and nobody ever sees half a folder.
 */
export async function unpackedOnce(
  cache: string,
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cache, name);
  if (await exists(folder)) return folder;
  const part = `${folder}.${randomUUID().slice(0, 8)}.part`;
  try {
    await mkdir(part, { recursive: true });
    await fill(part);
    await rename(part, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
  } catch (error) {
    throw fileSystemRefusal(error, cache) ?? error;
  } finally {
    await rm(part, { recursive: true, force: true }).catch(() => {});
  }
  return folder;
}

/** True when something is at `path`. */
export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
