import type { Body, DocumentSource, LegalBasis, Name } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import type { Day, GivenDate } from './days.js';
import { dayBefore } from './days.js';

export type TerritoryKind = 'country' | 'province' | 'district' | 'commune';
export type UnitKind = TerritoryKind | 'centre' | 'community-centre';
export type RegistryService = 'provinces' | 'centres' | 'community-learning';

/** A value over time: from its day until before `to`. `null` is open. */
export interface Span<T> {
  from: Day | null;
  to: Day | null;
  value: T;
}

export interface Life {
  /** The first day; `null`: alive before everything that is known. */
  from: Day | null;
  /** The day on which it no longer lived; `null`: lives. */
  to: Day | null;
  givenFrom: GivenDate | undefined;
  givenTo: GivenDate | undefined;
  /** `from` is only the first day on which it is known to exist. */
  knownSince: boolean;
}

/** Towards a predecessor or a successor. */
export interface Edge {
  other: string;
  on: Day;
  extent: 'whole' | 'part';
  /** Of several successors: the declared default. */
  default: boolean;
  /** The other is of another level, as a district is to the wards that its communes went to. */
  otherKind: boolean;
}

export interface EntryRef {
  service: RegistryService;
  unit: 'vn';
  seq: number;
}

export type ChangeKind =
  | 'established'
  | 'renamed'
  | 'moved'
  | 'kind-changed'
  | 'authority-changed'
  | 'suspended'
  | 'resumed'
  | 'merged'
  | 'divided'
  | 'separated'
  | 'replaced'
  | 'dissolved'
  | 'abolished';

/** What something was formed from without taking its figures over; `unit` is empty where it is no unit of the registry. */
export interface BasedOn {
  unit: string;
  name: string;
  kind: string;
}

/** One line of a unit's lineage. */
export interface Change {
  kind: ChangeKind;
  /** The day from which it counts; empty for a beginning whose day isn't known. */
  on: Day;
  given: GivenDate | undefined;
  /** Of a reorganisation: the units it started from, and those it led to. Of a move: the parents. */
  from: string[];
  to: string[];
  legalBasis: LegalBasis[];
  entry: EntryRef;
  recordedAt: number;
  /** What the unit was or became by it. */
  name?: Name;
  subkind?: string;
  type?: string;
  officialCode?: string;
  address?: string;
  authority?: Body;
  until?: Day;
  basedOn?: BasedOn[];
  note?: string;
  source?: DocumentSource;
}

/** A unit as the registry's facts make it. */
export interface UnitRecord {
  id: string;
  service: RegistryService;
  kind: UnitKind;
  /** Made up to try the software on. What was said of it when its id was given first stays, whatever is withdrawn later. */
  simulated?: true;
  life: Life;
  names: Span<Name>[];
  /** gdtx, gdnn-gdtx, … of a centre. */
  subkinds: Span<string>[];
  /** Tỉnh, Phường … of territory. */
  types: Span<string>[];
  /** Official codes: no ids, the reform of 2025 reused them. */
  codes: Span<string>[];
  /** The parent of territory, the seat of a centre, the commune of a community centre. */
  parents: Span<string>[];
  addresses: Span<string>[];
  authorities: Span<Body>[];
  location: { lat: number; lon: number } | undefined;
  suspended: Span<true>[];
  predecessors: Edge[];
  successors: Edge[];
  changes: Change[];
}

export type LifeState = 'alive' | 'ended' | 'not-yet';

export function stateOn(record: UnitRecord, day: Day): LifeState {
  if (record.life.to !== null && day >= record.life.to) return 'ended';
  return record.life.from !== null && day < record.life.from ? 'not-yet' : 'alive';
}

export function isAlive(record: UnitRecord, day: Day): boolean {
  return stateOn(record, day) === 'alive';
}

/** The day itself, or the nearest on which the unit lived. */
export function clipToLife(record: UnitRecord, day: Day): Day {
  if (record.life.to !== null && day >= record.life.to) return dayBefore(record.life.to);
  return record.life.from !== null && day < record.life.from ? record.life.from : day;
}

/** What held on a day; `undefined` outside of all spans. */
export function valueOn<T>(spans: readonly Span<T>[], day: Day): T | undefined {
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i]!;
    if (span.from === null || day >= span.from) return span.to === null || day < span.to ? span.value : undefined;
  }
  return undefined;
}

/** What held on a day, or on the nearest day of the spans: a parent, a name of a unit that had ended or wasn't yet. */
export function nearestValue<T>(spans: readonly Span<T>[], day: Day): T | undefined {
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i]!;
    if (span.from === null || day >= span.from) return span.value;
  }
  return spans[0]?.value;
}

/** The successors that a unit handed over to when it ended. */
export function heirsOf(record: UnitRecord): Edge[] {
  return record.life.to === null ? [] : record.successors.filter((edge) => edge.on === record.life.to);
}

/** What a unit was made of when it began. Those of its own level, where there are any: they say it more finely. */
export function originsOf(record: UnitRecord): Edge[] {
  if (record.life.from === null) return [];
  const origins = record.predecessors.filter((edge) => edge.on === record.life.from);
  const sameLevel = origins.filter((edge) => !edge.otherKind);
  return sameLevel.length > 0 ? sameLevel : origins;
}
