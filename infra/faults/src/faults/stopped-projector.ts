import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabases } from '../checker/read-mongodb.js';
import type { Fault, FaultStage } from '../fault.js';
import { secondProcess } from '../tools/second-process.js';
import { underLoad, type Scene } from '../under-load.js';

const TAKES_OVER_WITHIN_MS = 60_000;
/** A member that says nothing for 10 s is given up by its group. */
const PAST_THE_SESSION_MS = 12_000;

/** Resolves when somebody has stored more of what is read than stood there when all was given to another one. */
async function takenOver(stage: FaultStage): Promise<void> {
  const { mongodbUri } = await stage.engines();
  const databases = await openDatabases(mongodbUri, stage.databasePrefix);
  const folded = async () => {
    const checkpoints = await databases
      .of('dashboard')
      .collection<{ position: number }>('checkpoints')
      .find()
      .toArray();
    return checkpoints.reduce((sum, { position }) => sum + Number(position), 0);
  };
  try {
    const before = await folded();
    for (const until = performance.now() + TAKES_OVER_WITHIN_MS; (await folded()) <= before; await pause(100)) {
      if (performance.now() > until) throw new Error('no other process took the partitions over');
    }
  } finally {
    await databases.close();
  }
}

/** Stops a process without ending it while there is something to fold, and lets it go on when another one has taken its place. */
async function sleepwalk(stage: FaultStage, pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  try {
    await Promise.all([takenOver(stage), pause(PAST_THE_SESSION_MS)]);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

export const stoppedProjector: Fault = {
  name: 'stopped-projector',
  promise:
    'The projector is stopped (SIGSTOP) past its session while another process takes over, then goes on: nothing is counted twice.',
  engines: 'shared',
  async run(stage) {
    let second: Awaited<ReturnType<typeof secondProcess>> | undefined;
    const startSecond = async ({ platform }: Pick<Scene, 'platform'>) => {
      second = await secondProcess(platform.service('dashboard'), join(stage.home, 'second'), stage.say);
      stage.atEnd(() => second?.process.stop());
    };
    return underLoad(stage, {
      strikes: [
        {
          what: 'stopped the only projector, started a second one, let the first go on',
          how: async (scene) => {
            const pid = scene.platform.service('dashboard').pid!;
            await Promise.all([sleepwalk(stage, pid), startSecond(scene)]);
          },
        },
        { what: 'stopped the second, let it go on', how: () => sleepwalk(stage, second!.process.pid!) },
        {
          what: 'stopped the first again, let it go on',
          how: ({ platform }) => sleepwalk(stage, platform.service('dashboard').pid!),
        },
      ],
    });
  },
};
