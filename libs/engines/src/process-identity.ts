import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The command line of a living process, or undefined when there is none of that id. Process ids are used again by the system,
 * so nothing is ever stopped by an id out of a file alone: its command line must also name our folder.
 */
export async function commandLine(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return line.replaceAll('\0', ' ').trim() || undefined;
  }
  const said = await run('ps', ['-p', String(pid), '-o', 'command=']).catch(() => undefined);
  return said?.stdout.trim() || undefined;
}

/** True when a process of that id lives, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Waits until the process has ended; false when it still lives after `ms`. */
export async function hasEnded(pid: number, ms: number): Promise<boolean> {
  for (const until = Date.now() + ms; Date.now() < until;) {
    if ((await commandLine(pid)) === undefined) return true;
    await pause(25);
  }
  return false;
}
