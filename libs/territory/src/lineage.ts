import type { LegalBasis } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import type { Day, GivenDate } from './days.js';
import type { Change, Edge, EntryRef, UnitRecord } from './records.js';
import type { Registry } from './registry.js';

/**
 * What a reorganisation did between two units: several became one new one; one went into another that lives on; one became
 * several; a new one came out of one that lives on; one took another's place; several became several; a part changed hands;
 * or the level of one ended, as that of the districts in 2025.
 */
export type LineageForm =
  | 'consolidation'
  | 'absorption'
  | 'division'
  | 'separation'
  | 'replacement'
  | 'rearrangement'
  | 'transfer'
  | 'level-ended';

export interface LineageEdge {
  from: string;
  to: string;
  on: Day;
  /** As the decision gives its date. */
  given: GivenDate | undefined;
  extent: Edge['extent'];
  default: boolean;
  /** Undefined where there is no news of one of the two. */
  form: LineageForm | undefined;
  legalBasis: LegalBasis[];
  /** The entry that says so. */
  entry: EntryRef | undefined;
}

export interface LineageUnit {
  record: UnitRecord;
  /** From the unit that was asked for: how many reorganisations back (below zero) or on. */
  steps: number;
}

export interface Lineage {
  /** The units that were asked for, what they came from, and what they became, each with theirs; oldest first. */
  units: LineageUnit[];
  /** Between these units, by day; also to a unit that there is no news of. */
  edges: LineageEdge[];
  /** There is more than `most` units: the nearest are here. */
  cut: boolean;
}

/** More than any real history has: the most that a unit of the reference territory has is a few dozen. */
const MOST_UNITS = 500;

/**
 * Where units came from and what became of them: all of their ancestors and all of their descendants, the nearest first where
 * there are more than `most`. A unit that isn't known is left out. Should lineage bite its own tail, each unit stands once.
 */
export function lineageOf(registry: Registry, asked: readonly string[], most = MOST_UNITS): Lineage {
  const walk = new Walk(registry, most);
  for (const unit of asked) walk.begin(unit);
  walk.go(-1, (record) => record.predecessors);
  walk.go(1, (record) => record.successors);
  return walk.found();
}

class Walk {
  private readonly units = new Map<string, LineageUnit>();
  private readonly asked: UnitRecord[] = [];
  private readonly edges = new Map<string, LineageEdge>();
  private cut = false;

  constructor(
    private readonly registry: Registry,
    private readonly most: number,
  ) {}

  begin(unit: string): void {
    const record = this.registry.unit(unit);
    if (!record || this.units.has(unit)) return;
    this.asked.push(record);
    this.units.set(unit, { record, steps: 0 });
  }

  /** Breadth first, so that the nearest are found first. */
  go(step: -1 | 1, next: (record: UnitRecord) => readonly Edge[]): void {
    const seen = new Set(this.asked.map((record) => record.id));
    let ring: readonly UnitRecord[] = this.asked;
    for (let steps: number = step; ring.length > 0; steps += step) {
      const further: UnitRecord[] = [];
      for (const record of ring) {
        for (const edge of next(record)) {
          const other = this.registry.unit(edge.other);
          if (other && !this.hold(other, steps)) continue;
          this.note(step < 0 ? [edge.other, record.id] : [record.id, edge.other], edge);
          if (!other || seen.has(other.id)) continue;
          seen.add(other.id);
          further.push(other);
        }
      }
      ring = further;
    }
  }

  found(): Lineage {
    return {
      units: [...this.units.values()].sort(byAge),
      edges: [...this.edges.values()].sort(byDay),
      cut: this.cut,
    };
  }

  /** Whether the unit is in it. */
  private hold(record: UnitRecord, steps: number): boolean {
    if (this.units.has(record.id)) return true;
    if (this.units.size >= this.most) {
      this.cut = true;
      return false;
    }
    this.units.set(record.id, { record, steps });
    return true;
  }

  private note([from, to]: [string, string], edge: Edge): void {
    const key = `${from}/${to}/${edge.on}`;
    if (this.edges.has(key)) return;
    const [source, target] = [this.registry.unit(from), this.registry.unit(to)];
    const change = changeBehind(source, target, { from, to, on: edge.on });
    this.edges.set(key, {
      from,
      to,
      on: edge.on,
      given: change?.given,
      extent: edge.extent,
      default: edge.default,
      form: source && target ? formOf(source, target, edge) : undefined,
      legalBasis: change?.legalBasis ?? [],
      entry: change?.entry,
    });
  }
}

const REORGANISING: ReadonlySet<Change['kind']> = new Set(['merged', 'divided', 'separated', 'replaced']);

/** The change that leads from one to the other. On one day there may be several decisions: the one that names them. */
function changeBehind(
  source: UnitRecord | undefined,
  target: UnitRecord | undefined,
  { from, to, on }: { from: string; to: string; on: Day },
): Change | undefined {
  const that = ({ kind, on: day }: Change): boolean => day === on && REORGANISING.has(kind);
  return (
    source?.changes.find((change) => that(change) && change.to.includes(to)) ??
    target?.changes.find((change) => that(change) && change.from.includes(from)) ??
    source?.changes.find(that)
  );
}

function formOf(source: UnitRecord, target: UnitRecord, { on, otherKind }: Edge): LineageForm {
  const ends = source.life.to === on;
  const begins = target.life.from === on;
  if (otherKind && ends) return 'level-ended';
  if (!ends) return begins ? 'separation' : 'transfer';
  if (!begins) return 'absorption';
  const sources = ofOneDay(target.predecessors, on);
  const targets = ofOneDay(source.successors, on);
  if (sources > 1) return targets > 1 ? 'rearrangement' : 'consolidation';
  return targets > 1 ? 'division' : 'replacement';
}

/** A ward comes from communes; that it also comes from their district says nothing more. */
function ofOneDay(edges: readonly Edge[], on: Day): number {
  return new Set(edges.filter((edge) => edge.on === on && !edge.otherKind).map((edge) => edge.other)).size;
}

const byAge = (a: LineageUnit, b: LineageUnit): number =>
  compare(a.record.life.from ?? '', b.record.life.from ?? '') || compare(a.record.id, b.record.id);

const byDay = (a: LineageEdge, b: LineageEdge): number =>
  compare(a.on, b.on) || compare(a.from, b.from) || compare(a.to, b.to);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
