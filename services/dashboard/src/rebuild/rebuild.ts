import type { Connection } from 'mongoose';
import { createIndexes, createMongoStore, READ_MODEL_COLLECTIONS } from '../projector/mongo-store.js';
import { startProjector, type Projector, type ProjectorOptions } from '../projector/projector.js';
import type { LivePointer, Models, ModelPlace } from '../served/live-pointer.js';
import type { Readers } from '../served/readers.js';
import { grouped, NotPossible, untilBuilt, type AgreedHeads } from './build.js';
import { compareModels, type Compared, type CompareOptions } from './compare-models.js';
import { sentenceOf } from './difference.js';

export interface RebuildParts {
  /** The dashboard's own database. */
  home: Connection;
  pointer: LivePointer;
  readers: Readers;
  services: readonly string[];
  projector: Omit<ProjectorOptions, 'store' | 'groupId' | 'onCrash'>;
  /** Who does it, for a sentence. */
  by: string;
  say: (line: string) => void;
  signal: AbortSignal;
  /** For tests. */
  compare?: Pick<CompareOptions, 'rounds' | 'pauseMs'>;
}

export type Outcome = 'swapped' | 'different';

const BEAT_MS = 2_000;
/** Whoever builds and says nothing for so long is gone. */
const GONE_MS = 10_000;
const TAKEN_OVER_MS = 300_000;
const LOOK_MS = 200;
const SHOWN = 20;

/**
 * Builds a second read model from Kafka beside the live one, compares everything, and swaps. Where they differ it says so and, unless
 * differences are accepted, leaves the live one as it is. Throws NotPossible with a sentence. Whatever happens, the live model is whole:
 * it is exchanged in one write, and what is left of a build that was killed is dropped by the next.
 */
export async function rebuild(parts: RebuildParts, acceptDifferences = false): Promise<Outcome> {
  const { pointer, say } = parts;
  const place = await begin(parts);
  say(`Building ${place.database} beside ${(await pointer.read()).live.database}, which goes on.`);
  const stopBeating = beat(parts, place);
  let fed: Fed | undefined;
  let isSwapped = false;
  try {
    fed = await feed(parts, place);
    const heads = await fed.whileAlive(
      untilBuilt({ ...parts, projector: fed.projector, owners: parts.projector.owners }),
    );
    const compared = await fed.whileAlive(compare(parts, place, heads));
    tell(parts, compared);
    if (compared.differences.length > 0 && !acceptDifferences) return 'different';
    if (compared.restless.length > 0)
      throw new NotPossible(
        `${compared.restless.length} ledgers were never at rest, such as ${compared.restless[0]}: try again when less is recorded.`,
      );
    isSwapped = await pointer.swapTo(place);
    if (!isSwapped) throw new NotPossible('Somebody else has taken this rebuild for dead: nothing was swapped.');
    say(`Swapped: ${place.database} is the live one.`);
    await untilTakenOver(parts, place);
    return 'swapped';
  } finally {
    stopBeating();
    await fed?.stop();
    if (!isSwapped) await discard(parts, place);
  }
}

/** Makes the former model the live one again, when it has caught up with what came meanwhile. */
export async function swapBack(parts: RebuildParts): Promise<void> {
  const { pointer, say } = parts;
  const models = await pointer.read();
  const { before } = models;
  if (!before) throw new NotPossible('There is no former read model to go back to.');
  refuseWhileBuilding(models);
  say(`${before.database} takes in what came since it was left.`);
  const fed = await feed(parts, before);
  try {
    await fed.whileAlive(untilBuilt({ ...parts, projector: fed.projector, owners: parts.projector.owners }));
    if (!(await pointer.swapBack(models))) throw new NotPossible('Something else was changed meanwhile: try again.');
    say(`Swapped back: ${before.database} is the live one; ${models.live.database} is kept.`);
    await untilTakenOver(parts, before);
  } finally {
    await fed.stop();
  }
}

/** Drops the former model, once no dashboard has it open. */
export async function dropFormer({ home, pointer, readers, say }: RebuildParts): Promise<void> {
  const models = await pointer.read();
  const { before } = models;
  if (!before) return say('There is no former read model.');
  const reading = (await readers.all()).filter(({ holds }) => holds.includes(before.number)).length;
  if (reading > 0)
    throw new NotPossible(`${reading} dashboards still read ${before.database}: wait until they have taken the other.`);
  if (!(await pointer.forgetBefore(models))) throw new NotPossible('Something else was changed meanwhile: try again.');
  await drop(home, before);
  say(`Dropped ${before.database}.`);
}

async function begin(parts: RebuildParts): Promise<ModelPlace> {
  const { pointer, home, by, say } = parts;
  let models = await pointer.read();
  if (models.before) throw new NotPossible(`${models.before.database} is still kept: --drop-old or --back first.`);
  refuseWhileBuilding(models);
  if (models.building) {
    say(`Dropping ${models.building.database}, which ${models.building.by} left half built.`);
    await drop(home, models.building);
    await pointer.giveUp(models.building);
    models = await pointer.read();
  }
  const place = await pointer.begin(models, by);
  if (!place) throw new NotPossible('Somebody else has just begun a rebuild.');
  return place;
}

function refuseWhileBuilding({ building }: Models): void {
  if (building && building.silentMs < GONE_MS)
    throw new NotPossible(`${building.by} is rebuilding just now, into ${building.database}.`);
}

/** Says every two seconds that the model is still being built. */
function beat({ pointer }: RebuildParts, place: ModelPlace): () => void {
  const timer = setInterval(() => void pointer.beat(place).catch(() => undefined), BEAT_MS);
  return () => clearInterval(timer);
}

interface Fed {
  projector: Projector;
  /** Rejects as soon as reading has stopped for good. */
  whileAlive<Result>(work: Promise<Result>): Promise<Result>;
  stop(): Promise<void>;
}

/** A projector of this process that brings a model up to now and keeps it there. */
async function feed({ home, projector: options }: RebuildParts, { database, groupId }: ModelPlace): Promise<Fed> {
  const connection = home.useDb(database);
  await createIndexes(connection);
  let crashed: (error: Error) => void = () => {};
  const crash = new Promise<never>((_, reject) => (crashed = reject));
  crash.catch(() => undefined);
  const projector = startProjector({
    ...options,
    groupId,
    store: createMongoStore(connection),
    onCrash: (error) => crashed(error),
  });
  // Far behind, it takes a while until it is ready, and says meanwhile how far it is.
  projector.ready.catch(() => undefined);
  const whileAlive = <Result>(work: Promise<Result>) => Promise.race([work, crash]);
  return { projector, whileAlive, stop: () => projector.stop() };
}

async function compare(parts: RebuildParts, place: ModelPlace, heads: AgreedHeads): Promise<Compared> {
  const { home, pointer, say, signal } = parts;
  const { live } = await pointer.read();
  say(`Comparing it with ${live.database} at ${grouped(heads.size)} agreed heads.`);
  const client = home.getClient();
  let said = performance.now();
  return compareModels({
    ...{ live: client.db(live.database), rebuilt: client.db(place.database), heads, signal, ...parts.compare },
    onProgress: ({ years, records }) => {
      if (performance.now() - said < BEAT_MS) return;
      said = performance.now();
      say(`  ${grouped(years)} documents of years, ${grouped(records)} records`);
    },
  });
}

function tell({ say }: RebuildParts, { differences, ...compared }: Compared): void {
  const { ledgers, years, values, records, again } = compared;
  say(
    `Compared ${grouped(ledgers)} ledgers: ${grouped(years)} documents of years with ${grouped(values)} values, ${grouped(records)} records; ` +
      `${grouped(again)} were looked at again, since more came meanwhile.`,
  );
  if (differences.length === 0) return say('No difference.');
  say(`${grouped(differences.length)} differences:`);
  for (const difference of differences.slice(0, SHOWN)) say(`  ${sentenceOf(difference)}`);
  if (differences.length > SHOWN) say(`  … and ${grouped(differences.length - SHOWN)} more`);
}

/** Until every dashboard that runs has loaded the model and takes part in feeding it. */
async function untilTakenOver({ readers, say, signal }: RebuildParts, { number }: ModelPlace): Promise<void> {
  let said = '';
  for (const until = Date.now() + TAKEN_OVER_MS; Date.now() < until;) {
    const all = await readers.all();
    const there = all.filter(({ serves, joined }) => serves === number || joined === number).length;
    const text = `  ${there} of ${all.length} dashboards have loaded it`;
    if (text !== said) say(text);
    said = text;
    if (there === all.length) return;
    if (signal.aborted) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  say('  Those that haven’t will when they start.');
}

async function discard({ home, pointer, say }: RebuildParts, place: ModelPlace): Promise<void> {
  // First the database: while it is registered, whatever is left of it is found.
  await drop(home, place);
  await pointer.giveUp(place);
  say(`Dropped ${place.database}; the live one is as it was.`);
}

/** A database of its own goes; of the dashboard's own only what belongs to the read model. */
async function drop(home: Connection, { database }: ModelPlace): Promise<void> {
  const db = home.getClient().db(database);
  if (database !== home.name) return void (await db.dropDatabase());
  for (const name of READ_MODEL_COLLECTIONS) await db.collection(name).drop();
}
