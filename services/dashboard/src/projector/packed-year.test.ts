import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BalancePart, LevelPart, Part } from '../model.js';
import { monthNumber } from '../model.js';
import { Arena } from './arena.js';
import { PackedYear, type Shared } from './packed-year.js';
import { PARTS, SeriesTable } from './series.js';
import { packUnitYear } from '../columns/pack-year.js';
import { periodsOf, readUnitYear } from './stored-year.js';

const RECORDED = monthNumber('2025-02');
const level = (more: Partial<LevelPart> = {}): LevelPart => ({
  kind: 'level',
  indicator: 'staff',
  category: '',
  part: '',
  value: 45,
  precision: 0,
  slot: '',
  day: '2024-07-18',
  mode: 'set',
  ...more,
});
const balance: BalancePart = {
  kind: 'balance',
  indicator: 'trainees',
  category: '',
  part: '',
  value: 30000,
  precision: 1,
  from: null,
  to: '2024-11-27',
  basis: 'total',
  asGiven: 'hơn 30.000',
};

const NEVER = Array.from({ length: 12 }, () => 0);
const shared = (table: SeriesTable): Shared => ({ table, arena: new Arena() });
const read = (year: PackedYear) => readUnitYear(year.toStored('programmes', 'gdtx-son-la'));

describe('a document of a unit and a year', () => {
  test('holds the sum of a series, month and recorded month, and how precise its parts are', () => {
    const table = new SeriesTable();
    const year = new PackedYear(shared(table), 2024, 0);
    const enrolled = table.numberOf('learners-enrolled', 'literacy', '', undefined);
    const female = table.numberOf('learners-enrolled', 'literacy', 'female', 'district-290');
    year.addFlow(enrolled, 8, RECORDED, 40, 0, 1);
    year.addFlow(enrolled, 8, RECORDED, 2, 2, 1);
    year.addFlow(enrolled, 8, RECORDED + 1, 42, 0, -1);
    year.addFlow(female, 8, RECORDED, 5, 1, 1);
    year.seq = 4;
    const september = monthNumber('2024-09');
    const cell = { indicator: 'learners-enrolled', category: 'literacy', month: september };
    expect(read(year)).toEqual({
      _id: 'programmes/gdtx-son-la/2024',
      service: 'programmes',
      unit: 'gdtx-son-la',
      year: 2024,
      epoch: 0,
      seq: 4,
      cells: [
        { ...cell, part: '', at: '', recorded: RECORDED, sum: 42, exact: 1, atLeast: 0, about: 1 },
        { ...cell, part: '', at: '', recorded: RECORDED + 1, sum: -42, exact: -1, atLeast: 0, about: 0 },
        { ...cell, part: 'female', at: 'district-290', recorded: RECORDED, sum: 5, exact: 0, atLeast: 1, about: 0 },
      ],
      levels: [],
      balances: [],
      lastSeqs: NEVER,
      periods: [],
    });
  });

  test('holds levels and balances, and marks those that were withdrawn', () => {
    const table = new SeriesTable();
    const year = new PackedYear(shared(table), 2024, 2);
    const staff = table.numberOf('staff', '', '', undefined);
    year.addLevel(staff, level(), 1, RECORDED);
    year.addLevel(staff, level({ slot: 'k12', mode: 'add', value: -3.5, precision: 2 }), 2, RECORDED);
    year.addBalance(balance, 3, RECORDED);
    const before = year.toStored('centres', 'c1');
    year.monthChanged(6, 2);
    expect([year.withdraw(2, RECORDED + 1, 4), year.withdraw(3, RECORDED + 1, 5)]).toEqual([true, true]);
    const again = [2, 3, 9].map((seq) => year.withdraw(seq, RECORDED + 2, 6));
    expect(again).toEqual([false, false, false]);
    const { levels, balances, epoch, lastSeqs } = read(year);
    // By month: the entry that took back what was said of it.
    expect(lastSeqs).toEqual([0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 5, 0]);
    const series = { indicator: 'staff', category: '', part: '', at: '', day: '2024-07-18', recorded: RECORDED };
    expect(epoch).toBe(2);
    expect(levels).toEqual([
      { ...series, slot: '', mode: 'set', value: 45, precision: 0, seq: 1, withdrawn: null },
      { ...series, slot: 'k12', mode: 'add', value: -3.5, precision: 2, seq: 2, withdrawn: RECORDED + 1 },
    ]);
    const { kind: _, ...said } = balance;
    expect(balances).toEqual([{ ...said, at: '', seq: 3, recorded: RECORDED, withdrawn: RECORDED + 1 }]);
    // What was being written when they were withdrawn isn't changed under the writer's hands.
    expect(readUnitYear(before).levels[1]!.withdrawn).toBeNull();
    expect(before.balances[0]!.withdrawn).toBeNull();
  });

  test('holds what was said of its months, also when it is read again, and marks what was withdrawn', () => {
    const shelf = shared(new SeriesTable());
    const year = new PackedYear(shelf, 2024, 0);
    const said = { kind: 'period' as const, what: 'closed' as const, at: 1_726_000_000_123, nothing: true, upToSeq: 0 };
    const counted = { controlTotals: [{ indicator: 'classes', category: '', value: 3 }], note: 'n' };
    year.addPeriod({ ...said, month: '2024-09' }, 3, RECORDED);
    year.addPeriod({ ...said, month: '2024-10', nothing: false, remark: counted }, 4, RECORDED);
    const again = new PackedYear(shelf, 2024, 0, year.toStored('programmes', 'c1'));
    const approval = {
      what: 'approved' as const,
      upToSeq: 4_000_000_000,
      nothing: false,
      remark: { by: 'province-14' },
    };
    again.addPeriod({ ...said, ...approval, month: '2024-12' }, 7, RECORDED + 1);
    expect([3, 3, 9].map((seq) => again.withdraw(seq, RECORDED + 2, 8))).toEqual([true, false, false]);
    const { at } = said;
    const stored = again.toStored('programmes', 'c1');
    expect(readUnitYear(stored).periods).toEqual([
      {
        ...{ what: 'closed', month: monthNumber('2024-09'), at, nothing: true, upToSeq: 0, seq: 3, recorded: RECORDED },
        withdrawn: RECORDED + 2,
      },
      {
        ...{ what: 'closed', month: monthNumber('2024-10'), at, nothing: false, upToSeq: 0, seq: 4 },
        ...{ recorded: RECORDED, withdrawn: null, remark: counted },
      },
      { ...approval, month: monthNumber('2024-12'), at, seq: 7, recorded: RECORDED + 1, withdrawn: null },
    ]);
    expect(read(year).periods![0]!.withdrawn).toBeNull();
    const { periods, remarks } = packUnitYear(readUnitYear(stored));
    expect([Buffer.from(periods as Uint8Array), remarks]).toEqual([stored.periods, stored.remarks]);
    // As it was stored before documents held months.
    const { periods: _, remarks: __, ...older } = stored;
    expect([...periodsOf(older)]).toEqual([]);
    expect(read(new PackedYear(shelf, 2024, 0, older)).periods).toEqual([]);
  });

  const change = fc.record({
    indicator: fc.constantFrom('a', 'b'),
    category: fc.integer({ min: 0, max: 40 }).map(String),
    part: fc.constantFrom(...PARTS) as fc.Arbitrary<Part>,
    at: fc.constantFrom(undefined, 'commune-1', 'commune-2'),
    month: fc.integer({ min: 0, max: 11 }),
    recorded: fc.integer({ min: 24_000, max: 24_003 }),
    value: fc.integer({ min: 0, max: 1_000 }),
    precision: fc.constantFrom(0, 1, 2) as fc.Arbitrary<0 | 1 | 2>,
    sign: fc.constantFrom(1, -1) as fc.Arbitrary<1 | -1>,
    slot: fc.integer({ min: 0, max: 80 }).map((n) => `class-${n}`),
    day: fc.constantFrom('2024-01-01', '2024-02-29', '2024-12-31'),
  });

  test('goes on after it was stored and loaded as it would have without, and adds up', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), fc.nat(200), (changes, cut) => {
        const table = new SeriesTable();
        const whole = new PackedYear(shared(table), 2024, 0);
        let parted = new PackedYear(shared(new SeriesTable()), 2024, 0);
        const apply = (year: PackedYear, of: SeriesTable, c: (typeof changes)[number], seq: number) => {
          const series = of.numberOf(c.indicator, c.category, c.part, c.at);
          year.addFlow(series, c.month, c.recorded, c.value, c.precision, c.sign);
          year.addLevel(series, level({ ...c, kind: 'level' } as never), seq, c.recorded);
          year.seq = seq;
        };
        let other = new SeriesTable();
        parted = new PackedYear(shared(other), 2024, 0);
        for (const [i, c] of changes.entries()) {
          if (i === cut) {
            other = new SeriesTable();
            parted = new PackedYear(shared(other), 2024, 0, parted.toStored('s', 'u'));
          }
          apply(whole, table, c, i + 1);
          apply(parted, other, c, i + 1);
        }
        expect(parted.toStored('s', 'u')).toEqual(whole.toStored('s', 'u'));
        const sums = new Map<string, number>();
        for (const c of changes) {
          const key = `${c.indicator}/${c.category}/${c.part}/${c.at ?? ''}/${c.month}/${c.recorded}`;
          sums.set(key, (sums.get(key) ?? 0) + c.sign * c.value);
        }
        const { cells, levels } = read(whole);
        expect(cells).toHaveLength(sums.size);
        for (const cell of cells) {
          const key = `${cell.indicator}/${cell.category}/${cell.part}/${cell.at}/${cell.month % 12}/${cell.recorded}`;
          expect(cell.sum).toBe(sums.get(key));
        }
        expect(levels.map(({ slot, day }) => [slot, day])).toEqual(changes.map(({ slot, day }) => [slot, day]));
      }),
      { numRuns: 60 },
    );
  });
});
