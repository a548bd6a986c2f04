import { setTimeout as pause } from 'node:timers/promises';
import { partitionOf, topicOf } from '@gdtx/kafka/partition';
import { openDatabases, type Databases } from '../checker/read-mongodb.js';
import type { Fault, FaultStage } from '../fault.js';
import { whileSending } from '../load/while-sending.js';
import { CENTRES } from '../load/world.js';
import { underLoad, type Strike } from '../under-load.js';

const SERVICE = 'programmes';
const STANDS_FOR_MS = 4_000;
const STANDS_WITHIN_MS = 60_000;

/** The database refuses one document, whatever else is written with it. */
const refuse = (databases: Databases, id: string | undefined) =>
  databases.of('dashboard').command({
    collMod: 'unit_years',
    validator: id === undefined ? {} : { _id: { $ne: id } },
    validationLevel: 'strict',
  });

async function positionOf(databases: Databases, checkpoint: string, cursor: string) {
  const db = databases.of('dashboard');
  const checkpoints = db.collection<{ _id: string; position: number }>('checkpoints');
  const cursors = db.collection<{ _id: string; seq: number }>('cursors');
  const position = Number((await checkpoints.findOne({ _id: checkpoint }))?.position ?? 0);
  return { position, seq: (await cursors.findOne({ _id: cursor }))?.seq ?? 0 };
}

/** Neither the checkpoint of the unit's partition nor its cursor moves while the document is refused, though Kafka has more. */
function refused(stage: FaultStage, unit: string, killed: boolean): Strike {
  return {
    what: `refused one document of ${unit}${killed ? ', and killed the dashboard meanwhile' : ''}`,
    async how({ engines, platform, load }) {
      const databases = await openDatabases(engines.mongodbUri, stage.databasePrefix);
      const checkpoint = `${topicOf(stage.topicPrefix, SERVICE)}/${partitionOf(unit)}`;
      const cursor = `${SERVICE}/${unit}`;
      const heads = databases.of(SERVICE).collection<{ _id: string; seq: number }>('heads');
      try {
        await refuse(databases, `${SERVICE}/${unit}/2024`);
        const notStored = async () => {
          for (const until = performance.now() + STANDS_WITHIN_MS; ; await pause(100)) {
            const head = await heads.findOne({ _id: unit });
            const { seq } = await positionOf(databases, checkpoint, cursor);
            if ((head?.seq ?? 0) > seq + 3) return;
            if (performance.now() > until)
              throw new Error(`its cursor moves though its document is refused, or too few facts of ${unit} came`);
          }
        };
        // Until entries of the unit have come that can't be stored.
        await whileSending(load, notStored(), 500);
        await pause(500);
        const before = await positionOf(databases, checkpoint, cursor);
        if (killed) {
          await platform.service('dashboard').kill();
          await platform.service('dashboard').ready();
        }
        await pause(STANDS_FOR_MS);
        const after = await positionOf(databases, checkpoint, cursor);
        if (after.position !== before.position || after.seq !== before.seq) {
          throw new Error(`moved past what is not stored: from ${JSON.stringify(before)} to ${JSON.stringify(after)}`);
        }
      } finally {
        await refuse(databases, undefined);
        await databases.close();
      }
    },
  };
}

export const failedOperation: Fault = {
  name: 'failed-operation',
  promise:
    'One operation in a bulk fails: the checkpoint does not move until it is stored, also when the projector is killed meanwhile.',
  engines: 'shared',
  run(stage) {
    const random = stage.random.fork('units');
    const one = random.oneOf(CENTRES);
    const other = random.oneOf(CENTRES);
    return underLoad(stage, { strikes: [refused(stage, one, false), refused(stage, other, true)] });
  },
};
