import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine } from '@gdtx/engines/process-identity';
import { fileSystemRefusal, SetUpError } from '@gdtx/engines/set-up-error';

export interface Holder {
  pid: number;
  /** What it was started as, for the sentence: "npm start". */
  what: string;
  /** Its command line, by which it is told from another process that was given its id after its end. */
  line: string;
}

/**
 * Takes hold of `home` for this process, so that no two runs work on the same data; answers how to let go.
 * Throws a SetUpError when another living process holds it. A dead one's hold is taken over.
 */
export async function holdHome(home: string, what: string, pid = process.pid): Promise<() => Promise<void>> {
  const file = lockFile(home);
  const me: Holder = { pid, what, line: (await commandLine(pid)) ?? '' };
  try {
    await mkdir(home, { recursive: true });
    for (let tries = 0; ; tries++) {
      try {
        const lock = await open(file, 'wx');
        await lock.writeFile(JSON.stringify(me));
        await lock.close();
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries > 3) throw error;
        await refuseIfHeld(home);
        await rm(file, { force: true });
      }
    }
  } catch (error) {
    throw fileSystemRefusal(error, home) ?? error;
  }
  return () => rm(file, { force: true });
}

/** Throws a SetUpError when a living process holds `home`. */
export async function refuseIfHeld(home: string): Promise<void> {
  const holder = await livingHolder(home);
  if (holder) {
    throw new SetUpError(
      `${holder.what} (process ${holder.pid}) is running on ${home}: stop it with Ctrl-C in its terminal (or kill ${holder.pid}), ` +
        'or set GDTX_HOME to another folder for a second one.',
    );
  }
}

/** The living process that holds `home`, if there is one. */
export async function livingHolder(home: string): Promise<Holder | undefined> {
  const holder = await readHolder(home);
  return holder && (await commandLine(holder.pid)) === holder.line ? holder : undefined;
}

async function readHolder(home: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(lockFile(home), 'utf8')) as Holder;
  } catch {
    return undefined; // nobody holds it, or somebody died while writing
  }
}

const lockFile = (home: string): string => join(home, 'run.lock');
