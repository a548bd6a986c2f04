import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { lineageOf } from '../src/lineage.js';
import { isEstimated, mapOf, placeOf, rowOf, search } from '../src/maps.js';
import { labelOf } from '../src/names.js';
import type { RegistryFact } from '../src/registry.js';
import type { UnitKind } from '../src/records.js';
import { folded, messageOf } from './facts.js';

const folder = new URL('../../../infra/reference/', import.meta.url);
const events = ['00-territory-bac-thai.ndjson', '01-territory.ndjson'].flatMap((name) =>
  readFileSync(new URL(name, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
);
const facts: RegistryFact[] = events.map((event, index) => ({
  service: 'provinces',
  type: event.type,
  data: messageOf(event.type.split('.')[3], event.data),
  seq: index + 1,
  recordedAt: index,
}));
const registry = folded(facts);

const count = (kind: UnitKind, on: string) => [...registry.unitsAlive(kind, on)].length;
const communeToday = (unit: string) => placeOf(registry, unit, '2025-07-01', 'commune');
const provinceToday = (unit: string) => placeOf(registry, unit, '2025-07-01', 'province');

test('the files are what the script makes of its data', () => {
  const script = new URL('make-registry.mjs', folder).pathname;
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

test('every fact has an id of its own, a source, and a size that a message may have', () => {
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  expect(events.every((event) => event.source === 'urn:gdtx:unit:vn' && event.data.source.title)).toBe(true);
  expect(Math.max(...events.map((event) => JSON.stringify(event).length))).toBeLessThan(500_000);
});

test.each([
  ['2025-06-30', 63, 696, 10_035],
  ['2025-07-01', 34, 0, 3_321],
])('on %s there are %d provinces, %d districts and %d communes', (on, provinces, districts, communes) => {
  expect([count('province', on), count('district', on), count('commune', on)]).toEqual([
    provinces,
    districts,
    communes,
  ]);
});

test('every unit lies in a province on every day on which it lives', () => {
  for (const on of ['1990-01-01', '2001-01-01', '2025-06-30', '2025-07-01']) {
    const lost = [...registry.unitsAlive(undefined, on)].filter(
      (unit) => unit.kind !== 'country' && placeOf(registry, unit.id, on, 'province').kind !== 'placed',
    );
    expect(lost.map((unit) => unit.id)).toEqual([]);
  }
});

test('every province, district and commune that ended has successors, and every one that began has origins', () => {
  const units = [...registry.all()];
  const ended = units.filter((unit) => unit.life.to !== null && unit.successors.length === 0);
  const begun = units.filter((unit) => unit.life.from !== null && unit.predecessors.length === 0);
  expect([...ended, ...begun].map((unit) => unit.id)).toEqual([]);
});

test('a divided commune has one default successor, a whole one no other', () => {
  const doubtful = [...registry.all('commune')].filter((unit) => {
    const decided = unit.successors.filter((edge) => edge.default || edge.extent === 'whole');
    return unit.successors.length > 0 && decided.length !== 1;
  });
  expect(doubtful.map((unit) => unit.id)).toEqual([]);
});

const everywhere = ['203/2025/QH15', '72/2025/QH15', '76/2025/UBTVQH15'];
const fromCommunes = (id: string) => registry.unit(id)!.predecessors.filter((edge) => !edge.otherKind);

test('every commune of 2025 but the five island ones says which communes it came from', () => {
  const today = [...registry.unitsAlive('commune', '2025-07-01')];
  const begun = today.filter((unit) => unit.life.from === '2025-07-01');
  expect([today.length, begun.length]).toEqual([3_321, 3_194]);
  const islands = begun.filter((unit) => fromCommunes(unit.id).length === 0).map((unit) => unit.id);
  expect(islands).toEqual(['11948', '19742', '20333', '21548', '26732'].map((code) => `commune-${code}-2025`));
  for (const island of islands) {
    const page = registry.unit(island)!.changes;
    expect(page).toMatchObject([{ kind: 'replaced', on: '2025-07-01', from: [expect.stringMatching(/^district-/)] }]);
  }
  const silent = begun.filter((unit) => {
    const [page] = unit.changes;
    const from = [...new Set(fromCommunes(unit.id).map((edge) => edge.other))].sort();
    return from.length > 0 && page!.from.toSorted().join() !== from.join();
  });
  expect(silent.map((unit) => unit.id)).toEqual([]);
});

test('each of the 443 divided communes says into what', () => {
  const rows = readFileSync(new URL('data/commune-changes-2025.csv', folder), 'utf8').trim().split('\n').slice(1);
  const listed = new Map<string, string[]>();
  for (const [from, to, kind] of rows.map((row) => row.split(','))) {
    if (kind === 'divided') listed.set(from!, [...(listed.get(from!) ?? []), to!]);
  }
  expect(listed.size).toBe(443);
  for (const [code, into] of listed) {
    const unit = registry.unit(`commune-${code}`)!;
    const expected = into.map((each) => `commune-${each}-2025`).sort();
    expect([code, unit.life.to, unit.successors.map((edge) => edge.other).sort()]).toEqual([
      code,
      '2025-07-01',
      expected,
    ]);
    expect([code, unit.changes.at(-1)!.kind, unit.changes.at(-1)!.to.toSorted()]).toEqual([code, 'divided', expected]);
  }
  const divided = [...registry.all('commune')].filter((unit) => unit.successors.length > 1);
  expect(divided).toHaveLength(443);
});

test('every unit that the reform began, ended or moved says by which resolutions', () => {
  const resolutions = new Set<string>();
  for (const unit of registry.all()) {
    for (const change of unit.changes.filter(({ on }) => on === '2025-07-01')) {
      const numbers = change.legalBasis.map((basis) => basis.number);
      expect([unit.id, numbers.filter((number) => everywhere.includes(number))]).toEqual([unit.id, everywhere]);
      const ofProvince = numbers.filter((number) => number.endsWith('/NQ-UBTVQH15'));
      expect([unit.id, ofProvince.length]).toEqual([unit.id, 1]);
      resolutions.add(ofProvince[0]!);
      if (unit.kind === 'province') expect(numbers).toContain('202/2025/QH15');
    }
  }
  expect([...resolutions].sort()).toEqual(Array.from({ length: 34 }, (_, i) => `${1654 + i}/NQ-UBTVQH15`));
});

test('lineage is small enough to be followed', () => {
  const sizes = [...registry.all()].map((unit) => lineageOf(registry, [unit.id]));
  expect(sizes.filter((lineage) => lineage.cut)).toEqual([]);
  expect(Math.max(...sizes.map((lineage) => lineage.units.length))).toBeLessThan(100);
});

test('a district’s end goes back to the districts that it was made of, and on to its wards', () => {
  const { units, edges } = lineageOf(registry, ['district-065']);
  expect(units.map(({ record, steps }) => [record.id, steps]).slice(0, 2)).toEqual([
    ['district-063', -1],
    ['district-065', 0],
  ]);
  expect(edges[0]).toMatchObject({
    from: 'district-063',
    form: 'separation',
    legalBasis: [{ number: '46/1998/NĐ-CP' }],
  });
  expect(new Set(edges.slice(1).map((edge) => edge.form))).toEqual(new Set(['level-ended']));
});

describe('Chí Linh', () => {
  const nineteen: [string, string, boolean?][] = [
    ['10546', '10546'],
    ['10576', '10546'],
    ['10591', '10546'],
    ['10549', '10549'],
    ['10579', '10549'],
    ['10582', '10549'],
    ['10588', '10549'],
    ['10552', '10552'],
    ['10555', '10552'],
    ['10558', '10552'],
    ['10561', '10570'],
    ['10564', '10570'],
    ['10570', '10570', true],
    ['10567', '10573'],
    ['10573', '10573'],
    ['10585', '10573', true],
    ['10594', '10603'],
    ['10600', '10603'],
    ['10603', '10603'],
  ];

  test.each(nineteen)('commune %s is in ward %s today', (before, today, estimated = false) => {
    expect(communeToday(`commune-${before}`)).toEqual({
      kind: 'placed',
      unit: `commune-${today}-2025`,
      estimated,
      state: 'alive',
    });
    expect(provinceToday(`commune-${before}`)).toMatchObject({ unit: 'province-31-2025', estimated: false });
  });

  test('has these nineteen and no other, in Hải Dương', () => {
    const communes = [...registry.childrenOf('district-290', '2022-04-02')].map((unit) => unit.id);
    expect(communes.sort()).toEqual(nineteen.map(([code]) => `commune-${code}`).sort());
    expect(placeOf(registry, 'district-290', '2022-04-02', 'province')).toMatchObject({ unit: 'province-30' });
  });

  test('became six wards', () => {
    const wards = [...new Set(nineteen.map(([, code]) => `commune-${code}-2025`))].sort();
    expect(communeToday('district-290')).toEqual({ kind: 'undivided', candidates: wards });
    expect(registry.unit('district-290')!.successors.map((edge) => edge.other)).toEqual(wards);
  });

  test('has one estimated commune in each of two wards', () => {
    const map = mapOf(registry, { map: '2025-07-01', level: 'commune' });
    const estimated = nineteen.map(([code]) => map.cell(`commune-${code}`, 0)).filter(isEstimated);
    expect(estimated.map((cell) => map.rows[rowOf(cell)]!.key)).toEqual(['commune-10570-2025', 'commune-10573-2025']);
  });
});

test('Đông Hà became two wards', () => {
  expect(communeToday('district-461')).toEqual({
    kind: 'undivided',
    candidates: ['commune-19333-2025', 'commune-19351-2025'],
  });
  expect(registry.unit('commune-19333-2025')!.names[0]!.value.vi).toBe('Phường Đông Hà');
  expect(registry.unit('commune-19351-2025')!.names[0]!.value.vi).toBe('Phường Nam Đông Hà');
  expect(provinceToday('district-461')).toMatchObject({ unit: 'province-44-2025', estimated: false });
});

test('the two campuses of Thanh Hóa are in wards for certain', () => {
  expect(communeToday('commune-14764')).toMatchObject({ unit: 'commune-14797-2025', estimated: false });
  expect(communeToday('commune-14833')).toMatchObject({ unit: 'commune-16531-2025', estimated: false });
});

test.each([
  ['14', 'province-14'],
  ['38', 'province-38'],
  ['19', 'province-19-2025'],
  ['06', 'province-19-2025'],
  ['45', 'province-44-2025'],
  ['44', 'province-44-2025'],
  ['30', 'province-31-2025'],
  ['31', 'province-31-2025'],
  ['27', 'province-24-2025'],
  ['24', 'province-24-2025'],
])('province %s of 2024 is %s today', (before, today) => {
  expect(provinceToday(`province-${before}`)).toMatchObject({ kind: 'placed', unit: today, estimated: false });
});

describe('Bắc Thái', () => {
  const province = (unit: string, day: string) => placeOf(registry, unit, day, 'province');

  test('holds the city of Thái Nguyên until 1996', () => {
    expect(province('district-164', '1993-06-01')).toMatchObject({ unit: 'province-bac-thai' });
    expect(province('district-164', '1996-12-31')).toMatchObject({ unit: 'province-bac-thai' });
    expect(province('district-164', '1997-01-01')).toMatchObject({ unit: 'province-19' });
    expect(province('district-164', '2025-07-01')).toMatchObject({ unit: 'province-19-2025' });
    expect(registry.unit('district-164')!.changes.map((change) => `${change.kind} ${change.on}`)).toEqual([
      'established ',
      'moved 1997-01-01',
      'divided 2025-07-01',
    ]);
  });

  test('didn’t hold Ngân Sơn and Ba Bể, nor what was made of Ba Bể', () => {
    for (const district of ['061', '062', '060']) {
      expect(province(`district-${district}`, '1993-06-01')).toMatchObject({ unit: 'province-04' });
      expect(province(`district-${district}`, '2004-01-01')).toMatchObject({ unit: 'province-06' });
    }
    expect(province('district-065', '1993-06-01')).toMatchObject({ unit: 'province-bac-thai' });
  });

  test('became Bắc Kạn and Thái Nguyên, which are one today', () => {
    expect(registry.unit('province-bac-thai')!.life).toMatchObject({ from: null, to: '1997-01-01' });
    expect(province('province-bac-thai', '2010-01-01')).toEqual({
      kind: 'undivided',
      candidates: ['province-06', 'province-19'],
    });
    expect(provinceToday('province-bac-thai')).toMatchObject({ unit: 'province-19-2025', estimated: false });
    expect(province('province-19-2025', '1990-01-01')).toMatchObject({ unit: 'province-bac-thai' });
  });
});

test('what a commune of today came from, its page says', () => {
  const page = registry.unit('commune-10546-2025')!.changes;
  expect(page).toMatchObject([
    { kind: 'merged', on: '2025-07-01', from: ['commune-10546', 'commune-10576', 'commune-10591'] },
  ]);
  expect(page[0]!.legalBasis.map((basis) => basis.number)).toEqual([
    '202/2025/QH15',
    '1669/NQ-UBTVQH15',
    ...everywhere,
  ]);
  const island = registry.unit('commune-11948-2025')!.changes;
  expect(island).toMatchObject([{ kind: 'replaced', from: ['district-318'] }]);
});

test('communes that the reform left alone keep their id and page', () => {
  const moved = [...registry.unitsAlive('commune', '2025-07-01')].filter((unit) => !unit.id.endsWith('-2025'));
  expect(moved).toHaveLength(127);
  const tanLoc = registry.unit('commune-31213')!;
  expect(tanLoc.changes.map((change) => change.kind)).toEqual(['established', 'moved']);
  expect(tanLoc.parents.map((span) => span.value)).toEqual(['district-923', 'province-92-2025']);
});

describe('search', () => {
  test('finds Phả Lại and what it became', () => {
    const [hit] = search(registry, 'pha lai');
    expect(hit).toMatchObject({
      unit: { id: 'commune-10546', life: { to: '2025-07-01' } },
      successors: ['commune-10546-2025'],
    });
  });

  test('tells by the day which unit a code meant', () => {
    const on = (day: string) => search(registry, '10546', day).map((hit) => hit.unit.names[0]!.value.vi);
    expect(on('2024-01-01')).toEqual(['Phường Phả Lại']);
    expect(on('2026-01-01')).toEqual(['Phường Chí Linh']);
  });
});

test('namesakes are told apart by their time', () => {
  expect(labelOf(registry, 'province-19-2025')).toEqual({
    vi: 'Thái Nguyên (từ 1/7/2025)',
    en: 'Thai Nguyen (from 2025-07-01)',
  });
  expect(labelOf(registry, 'province-19')!.vi).toBe('Thái Nguyên (1/1/1997 – 30/6/2025)');
  expect(labelOf(registry, 'province-31')!.vi).toBe('Hải Phòng (đến 30/6/2025)');
  expect(labelOf(registry, 'province-14')!.vi).toBe('Sơn La');
});
