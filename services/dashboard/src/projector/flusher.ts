import { endOfTheWay } from './entry-spans.js';
import type { Intake, TakenEntry } from './intake.js';
import type { Ledger, PendingPiece } from './ledger.js';
import type { DirtyYear, Ledgers } from './ledgers.js';
import type { Positions } from './positions.js';
import { writePieces } from './record-writer.js';
import type { Cursor } from '../model.js';
import type { StoredContext } from './context.js';
import type { Checkpoint, ProjectorStore, Quarantined, Written } from './store.js';
import type { StoredUnitYear } from './stored-year.js';

/** Documents copied and sent at a time. */
const CHUNK = 1000;
/** Of so few documents a flush is one commit, where the store can: one wait instead of one for each kind. */
const FEW = 200;
/** A checkpoint says less than the cursors do: while flushes follow each other it is written so often at most. A crash reads again what came since. */
const CHECKPOINTS_APART_MS = 250;

export interface FlushCounts {
  flushes: number;
  failed: number;
  /** Documents written. */
  documents: number;
  /** Documents of which a newer one was there: another process works on the same partition. */
  outdated: number;
}

/** Ledgers, and what is to be written of records for each. */
interface TakenPieces {
  changed: readonly Ledger[];
  pieces: PendingPiece[][];
}

/** Documents to be written, and those that could not be. */
interface TakenYears {
  years: DirtyYear[];
  lostYears: DirtyYear[];
}

/** What a flush is to store, as far as it was folded when it began. */
interface Taken extends TakenPieces, TakenYears {
  cursors: Cursor[];
  quarantined: Quarantined[];
  entries: TakenEntry[];
  traced: Intake['traced'];
  checkpoints: Checkpoint[];
}

/** Told after documents are stored; `entries` come with the last documents of a flush. */
export type OnStored = (documents: readonly StoredUnitYear[], entries: readonly TakenEntry[]) => void;

/**
 * Brings what was folded into the store: records, contexts and documents first, then the cursors, then the checkpoint; a few of them,
 * where the store can, in one commit. What is folded meanwhile may come along: a document may be ahead of its cursor, never behind. If
 * anything fails, what comes after it isn't written, and all that isn't known to be stored is written again.
 */
export class Flusher {
  readonly counts: FlushCounts = { flushes: 0, failed: 0, documents: 0, outdated: 0 };

  constructor(
    private readonly store: ProjectorStore,
    private readonly ledgers: Ledgers,
    private readonly intake: Intake,
    private readonly positions: Positions,
    private readonly onStored: OnStored,
  ) {}

  private flushing = false;
  private checkpointsAt = -Infinity;

  /** Nothing waits to be stored, and nothing is on its way. */
  get idle(): boolean {
    if (this.flushing) return false;
    const { dirtyYears, dirtyLedgers } = this.ledgers;
    const { quarantined } = this.intake;
    return dirtyYears.length + dirtyLedgers.length + quarantined.length === 0 && !this.positions.moved();
  }

  /** Throws when something isn't known to be stored; it stays to be written. One at a time. */
  async flush(): Promise<void> {
    const taken = this.takeOver();
    this.flushing = true;
    // What is given away meanwhile is still to be copied.
    this.ledgers.keepMemory();
    try {
      await this.write(taken);
      this.counts.flushes += 1;
    } catch (error) {
      this.counts.failed += 1;
      this.giveBack(taken);
      throw error;
    } finally {
      this.flushing = false;
      this.ledgers.releaseMemory();
    }
  }

  /**
   * Stores records, and documents that won't be changed soon, and lets go of them, without cursors and checkpoints: these are written only
   * when all that they cover is stored, and until then documents are ahead of them. Throws as `flush` does.
   */
  async relieve(): Promise<void> {
    const changed = this.ledgers.dirtyLedgers.filter(({ pieces }) => pieces.length > 0);
    const pieces = changed.map((ledger) => ledger.pieces);
    for (const ledger of changed) ledger.pieces = [];
    const taken = { years: this.ledgers.takeCold(), lostYears: [] as DirtyYear[], changed, pieces };
    if (taken.years.length + changed.length === 0) return;
    this.flushing = true;
    this.ledgers.keepMemory();
    try {
      await this.writeRecords(taken);
      taken.changed = [];
      await this.writeYears(taken, true);
    } catch (error) {
      this.counts.failed += 1;
      this.giveBackYears(taken);
      givePiecesBack(taken);
      throw error;
    } finally {
      this.flushing = false;
      this.ledgers.releaseMemory();
    }
  }

  private takeOver(): Taken {
    const { ledgers, intake, positions } = this;
    const years = ledgers.dirtyYears;
    const changed = ledgers.dirtyLedgers;
    const { quarantined, entries, traced } = intake;
    ledgers.dirtyYears = [];
    ledgers.dirtyLedgers = [];
    intake.quarantined = [];
    intake.entries = [];
    intake.traced = [];
    for (const ledger of changed) ledger.dirty = false;
    // As far as they are now: the documents are copied later, and may have become newer by then.
    const cursors = changed.map((ledger) => ledger.cursor());
    const pieces = changed.map((ledger) => ledger.pieces);
    for (const ledger of changed) ledger.pieces = [];
    return {
      years,
      lostYears: [] as DirtyYear[],
      changed,
      cursors,
      pieces,
      quarantined,
      entries,
      traced,
      checkpoints: positions.take(),
    };
  }

  private async write(taken: Taken): Promise<void> {
    const { store } = this;
    await store.quarantine(taken.quarantined);
    taken.quarantined = [];
    await this.writeRecords(taken);
    const together = await this.writeTogether(taken);
    if (!together) {
      await this.writeContexts(taken.changed);
      await this.writeYears(taken);
    }
    this.show(taken);
    if (!together) this.demand(await store.writeCursors(taken.cursors));
    for (const [i, ledger] of taken.changed.entries()) ledger.storedYears = taken.cursors[i]!.years;
    if (taken.traced.length > 0) endOfTheWay(taken.traced, Date.now());
    taken.traced = [];
    if (this.mayCheckpointWait(taken)) return this.positions.giveBack(taken.checkpoints);
    await store.writeCheckpoints(taken.checkpoints);
    this.checkpointsAt = performance.now();
    this.positions.stored(taken.checkpoints);
  }

  /** Only behind a flush that stored something: one is sure to follow, and where nothing comes, that one stores the checkpoint. */
  private mayCheckpointWait({ changed, checkpoints }: Pick<Taken, 'changed' | 'checkpoints'>): boolean {
    const isEarly = performance.now() < this.checkpointsAt + CHECKPOINTS_APART_MS;
    return isEarly && changed.length > 0 && !checkpoints.some(({ reset }) => reset);
  }

  /** All but records, in one commit. False: nothing of it is known to be stored, and all is still to be written. */
  private async writeTogether({ years, changed, cursors }: Taken): Promise<boolean> {
    const { store } = this;
    if (!store.writeTogether || changed.length === 0 || years.length + changed.length > FEW) return false;
    const { news, contexts } = takeContexts(changed);
    const documents = years.map(({ ledger, year }) => year.toStored(ledger.service, ledger.unit));
    // What is folded from here on is for the next time.
    for (const { year } of years) year.dirty = false;
    if (!(await store.writeTogether({ contexts, years: documents, cursors }).catch(() => false))) {
      for (const ledger of news) ledger.contextDirty = true;
      for (const { year } of years) year.dirty = true;
      return false;
    }
    years.length = 0;
    this.counts.documents += documents.length;
    this.onStored(documents, []);
    return true;
  }

  private async writeContexts(changed: readonly Ledger[]): Promise<void> {
    const { news, contexts } = takeContexts(changed);
    if (news.length === 0) return;
    const { outdated, failed } = await whole(contexts, () => this.store.writeContexts(contexts));
    this.counts.outdated += outdated;
    for (const { index } of failed) news[index]!.contextDirty = true;
    demandNone(failed);
  }

  private async writeRecords({ changed, pieces }: TakenPieces): Promise<void> {
    const pending = pieces.flat();
    if (pending.length === 0) return;
    const epochs = new Map(changed.flatMap((ledger, i) => pieces[i]!.map((piece) => [piece, ledger.epoch] as const)));
    this.demand(await writePieces(this.store, pending, (piece) => epochs.get(piece)!));
  }

  private async writeYears(taken: TakenYears, letGo = false): Promise<void> {
    let problem = '';
    // New ones first: they are inserted, which costs a server less than replacing what may be there.
    const [known, unseen]: [DirtyYear[], DirtyYear[]] = [[], []];
    for (const dirty of taken.years) (dirty.ledger.storedYears.includes(dirty.year.year) ? known : unseen).push(dirty);
    taken.years = [...unseen, ...known];
    let news = unseen.length;
    while (taken.years.length > 0) {
      const isNew = news > 0;
      const some = taken.years.splice(0, Math.min(CHUNK, isNew ? news : CHUNK));
      news -= some.length;
      for (const { year } of some) year.dirty = false;
      const documents = some.map(({ ledger, year }) => year.toStored(ledger.service, ledger.unit));
      const { outdated, failed } = await whole(documents, () => this.store.writeUnitYears(documents, isNew));
      this.counts.documents += documents.length;
      this.counts.outdated += outdated;
      const lost = new Set(failed.map(({ index }) => index));
      taken.lostYears.push(...some.filter((_, i) => lost.has(i)));
      this.onStored(lost.size === 0 ? documents : documents.filter((_, i) => !lost.has(i)), []);
      if (letGo) for (const [i, { ledger, year }] of some.entries()) if (!lost.has(i)) ledger.letGo(year);
      problem = failed[0]?.error ?? problem;
    }
    if (taken.lostYears.length > 0) throw new Error(`${taken.lostYears.length} documents were not stored: ${problem}`);
  }

  /** Readers of this process know the documents now. */
  private show(taken: Taken): void {
    for (const [i, ledger] of taken.changed.entries()) ledger.shown = taken.cursors[i]!.seq;
    this.onStored([], taken.entries);
    taken.entries = [];
    this.positions.shown(taken.checkpoints);
  }

  private giveBack(taken: Taken): void {
    const { ledgers, intake } = this;
    this.giveBackYears(taken);
    givePiecesBack(taken);
    for (const ledger of taken.changed) if (!ledger.dropped) ledgers.changed(ledger);
    intake.quarantined = [...taken.quarantined, ...intake.quarantined];
    intake.entries = [...taken.entries, ...intake.entries];
    intake.traced = [...taken.traced, ...intake.traced];
    this.positions.giveBack(taken.checkpoints);
  }

  private giveBackYears(taken: TakenYears): void {
    // Those not yet copied are still marked; those that were lost may have been marked, and listed, again since.
    const again = taken.lostYears.filter(({ year }) => !year.dirty);
    for (const { year } of again) year.dirty = true;
    for (const dirty of [...taken.years, ...again]) if (!dirty.ledger.dropped) this.ledgers.dirtyYears.push(dirty);
  }

  private demand({ outdated, failed }: Written): void {
    this.counts.outdated += outdated;
    demandNone(failed);
  }
}

/** Copies of the contexts that have changed, and whose they are; what is remembered from here on is for the next time. */
function takeContexts(changed: readonly Ledger[]): { news: Ledger[]; contexts: StoredContext[] } {
  const news = changed.filter((ledger) => ledger.contextDirty && ledger.context);
  for (const ledger of news) ledger.contextDirty = false;
  return { news, contexts: news.map(({ service, unit, epoch, context }) => context!.toStored(service, unit, epoch)) };
}

function givePiecesBack({ changed, pieces }: TakenPieces): void {
  for (const [i, ledger] of changed.entries()) {
    if (!ledger.dropped) ledger.pieces = [...pieces[i]!, ...ledger.pieces];
  }
}

/** A write that throws has stored nothing that is known of. */
async function whole(documents: readonly unknown[], write: () => Promise<Written>): Promise<Written> {
  try {
    return await write();
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    return { outdated: 0, failed: documents.map((_, index) => ({ index, error })) };
  }
}

function demandNone(failed: Written['failed']): void {
  if (failed.length > 0) throw new Error(`${failed.length} documents were not stored: ${failed[0]!.error}`);
}
