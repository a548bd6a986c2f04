import type { Cursor, StoredRecord } from '../src/model.js';
import type { StoredContext } from '../src/projector/context.js';
import type {
  Checkpoint,
  FewDocuments,
  ProjectorStore,
  Quarantined,
  StoredFreshness,
  Written,
} from '../src/projector/store.js';
import type { StoredUnitYear } from '../src/projector/stored-year.js';

export type Step = 'together' | 'contexts' | 'records' | 'years' | 'cursors' | 'checkpoints' | 'quarantine';

/** What happens to a write: so many of its documents are stored, then it breaks; or some of its operations fail. */
export type Fault = { kind: 'breaks'; after: number } | { kind: 'refuses'; index: number };

/** Breaks when it is told to; what it wraps keeps what was stored until then. */
export class BreakingStore implements ProjectorStore {
  /** Asked at every write. */
  fault: (step: Step, count: number) => Fault | undefined = () => undefined;
  readonly steps: Step[] = [];

  /** Writes a few documents in one commit, as `inner` does; of that, `after` says whether they are stored when the answer is lost. */
  writeTogether?: (few: FewDocuments) => Promise<boolean>;

  constructor(
    private readonly inner: ProjectorStore,
    { together = false } = {},
  ) {
    if (!together) return;
    this.writeTogether = async (few) => {
      const fault = this.fault('together', few.cursors.length);
      this.steps.push('together');
      if (!fault) return inner.writeTogether!(few);
      if (fault.kind === 'breaks' && fault.after > 0) await inner.writeTogether!(few);
      return false;
    };
  }

  checkpoints = () => this.inner.checkpoints();
  cursors = (service: string, partitions: readonly number[]) => this.inner.cursors(service, partitions);
  incomplete = () => this.inner.incomplete();
  unitYears = (ids: readonly string[]) => this.inner.unitYears(ids);
  contexts = (ids: readonly string[]) => this.inner.contexts(ids);
  records = (ids: readonly string[]) => this.inner.records(ids);
  writeFreshness = (freshness: StoredFreshness) => this.inner.writeFreshness(freshness);

  writeUnitYears = (documents: readonly StoredUnitYear[], unseen?: boolean) =>
    this.write('years', documents, (some) => this.inner.writeUnitYears(some, unseen));
  writeContexts = (documents: readonly StoredContext[]) =>
    this.write('contexts', documents, (some) => this.inner.writeContexts(some));
  writeRecords = (documents: readonly StoredRecord[]) =>
    this.write('records', documents, (some) => this.inner.writeRecords(some));
  insertRecords = async (documents: readonly StoredRecord[]) => {
    let there: number[] = [];
    const insert = async (some: readonly StoredRecord[]) => {
      const inserted = await this.inner.insertRecords(some);
      there = inserted.there.map((index) => documents.indexOf(some[index]!));
      return { outdated: 0, failed: inserted.failed };
    };
    const { failed } = await this.write('records', documents, insert);
    return { there, failed };
  };
  writeCursors = (documents: readonly Cursor[]) =>
    this.write('cursors', documents, (some) => this.inner.writeCursors(some));
  writeCheckpoints = async (checkpoints: readonly Checkpoint[]) =>
    void (await this.write('checkpoints', checkpoints, (some) => stored(this.inner.writeCheckpoints(some))));
  quarantine = async (values: readonly Quarantined[]) =>
    void (await this.write('quarantine', values, (some) => stored(this.inner.quarantine(some))));

  private async write<T>(step: Step, documents: readonly T[], write: (some: readonly T[]) => Promise<Written>) {
    const fault = documents.length > 0 ? this.fault(step, documents.length) : undefined;
    if (documents.length > 0) this.steps.push(step);
    if (!fault) return write(documents);
    if (fault.kind === 'refuses') {
      const { outdated, failed } = await write(documents.filter((_, i) => i !== fault.index));
      return { outdated, failed: [...failed, { index: fault.index, error: 'refused' }] };
    }
    await write(documents.slice(0, fault.after));
    throw new Error(`broken while writing ${step}`);
  }
}

async function stored(write: Promise<void>): Promise<Written> {
  await write;
  return { outdated: 0, failed: [] };
}
