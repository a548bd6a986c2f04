import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Service } from '@gdtx/service-kit/services';
import { plainEnvironment } from '../stage.js';

/** The compiled one, wherever this runs from: service processes run what is compiled. */
const PRELOAD = new URL('../../dist/preload/strike-points.js', import.meta.url);
const STRUCK_WITHIN_MS = 60_000;
const GOES_ON_WITHIN_MS = 60_000;

/**
 * Between Kafka's confirmation and the mark in the ledger (owners); before a flush is stored in one commit; where it is written one kind
 * after another, before its documents and between these and the cursors; and between these and the checkpoint (dashboard).
 */
export type StrikePoint = 'before-mark' | 'before-commit' | 'before-documents' | 'before-cursors' | 'before-checkpoint';

/** What is done at a point, by whom: written by the harness, read by the service. */
export interface Armed {
  how: 'kill' | 'stop';
  /** So often it passes the point unharmed. */
  after: number;
  /** Only this process of the service. */
  pid?: number;
}

/** What a process was about to write: an id, and the seq or position that goes with it. */
export interface InHand {
  _id: string;
  at: number;
}

/** Left by a process that was struck. */
export interface Struck {
  pid: number;
  inHand: InHand[];
}

/** What became of the work that a process was stopped in. */
export interface WentOn {
  /** Writes that were refused since newer ones were there. */
  outdated: number;
  error?: string;
}

/** Lets the services of a stage be struck by themselves at points that can't be hit from outside. */
export interface StrikePoints {
  /** The environment that the platform must be started with. */
  env: NodeJS.ProcessEnv;
  /** The service kills itself when it comes to the point once more, after having passed it so many times. Resolves when it has. */
  strike(service: Service, point: StrikePoint, after?: number): Promise<void>;
  /** The process stops itself (SIGSTOP) at the point. Resolves when it has, with what it was about to write. */
  stop(service: Service, point: StrikePoint, pid: number): Promise<Struck>;
  /** Lets it go on. Resolves when the work is over that it was stopped in. */
  goOn(service: Service, point: StrikePoint, pid: number): Promise<WentOn>;
}

export async function strikePoints(home: string): Promise<StrikePoints> {
  const folder = join(home, 'strikes');
  await mkdir(folder, { recursive: true });
  const env = plainEnvironment();
  const options = [env['NODE_OPTIONS']?.replace('--experimental-vm-modules', ''), `--import=${PRELOAD.href}`];
  if (!existsSync(fileURLToPath(PRELOAD))) throw new Error('the preload is not compiled: npm run build');
  const fileOf = (service: Service, point: StrikePoint) => join(folder, `${service}.${point}`);
  const struck = async (service: Service, point: StrikePoint, how: Armed): Promise<Struck> => {
    const armed = fileOf(service, point);
    await rm(`${armed}.struck`, { force: true });
    await writeFile(`${armed}.arming`, JSON.stringify(how));
    await rename(`${armed}.arming`, armed);
    const late = `${service} did not come to the point ${point} within ${STRUCK_WITHIN_MS / 1000} s`;
    await there(`${armed}.struck`, STRUCK_WITHIN_MS, late).catch(async (error: Error) => {
      await rm(armed, { force: true });
      throw error;
    });
    return JSON.parse(await readFile(`${armed}.struck`, 'utf8')) as Struck;
  };
  return {
    env: { ...env, NODE_OPTIONS: options.filter(Boolean).join(' ').trim(), GDTX_FAULT_STRIKES: folder },
    strike: async (service, point, after = 0) => void (await struck(service, point, { how: 'kill', after })),
    stop: (service, point, pid) => struck(service, point, { how: 'stop', after: 0, pid }),
    async goOn(service, point, pid) {
      const said = `${fileOf(service, point)}.went-on`;
      await rm(said, { force: true });
      process.kill(pid, 'SIGCONT');
      await there(said, GOES_ON_WITHIN_MS, `${service} did not go on within ${GOES_ON_WITHIN_MS / 1000} s`);
      return JSON.parse(await readFile(said, 'utf8')) as WentOn;
    },
  };
}

async function there(file: string, withinMs: number, otherwise: string): Promise<void> {
  for (const until = performance.now() + withinMs; !existsSync(file); await pause(5)) {
    if (performance.now() > until) throw new Error(otherwise);
  }
}
