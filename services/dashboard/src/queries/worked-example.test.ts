import { describe, expect, test } from '@jest/globals';
import { CentreEstablished } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { UnitEstablished, UnitsReorganised } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { Registry } from '@gdtx/territory/registry';
import { ReadModel } from '../columns/read-model.js';
import { monthNumber, type Cell, type LevelEvent, type UnitYear } from '../model.js';
import { evaluate } from './evaluate.js';
import { figureQuery } from './figure-query.js';
import { figureParameters } from './figure-query.js';

/**
 * The worked example of the design, simplified from history: Bắc Thái became Bắc Kạn and Thái Nguyên on 1997-01-01, which
 * became one on 2025-07-01. Centre A enrolled 100 in 1995-05, 200 in 2010-05, 300 in 2025-09; centre B 50, 60, 70.
 */
const on = (day: string) => ({ on: day, notBefore: '', notAfter: '' });
const TODAY = '2026-01-15';

function registryWith(seats: Record<string, string>): Registry {
  const registry = Registry.empty();
  let seq = 0;
  const say = (service: 'provinces' | 'centres', name: string, data: object) =>
    registry.apply({ service, type: `vn.gdtx.${service}.${name}.v1`, data, seq: ++seq, recordedAt: 1 } as never);
  const unit = (id: string, kind: string, parent: string, from: string) =>
    UnitEstablished.fromPartial({ unit: id, kind, parent, name: { vi: id, en: id }, effectiveOn: on(from) });
  const established = (id: string, kind: string, parent: string) => ({
    unit: id,
    kind,
    parent,
    name: { vi: id, en: id },
  });
  say('provinces', 'UnitEstablished', unit('vn', 'country', '', '1945-09-02'));
  say('provinces', 'UnitEstablished', unit('bac-thai', 'province', 'vn', '1965-01-01'));
  say('provinces', 'UnitEstablished', unit('tp-thai-nguyen', 'district', 'bac-thai', '1965-01-01'));
  say('provinces', 'UnitEstablished', unit('bach-thong', 'district', 'bac-thai', '1965-01-01'));
  say(
    'provinces',
    'UnitsReorganised',
    UnitsReorganised.fromPartial({
      effectiveOn: on('1997-01-01'),
      established: [established('bac-kan', 'province', 'vn'), established('thai-nguyen-1997', 'province', 'vn')],
      parts: [
        { from: 'bac-thai', to: 'bac-kan', extent: 'part' },
        { from: 'bac-thai', to: 'thai-nguyen-1997', extent: 'part' },
      ],
      moved: [
        { unit: 'tp-thai-nguyen', parent: 'thai-nguyen-1997' },
        { unit: 'bach-thong', parent: 'bac-kan' },
      ],
    }),
  );
  say(
    'provinces',
    'UnitsReorganised',
    UnitsReorganised.fromPartial({
      effectiveOn: on('2025-07-01'),
      established: [
        established('thai-nguyen-2025', 'province', 'vn'),
        established('ward-thai-nguyen', 'commune', 'thai-nguyen-2025'),
        established('ward-bach-thong', 'commune', 'thai-nguyen-2025'),
      ],
      parts: [
        { from: 'bac-kan', to: 'thai-nguyen-2025', extent: 'whole' },
        { from: 'thai-nguyen-1997', to: 'thai-nguyen-2025', extent: 'whole' },
        { from: 'tp-thai-nguyen', to: 'ward-thai-nguyen', extent: 'whole' },
        { from: 'bach-thong', to: 'ward-bach-thong', extent: 'whole' },
      ],
    }),
  );
  seq = 0;
  for (const [centre, seat] of Object.entries(seats)) {
    say(
      'centres',
      'CentreEstablished',
      CentreEstablished.fromPartial({
        centre,
        kind: 'gdtx',
        name: { vi: centre },
        seat,
        establishedOn: on('1990-01-01'),
      }),
    );
  }
  return registry;
}

const cell = (month: string, sum: number): Cell => ({
  indicator: 'learners-enrolled',
  category: 'upper-secondary',
  part: '',
  month: monthNumber(month),
  recorded: 24_000,
  at: '',
  sum,
  exact: 1,
  atLeast: 0,
  about: 0,
});

const year = (unit: string, of: number, cells: Cell[], levels: LevelEvent[] = []): UnitYear => ({
  _id: `programmes/${unit}/${of}`,
  service: 'programmes',
  unit,
  year: of,
  epoch: 0,
  seq: 1,
  cells,
  levels,
  balances: [],
});

function modelOf(figures: Record<string, [string, number][]>): ReadModel {
  const model = new ReadModel();
  for (const [unit, cells] of Object.entries(figures)) {
    for (const [month, sum] of cells) model.apply(year(unit, Number(month.slice(0, 4)), [cell(month, sum)]));
  }
  return model;
}

const A: [string, number][] = [
  ['1995-05', 100],
  ['2010-05', 200],
  ['2025-09', 300],
];
const B: [string, number][] = [
  ['1995-05', 50],
  ['2010-05', 60],
  ['2025-09', 70],
];

function enrolled(registry: Registry, query: Record<string, string>, model = modelOf({ a: A, b: B })) {
  const parameters = figureParameters.parse({ indicator: 'learners-enrolled', ...query });
  const { all, rows } = evaluate(figureQuery(parameters, registry, TODAY), { model, registry });
  const shown = rows.map((r) => [
    r.keys.map((k) => k.key).join(),
    r.value,
    ...(r.keys[0]?.undivided ? ['undivided'] : []),
  ]);
  return { value: all.value, rows: Object.fromEntries(shown.map(([k, ...v]) => [k, v.length === 1 ? v[0] : v])) };
}

describe('Bắc Thái, Bắc Kạn, Thái Nguyên', () => {
  const registry = registryWith({ a: 'tp-thai-nguyen', b: 'bach-thong' });

  test.each([
    ['then', { 'bac-thai': 150, 'thai-nguyen-1997': 200, 'bac-kan': 60, 'thai-nguyen-2025': 370 }],
    ['today', { 'thai-nguyen-2025': 780 }],
    ['2010-01-01', { 'thai-nguyen-1997': 600, 'bac-kan': 180 }],
    ['1990-01-01', { 'bac-thai': 780 }],
  ])('by %s', (map, rows) => {
    expect(enrolled(registry, { map, by: 'province' })).toEqual({ value: 780, rows });
  });

  test('had a centre only the province of 2025 as its seat, 2010-01-01 would show it as undivided', () => {
    const coarse = registryWith({ a: 'thai-nguyen-2025', b: 'bach-thong' });
    expect(enrolled(coarse, { map: '2010-01-01', by: 'province' })).toEqual({
      value: 780,
      rows: { 'thai-nguyen-2025': [600, 'undivided'], 'bac-kan': 180 },
    });
  });

  test('one province by each map has what its row says', () => {
    expect(enrolled(registry, { map: 'then', unit: 'bac-thai' }).value).toBe(150);
    expect(enrolled(registry, { map: 'today', unit: 'thai-nguyen-2025' }).value).toBe(780);
    expect(enrolled(registry, { map: '2010-01-01', unit: 'bac-kan' }).value).toBe(180);
    // Asked for by the map of today, an ended province means the people who were its own on its last day.
    expect(enrolled(registry, { map: 'today', unit: 'bac-kan' }).value).toBe(180);
  });

  test('periods bound it, and rows by year and by school year add up', () => {
    expect(enrolled(registry, { from: '2010-01', to: '2010-12', by: 'province' })).toEqual({
      value: 260,
      rows: { 'thai-nguyen-2025': 260 },
    });
    expect(enrolled(registry, { by: 'year' }).rows).toEqual({ 1995: 150, 2010: 260, 2025: 370 });
    expect(enrolled(registry, { by: 'school-year' }).rows).toEqual({
      '1994-1995': 150,
      '2009-2010': 260,
      '2025-2026': 370,
    });
    expect(enrolled(registry, { by: 'province,year', map: 'then' }).rows).toEqual({
      'bac-thai,1995': 150,
      'thai-nguyen-1997,2010': 200,
      'bac-kan,2010': 60,
      'thai-nguyen-2025,2025': 370,
    });
  });

  test('what nobody reported is null, not 0; a unit that the registry doesn’t know is a row of its own', () => {
    expect(enrolled(registry, { from: '2001-01', to: '2001-12' }).value).toBeNull();
    const model = modelOf({ a: A, b: B, 'not-yet-known': [['2010-05', 5]] });
    const { value, rows } = enrolled(registry, { by: 'province' }, model);
    expect(value).toBe(785);
    expect(rows['not-yet-known']).toBe(5);
  });

  test('a document that comes twice or late changes nothing; a newer one is taken', () => {
    const model = modelOf({ a: A });
    model.apply({ ...year('a', 2010, [cell('2010-05', 999)]), seq: 1 });
    expect(enrolled(registry, {}, model).value).toBe(600);
    model.apply({ ...year('a', 2010, [cell('2010-05', 201), cell('2010-06', 4)]), seq: 2 });
    expect(enrolled(registry, {}, model).value).toBe(605);
    model.apply({ ...year('a', 2010, [cell('2010-05', 7)]), seq: 1, epoch: 1 });
    expect(enrolled(registry, {}, model).value).toBe(7);
  });
});

describe('levels', () => {
  const registry = registryWith({ a: 'tp-thai-nguyen', b: 'bach-thong' });
  const event = (day: string, value: number, more: Partial<LevelEvent> = {}): LevelEvent => ({
    indicator: 'staff',
    category: '',
    part: '',
    slot: '',
    at: '',
    day,
    mode: 'set',
    value,
    precision: 0,
    seq: 1,
    recorded: 24_000,
    withdrawn: null,
    ...more,
  });
  const staff = (model: ReadModel, query: Record<string, string>) => {
    const parameters = figureParameters.parse({ indicator: 'staff', ...query });
    return evaluate(figureQuery(parameters, registry, TODAY), { model, registry });
  };

  test('hold from their day until the next, over years; withdrawn ones never were', () => {
    const model = new ReadModel();
    model.apply(year('a', 2010, [], [event('2010-03-01', 40), event('2010-09-01', 44, { seq: 2, withdrawn: 24_001 })]));
    model.apply(year('a', 2012, [], [event('2012-01-01', 50, { seq: 3, precision: 2 })]));
    model.apply(year('b', 2011, [], [event('2011-05-05', 7)]));
    expect(staff(model, { to: '2010-02' }).all.value).toBeNull();
    expect(staff(model, { to: '2010-12' }).all).toMatchObject({ value: 40, precision: 'exact' });
    expect(staff(model, {}).all).toMatchObject({ value: 57, precision: 'about' });
    expect(staff(model, { on: '2011-05-04' }).all.value).toBe(40);
    expect(
      staff(model, { by: 'year', from: '2010-01', to: '2012-12' }).rows.map((r) => [r.keys[0]!.key, r.value]),
    ).toEqual([
      ['2010', 40],
      ['2011', 47],
      ['2012', 57],
    ]);
  });

  test('what is added on a day comes before what is set on it', () => {
    const model = new ReadModel();
    model.apply(
      year(
        'a',
        2010,
        [],
        [
          event('2010-03-01', 40, { seq: 1 }),
          event('2010-03-01', 3, { seq: 2, mode: 'add' }),
          event('2010-03-02', 2, { seq: 3, mode: 'add' }),
        ],
      ),
    );
    expect(staff(model, {}).all.value).toBe(42);
  });
});
