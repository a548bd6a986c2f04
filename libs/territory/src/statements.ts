import type { Body, DocumentSource, LegalBasis, Name } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import type {
  CommunityCentreDissolved,
  CommunityCentreEstablished,
  CommunityCentreMoved,
  CommunityCentreRenamed,
  CommunityCentreResumed,
  CommunityCentreSuspended,
  CommunityCentresReorganised,
} from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import type {
  AuthorityChanged,
  CentreDissolved,
  CentreEstablished,
  CentreKindChanged,
  CentreMoved,
  CentreRenamed,
  CentresReorganised,
  OperationResumed,
  OperationSuspended,
} from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import type {
  UnitAbolished,
  UnitEstablished,
  UnitMoved,
  UnitRenamed,
  UnitsReorganised,
} from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import type { Day, GivenDate } from './days.js';
import { firstDay, isOpenStart, onDay } from './days.js';
import type { BasedOn, ChangeKind, Edge, RegistryService, UnitKind } from './records.js';
import type { Once } from './once.js';
import { reorganisation, territoryReorganisation } from './reorganisations.js';

/** What one registry fact says of one unit. A unit's record is derived from its statements alone. */
export interface Statement {
  service: RegistryService;
  seq: number;
  recordedAt: number;
  withdrawnAt?: number | undefined;
  /** The day from which it counts; empty: before everything known. */
  day: Day;
  given: GivenDate | undefined;
  knownSince?: boolean;
  /** The line of the lineage page; absent where the fact changes nothing that such a page says. */
  change?: ChangeKind;
  from?: string[];
  to?: string[];
  begins?: { kind: UnitKind; location?: { lat: number; lon: number }; simulated?: true };
  ends?: boolean;
  predecessors?: Edge[];
  successors?: Edge[];
  name?: Name;
  subkind?: string;
  type?: string;
  officialCode?: string;
  parent?: string;
  address?: string;
  authority?: Body;
  until?: Day;
  basedOn?: BasedOn[];
  legalBasis: LegalBasis[];
  note?: string;
  source?: DocumentSource;
}

/** An accepted registry fact: an entry of the ledger `vn`, its data decoded. */
export interface RegistryFact {
  service: string;
  /** `vn.gdtx.<service>.<Name>.v1` */
  type: string;
  /** The ts-proto message of that type. */
  data: unknown;
  seq: number;
  /** Milliseconds since the epoch. */
  recordedAt: number;
  /** What it says, where that was read from it already: by the registry that this one was forked from or to. */
  said?: Statements | undefined;
}

/** What all statements of a fact have in common, but for those that name another day. */
type Shared = Pick<Statement, 'service' | 'seq' | 'recordedAt' | 'day' | 'given' | 'legalBasis' | 'note' | 'source'>;

interface Own extends Omit<Partial<Statement>, 'predecessors' | 'successors'> {
  predecessors?: PackedEdge[] | undefined;
  successors?: PackedEdge[] | undefined;
}

/**
 * A statement as it is held: what it says of its unit alone is text. As objects, the country's statements take four times the
 * memory, and most of them are looked at once in a while.
 */
export interface PackedStatement {
  /** One object for all statements of a fact. */
  fact: Shared;
  withdrawnAt: number | undefined;
  begins: Statement['begins'];
  /** JSON of what else it says, as `narrow` holds it. */
  own: string;
}

/** What a fact says, unit by unit. */
export type Statements = readonly (readonly [unit: string, statement: PackedStatement])[];

/** `[unit, what the fact says of it]`, without what every statement of a fact shares. */
export type Said = [unit: string, statement: Partial<Statement>];

/** The level of a unit that an earlier fact of the same service named. */
export type KindOf = (unit: string) => UnitKind | undefined;

type Reader = (data: never, kindOf: KindOf) => Said[];

const readers: Record<string, Reader> = {
  'vn.gdtx.provinces.UnitEstablished.v1': (fact: UnitEstablished) => [
    [fact.unit, { ...beginning(fact.effectiveOn), ...territory(fact), change: 'established' }],
  ],
  'vn.gdtx.provinces.UnitRenamed.v1': (fact: UnitRenamed) => [
    [fact.unit, { change: 'renamed', name: fact.name, type: fact.type, officialCode: fact.officialCode }],
  ],
  'vn.gdtx.provinces.UnitMoved.v1': (fact: UnitMoved) => [[fact.unit, { change: 'moved', parent: fact.parent }]],
  'vn.gdtx.provinces.UnitsReorganised.v1': (fact: UnitsReorganised, kindOf) => [
    ...territoryReorganisation(fact, firstDay(fact.effectiveOn), kindOf),
    ...fact.moved.map((move): Said => [move.unit, { change: 'moved', parent: move.parent }]),
  ],
  'vn.gdtx.provinces.UnitAbolished.v1': (fact: UnitAbolished) => [[fact.unit, { change: 'abolished', ends: true }]],
  'vn.gdtx.centres.CentreEstablished.v1': (fact: CentreEstablished) => [
    [
      fact.centre,
      {
        ...beginning(fact.establishedOn, fact.knownSince),
        ...centre(fact),
        change: 'established',
        basedOn: fact.formedFrom.map(({ unit, name, kind }) => ({ unit, name, kind })),
      },
    ],
  ],
  'vn.gdtx.centres.CentreRenamed.v1': (fact: CentreRenamed) => [
    [fact.centre, { change: 'renamed', name: fact.name, subkind: fact.kind }],
  ],
  'vn.gdtx.centres.CentreKindChanged.v1': (fact: CentreKindChanged) => [
    [fact.centre, { change: 'kind-changed', name: fact.name, subkind: fact.kind }],
  ],
  'vn.gdtx.centres.AuthorityChanged.v1': (fact: AuthorityChanged) => [
    [fact.centre, { change: 'authority-changed', authority: fact.authority }],
  ],
  'vn.gdtx.centres.CentreMoved.v1': (fact: CentreMoved) => [
    [fact.centre, { change: 'moved', parent: fact.seat, address: fact.address }],
  ],
  'vn.gdtx.centres.CentresReorganised.v1': (fact: CentresReorganised) =>
    reorganisation(fact.sources, fact.targets, firstDay(fact.effectiveOn), centre),
  'vn.gdtx.centres.OperationSuspended.v1': suspension,
  'vn.gdtx.centres.OperationResumed.v1': (fact: OperationResumed) => [[fact.centre, { change: 'resumed' }]],
  'vn.gdtx.centres.CentreDissolved.v1': (fact: CentreDissolved) => [[fact.centre, { change: 'dissolved', ends: true }]],
  'vn.gdtx.community-learning.CommunityCentreEstablished.v1': (fact: CommunityCentreEstablished) => [
    [
      fact.centre,
      { ...beginning(fact.establishedOn, fact.knownSince), ...communityCentre(fact), change: 'established' },
    ],
  ],
  'vn.gdtx.community-learning.CommunityCentresReorganised.v1': (fact: CommunityCentresReorganised) =>
    reorganisation(fact.sources, fact.targets, firstDay(fact.effectiveOn), communityCentre),
  'vn.gdtx.community-learning.CommunityCentreRenamed.v1': (fact: CommunityCentreRenamed) => [
    [fact.centre, { change: 'renamed', name: fact.name }],
  ],
  'vn.gdtx.community-learning.CommunityCentreMoved.v1': (fact: CommunityCentreMoved) => [
    [fact.centre, { change: 'moved', parent: fact.commune, address: fact.address }],
  ],
  'vn.gdtx.community-learning.CommunityCentreSuspended.v1': suspension,
  'vn.gdtx.community-learning.CommunityCentreResumed.v1': (fact: CommunityCentreResumed) => [
    [fact.centre, { change: 'resumed' }],
  ],
  'vn.gdtx.community-learning.CommunityCentreDissolved.v1': (fact: CommunityCentreDissolved) => [
    [fact.centre, { change: 'dissolved', ends: true }],
  ],
};

/** The fact types that make the registry, withdrawals apart. */
export const registryFactTypes: readonly string[] = Object.keys(readers);

/** What a fact says, unit by unit; nothing for a type that is no registry fact or for one without a date. */
export function statementsOf(fact: RegistryFact, kindOf: KindOf, once: Once): Statements {
  const read = readers[fact.type];
  if (!read) return [];
  const data = fact.data as {
    effectiveOn?: GivenDate;
    legalBasis: LegalBasis[];
    note: string;
    source?: DocumentSource;
  };
  const shared: Shared = {
    service: fact.service as RegistryService,
    seq: fact.seq,
    recordedAt: fact.recordedAt,
    day: once.text(firstDay(data.effectiveOn)),
    given: once.value(data.effectiveOn),
    legalBasis: once.value(data.legalBasis ?? []),
    note: data.note || undefined,
    source: once.value(data.source),
  };
  return read(data as never, kindOf)
    .filter(([, said]) => (said.day ?? shared.day) !== '' || said.begins !== undefined)
    .map(([unit, said]): [string, PackedStatement] => [once.text(unit), packed(shared, said, once)]);
}

/** In protobuf an absent text is empty: what isn't said changes nothing. */
function packed(fact: Shared, { begins, ...said }: Partial<Statement>, once: Once): PackedStatement {
  const own: Own = {
    ...said,
    given: once.value(said.given) === fact.given ? undefined : said.given,
    predecessors: said.predecessors?.map(packedEdge),
    successors: said.successors?.map(packedEdge),
    subkind: said.subkind || undefined,
    type: said.type || undefined,
    officialCode: said.officialCode || undefined,
    parent: said.parent || undefined,
    address: said.address || undefined,
    until: said.until || undefined,
  };
  const isShared = begins && !begins.location;
  return {
    fact,
    withdrawnAt: undefined,
    begins: isShared ? once.value(begins) : begins,
    own: narrow(JSON.stringify(own)),
  };
}

/**
 * A text's UTF-8, each byte a character. V8 takes two bytes for every character of a text that has one of Vietnamese in it, and
 * holds what JSON.stringify gives in pieces.
 */
function narrow(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function widened(narrow: string): string {
  return Buffer.from(narrow, 'latin1').toString();
}

/** An edge holds from the day of its fact; its three marks are the bits of a number. */
type PackedEdge = [other: string, marks: number];
const [IS_PART, IS_DEFAULT, IS_OTHER_KIND] = [1, 2, 4];

function packedEdge(edge: Edge): PackedEdge {
  const { other, extent, otherKind } = edge;
  return [other, (extent === 'part' ? IS_PART : 0) | (edge.default ? IS_DEFAULT : 0) | (otherKind ? IS_OTHER_KIND : 0)];
}

function unpackedEdge([other, marks]: PackedEdge, on: Day, once: Once): Edge {
  return {
    other: once.text(other),
    on,
    extent: (marks & IS_PART) === 0 ? 'whole' : 'part',
    default: (marks & IS_DEFAULT) !== 0,
    otherKind: (marks & IS_OTHER_KIND) !== 0,
  };
}

/**
 * `day` may be empty, a beginning that is unknown. Every statement has every field, in one order: what is made of them is
 * worked out faster when they are of one shape.
 */
export function unpacked({ fact, withdrawnAt, begins, own }: PackedStatement, once: Once): Statement {
  const said = JSON.parse(widened(own)) as Own;
  const day = said.day ?? fact.day;
  return {
    // Written out: V8 gives each object that begins with a spread a shape of its own.
    service: fact.service,
    seq: fact.seq,
    recordedAt: fact.recordedAt,
    withdrawnAt,
    legalBasis: fact.legalBasis,
    note: fact.note,
    source: fact.source,
    day,
    given: said.given ?? fact.given,
    knownSince: said.knownSince,
    change: said.change,
    from: said.from,
    to: said.to,
    begins,
    ends: said.ends,
    predecessors: said.predecessors?.map((edge) => unpackedEdge(edge, day, once)),
    successors: said.successors?.map((edge) => unpackedEdge(edge, day, once)),
    name: said.name,
    subkind: once.text(said.subkind),
    type: once.text(said.type),
    officialCode: said.officialCode,
    parent: once.text(said.parent),
    address: said.address,
    authority: once.value(said.authority),
    until: said.until,
    basedOn: said.basedOn,
  };
}

function beginning(given: GivenDate | undefined, knownSince = ''): Partial<Statement> {
  if (firstDay(given) === '' && knownSince) return { day: knownSince, given: onDay(knownSince), knownSince: true };
  return { day: isOpenStart(given) ? '' : firstDay(given), given };
}

function territory(unit: UnitEstablished): Partial<Statement> {
  const { kind, name, type, officialCode, parent, location } = unit;
  return { begins: { kind: kind as UnitKind, location }, name, type, officialCode, parent };
}

function suspension({ centre, from, until }: OperationSuspended | CommunityCentreSuspended): Said[] {
  return [[centre, { change: 'suspended', day: firstDay(from), given: from, until }]];
}

type Centre = Pick<CentreEstablished, 'kind' | 'name' | 'seat' | 'address' | 'authority' | 'simulated'>;
type CommunityCentre = Pick<CommunityCentreEstablished, 'commune' | 'name' | 'address' | 'simulated'>;

function centre(unit: Centre): Partial<Statement> {
  const { kind: subkind, name, seat: parent, address, authority } = unit;
  return { begins: { kind: 'centre', ...mark(unit) }, subkind, name, parent, address, authority };
}

function communityCentre(unit: CommunityCentre): Partial<Statement> {
  const { name, commune: parent, address } = unit;
  return { begins: { kind: 'community-centre', ...mark(unit) }, name, parent, address };
}

const mark = ({ simulated }: { simulated: boolean }): { simulated?: true } => (simulated ? { simulated } : {});
