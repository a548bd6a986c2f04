import { spawn, type ChildProcess } from 'node:child_process';
import { open, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endsWithUs } from './children.js';
import { commandLine, hasEnded } from './process-identity.js';
import { fileSystemRefusal, SetUpError } from './set-up-error.js';

const ORDERLY_STOP_MS = 30_000;
const LAST_WORDS = 4_000;

export interface EngineProgram {
  /** "Kafka", for the sentences. */
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Folder of this engine's data, which must stand in its command line: by it a process of a dead run is known as ours. */
  folder: string;
  logFile: string;
  pidFile: string;
  /** Resolves to true once the engine answers. */
  answers: () => Promise<boolean>;
  readyWithinMs: number;
  /** Once aborted, a start is given up. */
  signal?: AbortSignal | undefined;
  /** A sentence for what is known to go wrong, made of the end of the log and how the process ended. */
  explain?: (ended: { lastWords: string; code: number | null; signal: string | null }) => string | undefined;
}

/** One engine as a child process: started until it answers, stopped in order, or killed as a power cut would. */
export class EngineProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<{ code: number | null; signal: string | null }> | undefined;

  constructor(private readonly program: EngineProgram) {}

  running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.running() ? this.child?.pid : undefined;
  }

  /** Starts it and waits until it answers. Throws a SetUpError when it ends before or takes too long. */
  async start(): Promise<void> {
    if (this.running()) return;
    const { name, command, args, env, logFile, pidFile } = this.program;
    await stopLeftOver(this.program);
    try {
      await mkdir(dirname(logFile), { recursive: true });
      const log = await open(logFile, 'a');
      // A session of its own: Ctrl-C in the terminal reaches only the runner, which stops everything in order.
      const child = spawn(command, args, { env, detached: true, stdio: ['ignore', log.fd, log.fd] });
      this.child = child;
      endsWithUs(child);
      this.ended = new Promise((resolve) => {
        child.once('error', (error) => resolve({ code: null, signal: error.message }));
        child.once('exit', (code, signal) => resolve({ code, signal }));
      });
      await log.close();
      if (child.pid) await writeFile(pidFile, `${child.pid}\n`);
    } catch (error) {
      throw fileSystemRefusal(error, this.program.folder) ?? error;
    }
    const ended = await Promise.race([this.ended, this.answering()]);
    if (ended === true) return;
    if (ended === false) await this.kill();
    await rm(pidFile, { force: true });
    this.program.signal?.throwIfAborted();
    const lastWords = await endOf(logFile);
    const how = ended || { code: null, signal: null };
    throw new SetUpError(
      this.program.explain?.({ lastWords, ...how }) ??
        (ended
          ? `${name} ended while starting (${how.signal ?? `exit code ${how.code}`}): see why at the end of ${logFile}.`
          : `${name} did not answer within ${this.program.readyWithinMs / 1000} s: see why at the end of ${logFile}.`),
    );
  }

  /** SIGTERM, and SIGKILL after half a minute; data stays. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** SIGKILL: it gets no chance to write anything. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child, ended } = this;
    if (!child || !ended) return;
    if (this.running()) {
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), ORDERLY_STOP_MS);
      await ended;
      clearTimeout(timer);
    }
    await rm(this.program.pidFile, { force: true });
  }

  private async answering(): Promise<boolean> {
    for (
      const until = Date.now() + this.program.readyWithinMs;
      Date.now() < until && this.running() && !this.program.signal?.aborted;
    ) {
      if (await this.program.answers().catch(() => false)) return true;
      await pause(50);
    }
    return false;
  }
}

/** Stops the engine of an earlier run that ended without stopping it, if the process really is that engine. */
export async function stopLeftOver({
  name,
  folder,
  pidFile,
}: Pick<EngineProgram, 'name' | 'folder' | 'pidFile'>): Promise<boolean> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  const line = pid ? await commandLine(pid) : undefined;
  const ours = line?.includes(folder) ?? false;
  if (ours) {
    process.kill(pid, 'SIGTERM');
    if (!(await hasEnded(pid, ORDERLY_STOP_MS))) process.kill(pid, 'SIGKILL');
    if (!(await hasEnded(pid, ORDERLY_STOP_MS))) {
      throw new SetUpError(
        `${name} of an earlier run (process ${pid}) can't be stopped: end it by hand, then try again.`,
      );
    }
  }
  await rm(pidFile, { force: true });
  return ours;
}

async function endOf(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).slice(-LAST_WORDS);
}
