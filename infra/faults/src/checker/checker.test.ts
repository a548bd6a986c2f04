import { describe, expect, test } from '@jest/globals';
import { partitionOf } from '@gdtx/kafka/partition';
import type { Owner } from '@gdtx/service-kit/services';
import { loadFact, type Effect, type LoadFact } from '../load/fact.js';
import type { Acknowledged } from '../load/receipts.js';
import { canonicalText, chained, GENESIS } from './canonical.js';
import { checkCursors, checkFigure } from './check-figures.js';
import { checkLedgers, ledgersOf, type LedgerEntry } from './check-ledgers.js';
import { checkTopics, type TopicEntry } from './check-topics.js';
import { expectedOf } from './expected.js';
import type { Violation } from './violation.js';

const UNIT = 'centre-a';

function enrolled(id: string, total: number): LoadFact {
  const effects: Effect[] = [{ kind: 'flow', indicator: 'learners-enrolled', unit: UNIT, value: total }];
  const data = { learners: { total }, class: 'k', occurredOn: '2024-01-05' };
  return loadFact({ id, service: 'programmes', unit: UNIT, name: 'LearnersEnrolled', data }, effects);
}

/** The ledger that a sound service would have made of these facts, and the receipts that it would have given. */
function told(facts: readonly LoadFact[]): { entries: LedgerEntry[]; acknowledged: Acknowledged[] } {
  const entries: LedgerEntry[] = [];
  let previous: Buffer = GENESIS;
  for (const { id, service, unit, event } of facts) {
    const { type, source, data } = event;
    const seq = entries.length + 1;
    const recorded = { recordedAt: '2024-09-05T01:00:00.000Z', recordedBy: 'somebody' };
    const canonical = Buffer.from(canonicalText({ service, unit, seq, id, type, source, data, ...recorded }));
    previous = chained(previous, canonical);
    entries.push({ service, unit, seq, id, type, canonical, hash: previous });
  }
  const acknowledged = facts.map((fact, n) => {
    const { unit, seq, hash } = entries[n]!;
    return { fact, receipt: { unit, seq, hash: hash.toString('hex') } };
  });
  return { entries, acknowledged };
}

const FACTS = [enrolled('f-1', 10), enrolled('f-2', 20), enrolled('f-3', 30)];
const kinds = (violations: readonly Violation[]) => [...new Set(violations.map(({ kind }) => kind))].sort();
const sent = (entries: readonly LedgerEntry[]): TopicEntry[] =>
  entries.map((entry, n) => ({ ...entry, partition: partitionOf(entry.unit), offset: BigInt(n) }));

describe('the checker of ledgers', () => {
  const check = (entries: readonly LedgerEntry[], { acknowledged } = told(FACTS)) =>
    kinds(checkLedgers(ledgersOf(entries), acknowledged));

  test('finds nothing in a sound one', () => {
    expect(check(told(FACTS).entries)).toEqual([]);
  });

  test('finds an acknowledged fact that is lost from the end', () => {
    expect(check(told(FACTS).entries.slice(0, 2))).toEqual(['lost']);
  });

  test('finds a hole', () => {
    const [first, , third] = told(FACTS).entries;
    expect(check([first!, third!])).toEqual(['changed', 'gap', 'lost']);
  });

  test('finds a fact that is there twice', () => {
    expect(check(told([...FACTS, FACTS[0]!]).entries)).toContain('doubled');
  });

  test('finds two entries of one number', () => {
    const { entries } = told(FACTS);
    expect(check([...entries, { ...entries[2]!, id: 'f-4' }])).toContain('doubled');
  });

  test('finds a changed hash', () => {
    const [first, second, third] = told(FACTS).entries;
    const hash = Buffer.from(second!.hash).fill(0, 0, 1);
    expect(check([first!, { ...second!, hash }, third!])).toEqual(['changed', 'receipt']);
  });

  test('finds other data under a hash that fits', () => {
    expect(check(told([FACTS[0]!, enrolled('f-2', 21), FACTS[2]!]).entries)).toEqual(['changed', 'receipt']);
  });

  test('finds bytes that aren’t canonical', () => {
    const [first] = told(FACTS).entries;
    const canonical = Buffer.from(JSON.stringify(JSON.parse(first!.canonical.toString()), null, 1));
    const { acknowledged } = told(FACTS.slice(0, 1));
    const hash = chained(GENESIS, canonical);
    const receipt = { ...acknowledged[0]!.receipt, hash: hash.toString('hex') };
    const violations = checkLedgers(ledgersOf([{ ...first!, canonical, hash }]), [{ fact: FACTS[0]!, receipt }]);
    expect(kinds(violations)).toEqual(['changed']);
  });

  test('finds a fork: a receipt of an entry that another has taken the place of', () => {
    expect(check(told([FACTS[0]!, FACTS[2]!, FACTS[1]!]).entries)).toEqual(['receipt']);
  });

  test('finds what nobody was told of', () => {
    expect(check(told([...FACTS, enrolled('f-9', 1)]).entries)).toEqual(['unasked']);
  });

  test('knows what a ledger adds to a withdrawal, and expects the fact that takes a place', () => {
    const instead = enrolled('w-1-instead', 5);
    const correction = { id: instead.id, type: instead.event.type, data: instead.event.data };
    const data = { unit: UNIT, seq: 1, reason: 'Nhập nhầm', correction };
    const withdrawal = { ...loadFact({ id: 'w-1', service: 'programmes', unit: UNIT, name: 'EntryWithdrawn', data }) };
    const asSent: LoadFact = { ...withdrawal, withdraws: 'f-1', correction: instead };
    const stored = {
      ...withdrawal.event,
      data: { ...data, correction: { ...correction, seq: 3 }, withdrawn: { id: 'f-1' } },
    };
    const { entries, acknowledged } = told([FACTS[0]!, { ...withdrawal, event: stored }, instead]);
    const receipts = [acknowledged[0]!, { fact: asSent, receipt: acknowledged[1]!.receipt }];
    expect(checkLedgers(ledgersOf(entries), receipts)).toEqual([]);
    expect(kinds(checkLedgers(ledgersOf(entries.slice(0, 2)), receipts))).toEqual(['lost']);
  });
});

describe('the checker of topics', () => {
  const { entries } = told(FACTS);
  const check = (messages: readonly TopicEntry[]) => kinds(checkTopics(ledgersOf(entries), messages));

  test('finds nothing where all is there, also when some came again', () => {
    expect(check(sent(entries))).toEqual([]);
    expect(check(sent([...entries, ...entries.slice(1)]))).toEqual([]);
  });

  test('finds an entry that never came', () => {
    expect(check(sent(entries.slice(0, 2)))).toEqual(['not-in-kafka']);
  });

  test('finds an order that a reader would stumble over', () => {
    const [first, second, third] = sent(entries);
    expect(check([first!, third!, second!])).toEqual(['kafka-order']);
  });

  test('finds a partition that isn’t the unit’s', () => {
    const [first, ...rest] = sent(entries);
    expect(check([{ ...first!, partition: (first!.partition + 1) % 12 }, ...rest])).toEqual(['kafka-partition']);
  });

  test('finds an entry that the ledger doesn’t have', () => {
    const fork = { ...entries[2]!, id: 'f-9', hash: Buffer.alloc(32, 1) };
    expect(check(sent([...entries.slice(0, 2), fork]))).toEqual(['kafka-changed']);
    expect(check(sent([...entries, { ...fork, seq: 4 }]))).toEqual(['kafka-changed']);
  });
});

describe('the checker of figures', () => {
  const expected = new Map([
    ['centre-a', 30],
    ['centre-b', 0],
  ]);
  const rows = [
    { key: 'centre-a', value: 30 },
    { key: 'centre-b', value: 0 },
  ];
  const check = (of: { value: number | null; rows: { key: string; value: number | null }[] }) =>
    kinds(checkFigure({ indicator: 'learners-enrolled', ...of }, expected));

  test('finds nothing where they are as they should be', () => {
    expect(check({ value: 30, rows })).toEqual([]);
  });

  test.each([
    ['counted twice', { value: 60, rows: [{ key: 'centre-a', value: 60 }, rows[1]!] }],
    ['not counted', { value: null, rows: [{ key: 'centre-a', value: null }, rows[1]!] }],
    ['counted for another unit', { value: 30, rows: [{ key: 'centre-c', value: 30 }, rows[1]!] }],
    ['left out of the rows', { value: 30, rows: [rows[1]!] }],
    ['wrong in the sum alone', { value: 31, rows }],
  ])('finds what is %s', (_, figure) => {
    expect(check(figure)).toEqual(['figure']);
  });

  test('finds a ledger that isn’t folded to its end, or was folded with another hash', () => {
    const { entries } = told(FACTS);
    const { seq, hash } = entries[2]!;
    const heads = new Map([[`programmes/${UNIT}`, { seq, hash }]]);
    const cursor = { service: 'programmes', unit: UNIT, seq, hash };
    expect(checkCursors(heads, [cursor])).toEqual([]);
    expect(kinds(checkCursors(heads, [{ ...cursor, seq: 2 }]))).toEqual(['cursor']);
    expect(kinds(checkCursors(heads, [{ ...cursor, hash: Buffer.alloc(32) }]))).toEqual(['cursor']);
    expect(kinds(checkCursors(heads, []))).toEqual(['cursor']);
  });
});

describe('what is expected', () => {
  const fact = (id: string, service: Owner, effects: Effect[]) =>
    loadFact({ id, service, unit: UNIT, name: 'Said', data: {} }, effects);
  const level = (day: string, value: number): Effect => ({
    kind: 'level',
    indicator: 'teachers',
    unit: UNIT,
    day,
    value,
  });
  const expectedFrom = (facts: LoadFact[], more: Partial<LoadFact> = {}) => {
    const { entries, acknowledged } = told(facts);
    const last = acknowledged.at(-1)!;
    return expectedOf([...acknowledged.slice(0, -1), { ...last, fact: { ...last.fact, ...more } }], ledgersOf(entries));
  };

  test('adds up what stands, without what was withdrawn', () => {
    const { values } = expectedFrom([...FACTS, fact('w', 'programmes', [])], { withdraws: 'f-2' });
    expect(values.get('learners-enrolled')!.get(UNIT)).toBe(40);
  });

  test('takes of a level the latest day, and of one day the later entry', () => {
    const said = [level('2024-02-01', 5), level('2024-03-01', 7), level('2024-03-01', 8), level('2024-01-01', 9)];
    const { values } = expectedFrom(said.map((effect, n) => fact(`l-${n}`, 'centres', [effect])));
    expect(values.get('teachers')!.get(UNIT)).toBe(8);
  });

  test('takes of a target the later entry', () => {
    const target = (value: number): Effect => ({ kind: 'target', indicator: 'i', unit: UNIT, year: 2024, value });
    const { targets } = expectedFrom([1, 2].map((value) => fact(`t-${value}`, 'provinces', [target(value)])));
    expect(targets).toEqual([{ unit: UNIT, indicator: 'i', year: 2024, value: 2 }]);
  });
});
