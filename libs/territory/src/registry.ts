import type { EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { Day } from './days.js';
import { firstBeginning } from './derive.js';
import { LayeredMap } from './layered-map.js';
import { Once } from './once.js';
import { Recent } from './recent.js';
import type { RegistryService, UnitKind, UnitRecord } from './records.js';
import { isAlive } from './records.js';
import { RecordsKept, type Held } from './records-kept.js';
import type { PackedStatement, RegistryFact, Statements } from './statements.js';
import { statementsOf } from './statements.js';

export type { RegistryFact } from './statements.js';
export { registryFactTypes } from './statements.js';
export type { Change, Edge, Life, RegistryService, Span, UnitKind, UnitRecord } from './records.js';

const MEMO_LIMIT = 64;
/** A registry as known at another time shares what has not changed since; its maps are its own, some megabytes for the whole country. */
const KNOWN_LIMIT = 6;

const SERVICES: readonly RegistryService[] = ['provinces', 'centres', 'community-learning'];

type PerService<T> = Record<RegistryService, T>;

/**
 * The units of the country as the registry facts of three services make them. Facts of one service come in seq order;
 * those of different services in any order, with the same result: a unit belongs to one service, names others by id
 * alone, and a name is looked up when it is asked for.
 */
export class Registry {
  /** Results that hold until the next fact: maps, the search index, earlier states of knowledge. */
  private memo = new Recent<unknown>(MEMO_LIMIT);
  private known = new Recent<Registry>(KNOWN_LIMIT);
  /** Of earlier states of knowledge, what is about territory alone. */
  private knownTerritory = new Recent<Recent<unknown>>(KNOWN_LIMIT);
  /** Results about territory alone, which news of centres leaves as they are. */
  private ofTerritory = new Recent<unknown>(MEMO_LIMIT);

  private constructor(
    private readonly units: PerService<LayeredMap<string, Held>>,
    private readonly entries: PerService<LayeredMap<number, readonly string[]>>,
    private changes: number,
    /** Forks share both. */
    private readonly once: Once,
    private readonly records: RecordsKept,
  ) {}

  /** `recordsKept`: how many units' records are kept; those of the others are worked out again when they are asked for. */
  static empty({ recordsKept = Infinity }: { recordsKept?: number } = {}): Registry {
    const once = new Once();
    return new Registry(
      perService(() => LayeredMap.empty()),
      perService(() => LayeredMap.empty()),
      0,
      once,
      new RecordsKept(once, recordsKept),
    );
  }

  /** A registry of its own that starts as this one is now. Cheap: neither sees what the other takes in afterwards. */
  fork(): Registry {
    const fork = new Registry(
      perService((service) => this.units[service].fork()),
      perService((service) => this.entries[service].fork()),
      this.changes,
      this.once,
      this.records,
    );
    // Shared until one of them hears news of territory: both hold the same until then.
    fork.ofTerritory = this.ofTerritory;
    return fork;
  }

  /** Grows with every fact that was taken in. */
  get version(): number {
    return this.changes;
  }

  /**
   * Takes in a fact of the ledger `vn`. What is no registry fact, and an entry that was taken in before, change nothing.
   * A withdrawal undoes its entry. Gives what the fact says, so that a registry that takes it in too needn't read it again.
   */
  apply(fact: RegistryFact): Statements | undefined {
    if (!isService(fact.service)) return undefined;
    if (fact.type === `vn.gdtx.${fact.service}.EntryWithdrawn.v1`) {
      this.withdraw(fact.service, fact.data as EntryWithdrawn, fact.recordedAt);
      return undefined;
    }
    return this.entries[fact.service].has(fact.seq) ? undefined : this.take(fact.service, fact);
  }

  private take(service: RegistryService, fact: RegistryFact): Statements {
    const said = fact.said ?? statementsOf(fact, (unit) => this.kindOf(service, unit), this.once);
    if (said.length === 0) return said;
    // Made of arrays, not spread: V8 leaves room for sixteen more in an array that is spread.
    this.entries[service].set(fact.seq, Array.from(new Set(said.map(([unit]) => unit))).slice());
    for (const [unit, statement] of said) {
      this.units[service].set(unit, { statements: this.statementsOf(service, unit).concat(statement) });
    }
    this.changed(service);
    return said;
  }

  private withdraw(service: RegistryService, fact: EntryWithdrawn, at: number): void {
    const touched = fact.unit === 'vn' ? this.entries[service].get(fact.seq) : undefined;
    if (!touched) return;
    for (const unit of touched) {
      const statements = this.statementsOf(service, unit).map((statement) =>
        statement.fact.seq === fact.seq && statement.withdrawnAt === undefined
          ? { ...statement, withdrawnAt: at }
          : statement,
      );
      this.units[service].set(unit, { statements });
    }
    this.changed(service);
  }

  private changed(service: RegistryService): void {
    this.changes++;
    // A country's facts come by thousands, and nothing is asked in between.
    if (!this.memo.isEmpty) this.memo = new Recent(MEMO_LIMIT);
    if (!this.known.isEmpty) this.known = new Recent(KNOWN_LIMIT);
    if (!this.knownTerritory.isEmpty) this.knownTerritory = new Recent(KNOWN_LIMIT);
    // Of forks too: it may be shared.
    if (service === 'provinces') this.ofTerritory = new Recent(MEMO_LIMIT);
  }

  private statementsOf(service: RegistryService, unit: string): readonly PackedStatement[] {
    return this.units[service].get(unit)?.statements ?? [];
  }

  private kindOf(service: RegistryService, unit: string): UnitKind | undefined {
    return this.statementsOf(service, unit).find((statement) => statement.begins)?.begins?.kind;
  }

  /** A unit of any kind; `undefined` while nothing says that it began. */
  unit(id: string): UnitRecord | undefined {
    for (const service of SERVICES) {
      const record = this.records.of(id, this.units[service].get(id));
      if (record) return record;
    }
    return undefined;
  }

  /** Whether an id was given to a simulated unit; `undefined` where it was never given, not even by an entry withdrawn since. */
  wasSimulated(id: string): boolean | undefined {
    for (const service of SERVICES) {
      const first = firstBeginning(this.statementsOf(service, id));
      if (first) return first.simulated === true;
    }
    return undefined;
  }

  /** A unit of territory. */
  territory(id: string): UnitRecord | undefined {
    return this.records.of(id, this.units.provinces.get(id));
  }

  has(id: string): boolean {
    return this.unit(id) !== undefined;
  }

  /** Every unit, alive or not. */
  *all(kind?: UnitKind): IterableIterator<UnitRecord> {
    for (const service of SERVICES) {
      if (kind !== undefined && serviceOf(kind) !== service) continue;
      for (const [id, held] of this.units[service].entries()) {
        const record = this.records.look(id, held);
        // A slug that two services gave away names one unit: the one that `unit` answers with.
        if (record && (kind === undefined || record.kind === kind) && !this.isGivenBefore(service, id)) yield record;
      }
    }
  }

  private isGivenBefore(service: RegistryService, id: string): boolean {
    const before = SERVICES.slice(0, SERVICES.indexOf(service));
    return before.some((each) => this.records.look(id, this.units[each].get(id)) !== undefined);
  }

  /** The units that live on a day; `kind` undefined: of every kind. */
  *unitsAlive(kind: UnitKind | undefined, on: Day): IterableIterator<UnitRecord> {
    for (const record of this.all(kind)) if (isAlive(record, on)) yield record;
  }

  /** The units whose parent or seat is this one on that day. */
  *childrenOf(parent: string, on: Day, kind?: UnitKind): IterableIterator<UnitRecord> {
    for (const record of this.unitsAlive(kind, on)) {
      const span = record.parents.findLast((each) => each.from === null || on >= each.from);
      if (span?.value === parent) yield record;
    }
  }

  /** The entries that say something of a unit and stand, in the order of their service. */
  entriesOf(id: string): { service: RegistryService; seq: number }[] {
    return SERVICES.flatMap((service) =>
      this.statementsOf(service, id)
        .filter((statement) => statement.withdrawnAt === undefined)
        .map(({ fact }) => ({ service, seq: fact.seq })),
    );
  }

  /** The units that an entry says something of; of a withdrawal, those of the entry that it takes back. */
  unitsOf(fact: RegistryFact): readonly string[] {
    const { service, type, data, seq } = fact;
    if (!isService(service)) return [];
    const isWithdrawal = type === `vn.gdtx.${service}.EntryWithdrawn.v1`;
    return this.entries[service].get(isWithdrawal ? (data as EntryWithdrawn).seq : seq) ?? [];
  }

  /**
   * The registry as it was known at a moment (milliseconds): without what was recorded later, with what was withdrawn later. To
   * be read, not added to. What has changed since is worked out anew, everything else is shared; where nothing has, it is this one.
   */
  knownAt(moment: number): Registry {
    const news = this.remember('news', () => perService((service) => momentsOf(this.units[service])));
    const heard = perService((service) => countUntil(news[service], moment));
    const changed = SERVICES.filter((service) => heard[service] < news[service].length);
    if (changed.length === 0) return this.frozen();
    // Between two pieces of news all moments know the same.
    return this.known.get(SERVICES.map((service) => heard[service]).join('/'), () => {
      const known = this.fork();
      for (const service of changed) known.units[service] = unitsAt(this.units[service], moment);
      if (changed.includes('provinces')) {
        known.ofTerritory = this.knownTerritory.get(String(heard.provinces), () => new Recent(MEMO_LIMIT));
      }
      return known;
    });
  }

  /** The registry as it is now, for results that are worked out later, piece by piece. */
  frozen(): Registry {
    return this.remember('frozen', () => {
      const frozen = this.fork();
      // Nothing is added to it: it is as it is now itself.
      return frozen.remember('frozen', () => frozen);
    });
  }

  /** A result that is worked out once and holds until the next fact. */
  remember<T>(key: string, work: () => T): T {
    return this.memo.get(key, work) as T;
  }

  /** The same for what only territory decides: it outlasts news of centres. `work` sees a registry that doesn't change. */
  rememberTerritory<T>(key: string, work: (frozen: Registry) => T): T {
    return this.ofTerritory.get(key, () => work(this.frozen())) as T;
  }
}

function perService<T>(make: (service: RegistryService) => T): PerService<T> {
  return { provinces: make('provinces'), centres: make('centres'), 'community-learning': make('community-learning') };
}

const isService = (service: string): service is RegistryService => (SERVICES as readonly string[]).includes(service);

const serviceOf = (kind: UnitKind): RegistryService =>
  kind === 'centre' ? 'centres' : kind === 'community-centre' ? 'community-learning' : 'provinces';

/** The moments at which anything was recorded or withdrawn, in order, each once. */
function momentsOf(units: LayeredMap<string, Held>): number[] {
  const moments = new Set<number>();
  for (const [, { statements }] of units.entries()) {
    for (const { fact, withdrawnAt } of statements) {
      moments.add(fact.recordedAt);
      if (withdrawnAt !== undefined) moments.add(withdrawnAt);
    }
  }
  return [...moments].sort((a, b) => a - b);
}

/** How many of them are not after a moment. */
function countUntil(moments: readonly number[], moment: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle]! <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

function unitsAt(units: LayeredMap<string, Held>, moment: number): LayeredMap<string, Held> {
  const known = LayeredMap.empty<string, Held>();
  for (const [id, held] of units.entries()) {
    if (held.statements.every((statement) => isKnownAs(statement, moment))) known.set(id, held);
    else {
      const statements = held.statements.filter(({ fact }) => fact.recordedAt <= moment);
      if (statements.length > 0) known.set(id, { statements: statements.map((each) => withdrawnBy(each, moment)) });
    }
  }
  return known;
}

/** Whether it was known at that moment as it is now. */
function isKnownAs({ fact, withdrawnAt }: PackedStatement, moment: number): boolean {
  return fact.recordedAt <= moment && (withdrawnAt === undefined || withdrawnAt <= moment);
}

function withdrawnBy(statement: PackedStatement, moment: number): PackedStatement {
  return isKnownAs(statement, moment) ? statement : { ...statement, withdrawnAt: undefined };
}
