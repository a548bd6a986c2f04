import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts, isPortFree } from './ports.js';
import { fileSystemRefusal } from './set-up-error.js';

const LINGERS_MS = 3_000;

/**
 * The ports that an engine took at its first start, read back at each later one, or fresh ones when somebody else
 * has taken one of them since. Only valid while the engine itself is not running.
 */
export async function keptPorts(file: string, count: number): Promise<number[]> {
  const kept = await readFile(file, 'utf8')
    .then((text) => JSON.parse(text) as number[])
    .catch(() => []);
  if (kept.length === count && (await comeFree(kept))) return kept;
  const ports = await freePorts(count);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(ports));
  } catch (error) {
    throw fileSystemRefusal(error, dirname(file)) ?? error;
  }
  return ports;
}

/** An engine that has just been stopped may hold its port for a moment after its process is gone. */
async function comeFree(ports: readonly number[]): Promise<boolean> {
  for (const until = Date.now() + LINGERS_MS; ; await pause(50)) {
    const free = await Promise.all(ports.map((port) => isPortFree(port)));
    if (free.every(Boolean)) return true;
    if (Date.now() > until) return false;
  }
}
