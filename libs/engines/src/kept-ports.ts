import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { freePorts, isPortFree } from './ports.js';
import { fileSystemRefusal } from './set-up-error.js';

/**
 * The ports that an engine took at its first start, read back at each later one, or fresh ones when somebody else
 * has taken one of them since. Only valid while the engine itself is not running.
 */
export async function keptPorts(file: string, count: number): Promise<number[]> {
  const kept = await readFile(file, 'utf8')
    .then((text) => JSON.parse(text) as number[])
    .catch(() => []);
  const usable = kept.length === count && (await Promise.all(kept.map((port) => isPortFree(port)))).every(Boolean);
  if (usable) return kept;
  const ports = await freePorts(count);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(ports));
  } catch (error) {
    throw fileSystemRefusal(error, dirname(file)) ?? error;
  }
  return ports;
}
