import type { Day } from './days.js';
import type { Change, Life, Span, UnitRecord } from './records.js';
import type { Statement } from './statements.js';

const none: readonly never[] = Object.freeze([]);
/** Most units have no address, no authority, no suspension: they share one empty list. */
const empty = <T>(): T[] => none as unknown as T[];

/**
 * The record that statements make, whatever the order they came in: by day, then by seq. `undefined` while nothing says
 * that the unit began: news of it is still to come, or was withdrawn.
 */
export function deriveRecord(id: string, statements: readonly Statement[]): UnitRecord | undefined {
  const standing = statements.filter((statement) => statement.withdrawnAt === undefined);
  // Statements of one service come in seq order: the first that begins the unit is the earliest entry.
  const beginning = standing.find((statement) => statement.begins);
  if (!beginning?.begins) return undefined;
  const ordered = standing.filter((statement) => !statement.begins || statement === beginning).sort(inTime);
  const life = lifeOf(beginning, ordered);
  const spans = <K extends keyof Statement>(key: K) => spansOf(life, beginning, ordered, key);
  const parents = spans('parent');
  return {
    id,
    service: beginning.service,
    kind: beginning.begins.kind,
    ...(firstBeginning(statements)?.simulated ? { simulated: true } : {}),
    life,
    names: spans('name'),
    subkinds: spans('subkind'),
    types: spans('type'),
    codes: spans('officialCode'),
    parents,
    addresses: spans('address'),
    authorities: spans('authority'),
    location: beginning.begins.location,
    suspended: suspensions(life, ordered),
    predecessors: gather(ordered, 'predecessors'),
    successors: gather(ordered, 'successors'),
    changes: ordered.filter((statement) => statement.change).map((statement) => changeOf(statement, parents)),
  };
}

/** What was said when the id was given first, also where that was withdrawn since: figures rest on it. */
export function firstBeginning(statements: readonly Pick<Statement, 'begins'>[]): Statement['begins'] {
  return statements.find((statement) => statement.begins)?.begins;
}

function inTime(a: Statement, b: Statement): number {
  return a.day < b.day ? -1 : a.day > b.day ? 1 : a.seq - b.seq;
}

function lifeOf(beginning: Statement, ordered: readonly Statement[]): Life {
  const ending = ordered.find((statement) => statement.ends);
  return {
    from: beginning.day || null,
    to: ending?.day ?? null,
    givenFrom: beginning.given,
    givenTo: ending?.given,
    knownSince: beginning.knownSince ?? false,
  };
}

function spansOf<K extends keyof Statement>(
  life: Life,
  beginning: Statement,
  ordered: readonly Statement[],
  key: K,
): Span<NonNullable<Statement[K]>>[] {
  const first = beginning[key];
  let spans: Span<NonNullable<Statement[K]>>[] | undefined;
  if (first !== undefined) spans = [{ from: life.from, to: life.to, value: first as NonNullable<Statement[K]> }];
  for (const statement of ordered) {
    if (statement[key] === undefined || statement === beginning) continue;
    // What is said of a unit after its end holds on no day.
    if (life.to !== null && statement.day >= life.to) continue;
    spans ??= [];
    const last = spans.at(-1);
    const span = { from: statement.day as Day | null, to: life.to, value: statement[key] as NonNullable<Statement[K]> };
    if (last) last.to = statement.day;
    // Of two on one day the later entry holds; one dated before the beginning holds from the beginning.
    if (last && last.from !== null && last.from >= statement.day)
      spans[spans.length - 1] = { ...span, from: last.from };
    else spans.push(span);
  }
  return spans ?? empty();
}

function suspensions(life: Life, ordered: readonly Statement[]): Span<true>[] {
  const said = ordered.filter((statement) => statement.change === 'suspended');
  if (said.length === 0) return empty();
  const resumed = ordered.filter((statement) => statement.change === 'resumed').map((statement) => statement.day);
  return said.map(({ day, until }) => {
    const to = until === undefined || (life.to !== null && life.to < until) ? life.to : until;
    // Its work may begin again sooner than was said.
    const again = resumed.find((each) => each > day && (to === null || each < to));
    return { from: day, to: again ?? to, value: true as const };
  });
}

function gather<K extends 'predecessors' | 'successors'>(
  ordered: readonly Statement[],
  key: K,
): NonNullable<Statement[K]> {
  const edges = ordered.flatMap((statement) => statement[key] ?? []);
  return edges.length > 0 ? edges : empty();
}

function changeOf(statement: Statement, parents: readonly Span<string>[]): Change {
  const { change, day, given, legalBasis, service, seq, recordedAt } = statement;
  const told: Change = {
    kind: change!,
    on: day,
    given,
    from: statement.from ?? (change === 'moved' ? parentBefore(parents, day) : []),
    to: statement.to ?? (change === 'moved' && statement.parent ? [statement.parent] : []),
    legalBasis,
    entry: { service, unit: 'vn', seq },
    recordedAt,
  };
  for (const key of details) {
    if (statement[key] !== undefined) (told as unknown as Record<string, unknown>)[key] = statement[key];
  }
  return told;
}

/** What a line of the lineage page says beside its kind, where the fact says it. */
const details = [
  'name',
  'subkind',
  'type',
  'officialCode',
  'address',
  'authority',
  'until',
  'basedOn',
  'note',
  'source',
] as const;

function parentBefore(parents: readonly Span<string>[], day: Day): string[] {
  const before = parents.filter((span) => span.from === null || span.from < day).at(-1);
  return before ? [before.value] : [];
}
