import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '@gdtx/engines/engine';
import { mongo } from 'mongoose';
import type { Fault, FaultStage } from '../fault.js';
import { whileSending } from '../load/while-sending.js';
import { smallDisk, type SmallDisk } from '../tools/small-disk.js';
import { underLoad, type Strike } from '../under-load.js';

const FULL_FOR_MS = 10_000;
const KEPT = 'nothing is acknowledged that is not kept, and all goes on once there is room';

/** The disk is full for a while; what has ended by that is started again once there is room. */
function full(stage: FaultStage, disk: SmallDisk, engineOf: 'kafka' | 'mongodb'): Strike {
  return {
    what: `filled the disk of ${engineOf}`,
    async how({ engines, load }) {
      const engine = engines[engineOf];
      const { acknowledged, retries } = load;
      await disk.fill();
      const fullForAWhile = async () => {
        for (const until = performance.now() + FULL_FOR_MS; performance.now() < until; await pause(200)) {
          if (engineOf === 'mongodb' && engine.running()) await writeToDisk(engine);
        }
      };
      // Publishers go on sending, whether the engine lives on or has ended.
      await whileSending(load, fullForAWhile(), 500);
      const ended = !engine.running();
      const again = load.retries - retries;
      const taken = load.acknowledged - acknowledged;
      stage.say(
        `${engineOf} ${ended ? 'ended by itself' : 'lived on'} on a full disk; since then ${taken} facts were acknowledged, and ${again} requests had to be sent again.`,
      );
      if (again + taken === 0) throw new Error('nothing was sent while the disk was full');
      await disk.free();
      if (!engine.running()) await engine.start();
    },
  };
}

/** Otherwise it may take a minute until it finds that it can't. */
async function writeToDisk({ address }: Engine): Promise<void> {
  const client = new mongo.MongoClient(address, { serverSelectionTimeoutMS: 500, socketTimeoutMS: 3_000 });
  try {
    await client.db('admin').command({ fsync: 1 });
  } catch {
    // That it can't is what is wanted.
  } finally {
    await client.close();
  }
}

function fullDisk(engine: 'kafka' | 'mongodb', megabytes: number): Fault {
  const name = engine === 'kafka' ? 'broker' : 'mongod';
  return {
    name: `full-disk-${name}`,
    promise: `The disk of ${name} is full, twice: ${KEPT}.`,
    engines: 'own',
    async run(stage) {
      const disk = await smallDisk(join(stage.home, engine, 'data'), megabytes);
      if (typeof disk === 'string') {
        stage.say(`Skipped: ${disk}.`);
        return `skipped: ${disk}`;
      }
      stage.atEnd(() => disk.remove());
      return underLoad(stage, { strikes: [full(stage, disk, engine), full(stage, disk, engine)] });
    },
  };
}

export const fullDisks: readonly Fault[] = [fullDisk('kafka', 512), fullDisk('mongodb', 1024)];
