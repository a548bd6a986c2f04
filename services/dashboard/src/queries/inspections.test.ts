import { describe, expect, test } from '@jest/globals';
import { Told } from '../../../../libs/territory/test/facts.js';
import { LATEST } from '../columns/known.js';
import { Records } from '../columns/records.js';
import type { RecordCollection } from '../model.js';
import { listInspections, listRecommendations, recommendationsTable } from './inspections.js';

/** The city of Chí Linh with two community centres in two communes; in 2025 it became a ward and one commune. */
function registry() {
  const told = new Told();
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['hai-duong', 'province', 'vn'],
    ['chi-linh', 'district', 'hai-duong'],
    ['pha-lai', 'commune', 'chi-linh'],
    ['bac-an', 'commune', 'chi-linh'],
    ['son-la', 'province', 'vn'],
    ['moc-chau', 'commune', 'son-la'],
  ] as const)
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  for (const [centre, commune] of [
    ['cc-pha-lai', 'pha-lai'],
    ['cc-bac-an', 'bac-an'],
    ['cc-moc-chau', 'moc-chau'],
  ] as const)
    told.add('community-learning', 'CommunityCentreEstablished', {
      ...{ centre, commune, name: `TTHTCĐ ${commune}`, establishedOn: '2000-01-01' },
    });
  told.provinces('UnitsReorganised', {
    effectiveOn: '2025-07-01',
    established: [
      { unit: 'ward', kind: 'commune', parent: 'hai-duong', name: 'Phường Chí Linh' },
      { unit: 'bac-an-2025', kind: 'commune', parent: 'hai-duong', name: 'Xã Bắc An' },
    ],
    parts: [
      { from: 'pha-lai', to: 'ward' },
      { from: 'bac-an', to: 'bac-an-2025' },
      { from: 'chi-linh', to: 'ward', extent: 'part' },
    ],
  });
  return told.registry();
}

const records = new Records();
const say = (collection: RecordCollection, id: string, unit: string, value: Record<string, unknown>) =>
  records.apply({
    ...{ _id: `${collection}/inspections/${unit}/${id}`, collection, service: 'inspections', unit, id },
    ...{ epoch: 1, seq: records.version + 1, stands: true, value, pieces: [] },
  });
const asked = {
  ...{ issuedOn: '2022-04-02', at: 'chi-linh', visit: 'v', status: 'open', text: 'Thêm máy vi tính', number: 1 },
  addressees: [{ every: { kind: 'community-centre', in: 'chi-linh' } }],
};
say('inspections', 'o', 'vn', { orderedOn: '2021-12-20', subjects: [{ unit: 'son-la' }] });
say('visits', 'v', 'vn', {
  inspection: 'o',
  occurredOn: '2022-04-02',
  place: 'chi-linh',
  units: ['cc-pha-lai'],
  authority: { of: 'vn' },
});
say('findings', 'f', 'vn', { visit: 'v', occurredOn: '2022-04-02', at: 'chi-linh', kind: 'limitation' });
say('recommendations', 'r1', 'vn', asked);
say('recommendations', 'r2', 'vn', {
  ...{ ...asked, number: 2, addressees: [{ body: { body: 'Phòng GDĐT', of: 'chi-linh' } }] },
  ...{ due: '2022-12-31', progress: [{ by: 'cc-bac-an', reportedOn: '2023-01-05', text: '=Xong' }] },
});
say('recommendations', 'r3', 'son-la', {
  ...{ issuedOn: '2024-05-01', at: 'moc-chau', visit: 'w', status: 'closed', closedOn: '2024-06-01' },
  addressees: [{ unit: 'cc-moc-chau' }],
});

const TODAY = '2026-01-15';
const units = registry();
const query = { known: LATEST, limit: 100 };
const everything = () => true;
const recommendations = (more: Partial<Parameters<typeof listRecommendations>[3]>, mayRead = everything) =>
  listRecommendations(records, units, TODAY, { ...query, ...more }, mayRead);
const ids = (...asking: Parameters<typeof recommendations>) =>
  recommendations(...asking).recommendations.map((each) => (each as unknown as { id: string }).id);

describe('which recommendations concern a unit', () => {
  test.each([
    ['the whole nation', undefined, ['r3', 'r1', 'r2']],
    ['the city that was asked', 'chi-linh', ['r1', 'r2']],
    ['a community centre among all of the city', 'cc-pha-lai', ['r1']],
    ['the commune in which such a centre lies today', 'bac-an-2025', ['r1']],
    ['a ward that came after the city, and its centre', 'ward', ['r1', 'r2']],
    ['the province', 'hai-duong', ['r1', 'r2']],
    ['another province', 'son-la', ['r3']],
    ['a centre elsewhere', 'cc-moc-chau', ['r3']],
  ])('%s', (_what, unit, expected) => {
    expect(ids({ unit })).toEqual(expected);
  });

  test('of a state, and of months', () => {
    expect(ids({ status: 'open' })).toEqual(['r1', 'r2']);
    expect(ids({ status: 'overdue' })).toEqual(['r2']);
    expect(ids({ status: 'closed' })).toEqual(['r3']);
    expect(ids({ from: '2022-01', to: '2022-12' })).toEqual(['r1', 'r2']);
    expect(ids({ from: '2022-05' })).toEqual(['r3']);
  });

  test('as of a day: without what was asked, said or closed later', () => {
    expect(ids({ on: '2024-05-15' })).toEqual(['r3', 'r1', 'r2']);
    expect(ids({ on: '2024-05-15', status: 'closed' })).toEqual([]);
    expect(ids({ on: '2022-12-31' })).toEqual(['r1', 'r2']);
    expect(ids({ on: '2022-12-31', status: 'overdue' })).toEqual([]);
    const on = (day: string) =>
      recommendations({ on: day }).recommendations.find((each) => (each as { id?: string }).id === 'r2');
    expect(on('2023-01-04')).toMatchObject({ status: 'open', overdue: true });
    expect(on('2023-01-04')).not.toHaveProperty('progress');
    expect(on('2023-01-05')).toMatchObject({ status: 'in-progress', progress: [{ reportedOn: '2023-01-05' }] });
  });

  test('each sees what names it, and nobody else does', () => {
    const only = (own: string) => ids({}, ((unit: string) => unit === own) as typeof everything);
    expect(only('cc-bac-an')).toEqual(['r1']);
    expect(only('chi-linh')).toEqual(['r1', 'r2']);
    expect(only('cc-moc-chau')).toEqual(['r3']);
    expect(only('bac-an')).toEqual([]);
  });

  test('every unit that is named has its name of that day', () => {
    const { labels, total } = recommendations({ unit: 'chi-linh', limit: 1 });
    expect(total).toBe(2);
    expect(labels).toEqual({
      vn: { vi: 'vn', en: 'vn' },
      'chi-linh': { vi: 'chi-linh', en: 'chi-linh' },
    });
    expect(recommendations({}).labels['cc-bac-an']).toEqual({ vi: 'TTHTCĐ bac-an', en: 'TTHTCĐ bac-an' });
  });
});

test('as a table, with what could be taken for a formula left to whoever writes the file', () => {
  const [head, ...lines] = recommendationsTable(records, units, TODAY, { known: LATEST, unit: 'ward' }, everything);
  const told = lines.map((line) => Object.fromEntries(line.map((value, i) => [String(head![i]), value])));
  expect(told).toMatchObject([
    { id: 'r1', addressees: 'community-centre: chi-linh', progress: 0, overdue: false },
    { id: 'r2', due: '2022-12-31', overdue: true, addressees: 'Phòng GDĐT (chi-linh)', lastProgress: '=Xong', seq: 5 },
  ]);
});

test('visits of a unit come with their findings and the names of their units', () => {
  const { visits, findings, labels, total } = listInspections(
    ...([records, units, TODAY, { ...query, unit: 'hai-duong' }, everything] as const),
  );
  expect([visits, findings, total]).toMatchObject([[{ id: 'v' }], [{ id: 'f' }], 1]);
  const of2022 = listInspections(records, units, TODAY, { ...query, unit: 'ward', from: '2022-01' }, everything);
  expect(of2022.inspections).toMatchObject([{ id: 'o' }]);
  expect(labels).toMatchObject({ 'cc-pha-lai': { vi: 'TTHTCĐ pha-lai' } });
  expect(listInspections(records, units, TODAY, { ...query, unit: 'son-la' }, everything).visits).toEqual([]);
});

describe('page by page', () => {
  const held = new Records();
  const put = (collection: RecordCollection, id: string, value: object, seq = 1) =>
    held.apply({
      ...{ _id: `${collection}/${id}`, collection, service: 'inspections', unit: 'vn', id, epoch: 0, seq },
      ...{ stands: true, pieces: [], value: { ...value } },
    });
  const pageOf = (after?: string) => {
    const asking = { known: LATEST, after, limit: 2, status: 'open' as const };
    const { recommendations: found, next } = listRecommendations(held, units, TODAY, asking, everything);
    return [found.map((each) => (each as unknown as { id: string }).id), next];
  };

  test('recommendations come each once, also behind one that was closed since', () => {
    for (const [id, issuedOn] of [
      ['r1', '2025-04-01'],
      ['r2', '2025-03-01'],
      ['r3', '2025-03-01'],
      ['r4', '2025-02-01'],
    ] as const)
      put('recommendations', id, { issuedOn, status: 'open' });
    expect(pageOf()).toEqual([['r1', 'r2'], 'r2']);
    put('recommendations', 'r2', { issuedOn: '2025-03-01', status: 'closed', closedOn: '2025-05-01' }, 2);
    expect(pageOf('r2')).toEqual([['r3', 'r4'], null]);
    expect(() => pageOf('r9')).toThrow(/No page ends/);
  });

  test('orders and visits come each once, however many there are of either', () => {
    for (const i of [1, 2, 3, 4, 5]) put('inspections', `i${i}`, { orderedOn: `2025-0${i}-01` });
    for (const i of [1, 2, 3]) put('visits', `v${i}`, { occurredOn: `2025-0${i}-02` });
    put('findings', 'f1', { visit: 'v1', at: 'vn' });
    const found: unknown[][] = [];
    for (let after: string | undefined, more = true; more && found.length < 9;) {
      const asking = { known: LATEST, after, limit: 2 };
      const { inspections, visits, findings, next } = listInspections(held, units, TODAY, asking, everything);
      found.push([...inspections, ...visits, ...findings].map(({ id }) => id));
      after = next ?? undefined;
      more = next !== null;
    }
    expect(found).toEqual([['i5', 'i4', 'v3', 'v2'], ['i3', 'i2', 'v1', 'f1'], ['i1']]);
  });
});
