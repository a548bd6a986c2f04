import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { endsWithUs } from '@gdtx/engines/children';
import { stopLeftOver } from '@gdtx/engines/engine-process';
import { fileSystemRefusal, SetUpError } from '@gdtx/engines/set-up-error';
import { lastWords } from './last-words.js';
import { afterCrash, GIVE_UP_AFTER, type Crashes } from './restart-policy.js';

const ORDERLY_STOP_MS = 20_000;
const LONGEST_LOG = 20_000_000;

export interface ServiceProgram {
  name: string;
  /** The script that Node runs. */
  script: string;
  /** For Node itself. */
  flags?: readonly string[];
  /** What Node loads before it. */
  preload?: string;
  env: NodeJS.ProcessEnv;
  /** Data of the run; stands in the command line, by which a process of a dead run is known as ours. */
  home: string;
  /** Resolves to true once the service answers and is ready. */
  isReady: () => Promise<boolean>;
  say: (line: string) => void;
  /** How long to wait before the n-th start after a crash; for tests. */
  pauseFactor?: number;
}

/** One service as a child process: started, watched, started again with growing pauses when it ends by itself, stopped in order. */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  /** True while it is meant to run. */
  private wanted = false;
  private crashes: Crashes = { inRow: 0 };
  private restarts = 0;
  private hasBeenReady = false;
  /** Of its last crash: where its log is, and how that ends. */
  private lastSaid = '';
  private readonly logFile: string;
  private readonly pidFile: string;

  constructor(private readonly program: ServiceProgram) {
    this.logFile = join(program.home, 'logs', `${program.name}.log`);
    this.pidFile = pidFile(program.home, program.name);
  }

  get name(): string {
    return this.program.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** How often it has been started again after it had ended by itself. */
  get restartCount(): number {
    return this.restarts;
  }

  /** Starts the process; `ready` says when it has come up. */
  async start(): Promise<void> {
    if (this.wanted) return;
    this.wanted = true;
    this.crashes = { inRow: 0 };
    this.hasBeenReady = false;
    await stopLeftServices(this.program.home, [this.name]);
    await this.launch();
  }

  /** Waits until it is ready. Throws a SetUpError when it isn't in time, or has ended several times before it ever was. */
  async ready(withinMs: number, signal?: AbortSignal): Promise<void> {
    for (const until = Date.now() + withinMs; Date.now() < until; await pause(50)) {
      signal?.throwIfAborted();
      if (this.child && (await this.program.isReady().catch(() => false))) {
        this.hasBeenReady = true;
        return;
      }
      if (!this.wanted) throw new SetUpError(`${this.name} does not start. ${this.lastSaid}`);
    }
    throw new SetUpError(`${this.name} was not ready within ${withinMs / 1000} s: see why in ${this.logFile}.`);
  }

  /** SIGTERM and, if it doesn't end by itself, SIGKILL. It stays down until start(). */
  async stop(): Promise<void> {
    this.wanted = false;
    const { child } = this;
    if (!child) return;
    child.kill('SIGTERM');
    const late = setTimeout(() => {
      this.program.say(`${this.name} has not stopped within ${ORDERLY_STOP_MS / 1000} s, so it is killed.`);
      child.kill('SIGKILL');
    }, ORDERLY_STOP_MS);
    await this.ended;
    clearTimeout(late);
  }

  /** SIGKILL, as a power cut would. It is started again as after any crash, unless `restart` is false: then it stays down until start(). */
  async kill({ restart = true }: { restart?: boolean } = {}): Promise<void> {
    if (!restart) this.wanted = false;
    this.child?.kill('SIGKILL');
    await this.ended;
  }

  private async launch(): Promise<void> {
    const { script, flags = [], preload, env, home } = this.program;
    let from = 0;
    try {
      await mkdir(dirname(this.pidFile), { recursive: true });
      from = await freshLog(this.logFile);
      const log = await open(this.logFile, 'a');
      const began = Date.now();
      // A session of its own, so that Ctrl-C reaches only the runner, which stops everything in order; a file and no pipe for
      // what it says, so that it doesn't end with the runner in the middle of something.
      const before = preload ? ['--import', pathToFileURL(preload).href] : [];
      const child = spawn(process.execPath, [...flags, ...before, script, `--home=${home}`], {
        env,
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      });
      this.child = child;
      endsWithUs(child);
      this.ended = new Promise((resolve) => {
        const end = (how: string) => {
          this.child = undefined;
          // As of now: who stops it may start it again at once.
          const crashed = this.wanted;
          resolve();
          void this.afterEnd(crashed, how, Date.now() - began, from);
        };
        child.once('error', (error) => end(error.message));
        child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
      });
      await log.close();
      if (child.pid) await writeFile(this.pidFile, `${child.pid}\n`);
    } catch (error) {
      throw fileSystemRefusal(error, home) ?? error;
    }
  }

  private async afterEnd(crashed: boolean, how: string, lived: number, from: number): Promise<void> {
    await rm(this.pidFile, { force: true }).catch(() => {});
    if (!crashed || !this.wanted) return;
    const next = afterCrash(this.crashes, lived);
    this.crashes = next.crashes;
    const wait = next.pause * (this.program.pauseFactor ?? 1);
    const words = await lastWords(this.logFile, from).catch(() => []);
    const givenUp = !this.hasBeenReady && next.crashes.inRow >= GIVE_UP_AFTER;
    const what = givenUp ? 'and is not started again' : `and is started again in ${wait / 1000} s`;
    this.lastSaid = [`Its log: ${this.logFile}`, ...words.map((line) => `    ${line}`)].join('\n');
    // Of the last one the refusal of the start tells the rest.
    this.program.say(`${this.name} crashed (${how}) ${what}.${givenUp ? '' : ` ${this.lastSaid}`}`);
    if (givenUp) {
      this.wanted = false;
      return;
    }
    await pause(wait, undefined, { ref: false });
    if (!this.wanted || this.child) return;
    this.restarts++;
    await this.launch().catch((error: Error) =>
      this.program.say(`${this.name} could not be started again: ${error.message}`),
    );
  }
}

const pidFile = (home: string, name: string): string => join(home, 'pids', `${name}.pid`);

/** Stops the services that a dead run has left under `home`; answers their names. */
export async function stopLeftServices(home: string, names: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (const name of names) {
    if (await stopLeftOver({ name, folder: home, pidFile: pidFile(home, name) })) left.push(name);
  }
  return left;
}

/** Puts a long log aside, and answers the size of the one that is written on. */
async function freshLog(file: string): Promise<number> {
  await mkdir(dirname(file), { recursive: true });
  const size = (await stat(file).catch(() => undefined))?.size ?? 0;
  if (size <= LONGEST_LOG) return size;
  await rename(file, `${file}.1`);
  return 0;
}
