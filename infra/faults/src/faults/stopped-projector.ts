import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkCursors } from '../checker/check-figures.js';
import { openDatabases, readCursors, readHeads, type Databases } from '../checker/read-mongodb.js';
import type { Fault, FaultStage } from '../fault.js';
import { whileSending } from '../load/while-sending.js';
import { secondProcess } from '../tools/second-process.js';
import { storedPositions, wentBack } from '../tools/stored-positions.js';
import { strikePoints, type InHand, type StrikePoint, type StrikePoints } from '../tools/strike-points.js';
import { underLoad, type Scene, type Strike } from '../under-load.js';

/** A member that says nothing for 10 s is given up by its group; then the other one reads everything anew. */
const TAKES_OVER_WITHIN_MS = 90_000;

const STORED_IN = {
  'before-commit': 'cursors',
  'before-documents': 'unit_years',
  'before-cursors': 'cursors',
  'before-checkpoint': 'checkpoints',
} as const satisfies Partial<Record<StrikePoint, string>>;

interface Sleepwalk {
  points: StrikePoints;
  point: keyof typeof STORED_IN;
  pid: number;
  /** While it is stopped. */
  meanwhile?: () => Promise<unknown>;
}

/**
 * Stops a process with a batch in hand, between deciding what to write and writing it; waits until another one has taken its place and
 * has stored more of the same; and lets it go on, so that its old writes come late. Nothing that is stored may be less far then.
 */
async function sleepwalk(stage: FaultStage, { load, engines }: Scene, asked: Sleepwalk): Promise<void> {
  const { points, point, pid, meanwhile } = asked;
  const databases = await openDatabases(engines.mongodbUri, stage.databasePrefix);
  try {
    // It comes to the point only while something is folded.
    const { inHand } = await whileSending(load, points.stop('dashboard', point, pid));
    let newer = 0;
    try {
      await meanwhile?.();
      const deadline = performance.now() + TAKES_OVER_WITHIN_MS;
      for (; newer === 0; await pause(1_000)) {
        if (performance.now() > deadline) throw new Error('no other process stored more of what the stopped one holds');
        if (load.acknowledged === load.taken) load.allow(load.taken + 1);
        newer = await newerThan(databases, STORED_IN[point], inHand);
      }
      // Nobody stores these once more when the old ones have come.
      load.allow(load.taken);
      await allFolded(databases, load);
      newer = await newerThan(databases, STORED_IN[point], inHand);
    } catch (error) {
      process.kill(pid, 'SIGCONT');
      throw error;
    }
    const before = await storedPositions(databases.of('dashboard'));
    const { outdated, error } = await points.goOn('dashboard', point, pid);
    const back = wentBack(before, await storedPositions(databases.of('dashboard')));
    if (back.length > 0) throw new Error(`${back.length} of what was stored went back: ${back.slice(0, 5).join('; ')}`);
    if (error !== undefined) throw new Error(`the old writes did not come to the store: ${error}`);
    stage.say(
      `It held ${inHand.length} ${STORED_IN[point]}, ${newer} of them older than the stored ones when they came; ${outdated} writes were refused, nothing went back.`,
    );
  } finally {
    await databases.close();
  }
}

/** How many of these are further in the store. */
async function newerThan(databases: Databases, collection: string, inHand: readonly InHand[]): Promise<number> {
  const stored = await storedPositions(databases.of('dashboard'));
  return inHand.filter(({ _id, at }) => (stored.get(`${collection}/${_id}`) ?? 0) > at).length;
}

/** Everything that was begun is acknowledged, and every ledger is folded to its end. */
async function allFolded(databases: Databases, load: Scene['load']): Promise<void> {
  for (const deadline = performance.now() + TAKES_OVER_WITHIN_MS; ; await pause(100)) {
    const open = load.taken - load.acknowledged;
    const late = open > 0 ? [] : checkCursors(await readHeads(databases), await readCursors(databases));
    if (open === 0 && late.length === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`${open} facts aren't acknowledged, ${late.length} ledgers not folded: ${late[0]?.what}`);
    }
  }
}

export const stoppedProjector: Fault = {
  name: 'stopped-projector',
  promise:
    'The projector is stopped (SIGSTOP) with a batch in hand until another process has taken over and gone further, then goes on: its old writes change nothing.',
  engines: 'shared',
  async run(stage) {
    const points = await strikePoints(stage.home);
    let second: Awaited<ReturnType<typeof secondProcess>> | undefined;
    const startSecond = async ({ platform }: Scene) => {
      second = await secondProcess(platform.service('dashboard'), join(stage.home, 'second'), stage.say);
      stage.atEnd(() => second?.process.stop());
    };
    const first = ({ platform }: Scene) => platform.service('dashboard').pid!;
    const strike = (what: string, point: Sleepwalk['point'], pidOf: (scene: Scene) => number): Strike => ({
      what,
      how: (scene) => sleepwalk(stage, scene, { points, point, pid: pidOf(scene) }),
    });
    return underLoad(stage, {
      platform: { env: points.env },
      strikes: [
        {
          what: 'stopped the only projector before its documents, started a second one, let the first go on',
          how: (scene) => {
            const meanwhile = () => startSecond(scene);
            return sleepwalk(stage, scene, { points, point: 'before-documents', pid: first(scene), meanwhile });
          },
        },
        strike('stopped the second before its cursors, let it go on', 'before-cursors', () => second!.process.pid!),
        strike('stopped the first before its checkpoint, let it go on', 'before-checkpoint', first),
        strike('stopped the second before a commit of all, let it go on', 'before-commit', () => second!.process.pid!),
      ],
    });
  },
};
