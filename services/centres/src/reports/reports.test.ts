import { describe, expect, test } from '@jest/globals';
import { given, type TestFact, type World } from '@gdtx/testing/given';
import { consolidation, established, fact, sonLa, world } from '../../test/facts.js';
import type { CentrePage } from '../centre-page.js';

const history = [established('gdtx-x', { establishedOn: '2010-09-01' })];
const said = (name: string, data: object, source = 'gdtx-x'): TestFact =>
  fact(name, { reportedOn: '2022-02-16', ...data }, source);

const after = (...facts: TestFact[]) => given(world, [...history, ...facts.slice(0, -1)]).when(facts.at(-1)!);
const refusal = (report: TestFact, told = history, overrides: Partial<World> = {}) =>
  given({ ...world, ...overrides }, told)
    .when(report)
    .refused();
const reportsAfter = (...facts: TestFact[]) => {
  const then = after(...facts);
  expect(then.accepted()).toBe('gdtx-x');
  return then.state<CentrePage>('centre:gdtx-x')!.reports;
};

/** One report of each sort, with what the page holds of it. */
const reports: [name: string, field: keyof CentrePage['reports'], data: object, other: object][] = [
  [
    'CampusesReported',
    'campuses',
    { campuses: [{ number: 1, address: '04 Nguyễn Tạo', unit: 'district-116' }] },
    { campuses: [{ number: 2 }] },
  ],
  ['DepartmentsReported', 'departments', { departments: ['Bồi dưỡng', 'Dạy nghề'] }, { departments: [] }],
  ['StaffingReported', 'staffing', { total: 45, precision: 'about', asGiven: 'khoảng 45' }, { total: 0 }],
  [
    'PartnershipsReported',
    'training',
    { kind: 'training', total: 28, institutions: ['university'] },
    { kind: 'training', total: 1 },
  ],
  [
    'PartnershipsReported',
    'enterprise',
    { kind: 'enterprise', total: 3, partners: ['A'] },
    { kind: 'enterprise', total: 1 },
  ],
  ['ContactReported', 'contact', { phone: '02083854265', email: 'x@edu.vn' }, { website: 'https://x.edu.vn' }],
  ['SupportAssigned', 'support', { communityCentres: ['tthtcd-1'] }, { communityCentres: [] }],
];

describe.each(reports)('%s: %s', (name, field, data, other) => {
  const { kind: _, ...shown } = data as { kind?: string };

  test('is on the page as it was said, with its day and what it was taken from', () => {
    const source = { title: 'Trang của trung tâm', publishedOn: '2022' };
    const [page, plainPage] = [
      reportsAfter(said(name, { ...data, note: 'Ghi chú', source })),
      reportsAfter(said(name, data)),
    ];
    expect(page).toEqual({
      [field]: { day: '2022-02-16', reportedOn: '2022-02-16', ...shown, note: 'Ghi chú', source },
    });
    expect(plainPage).toEqual({ [field]: { day: '2022-02-16', reportedOn: '2022-02-16', ...shown } });
  });

  test('counts from the first day of its bounds', () => {
    const bounds = { notBefore: '2018-11-27' };
    expect(reportsAfter(said(name, { ...data, reportedOn: bounds }))[field]).toMatchObject({
      day: '2018-11-27',
      reportedOn: bounds,
    });
  });

  test('a later day holds whatever the order; of one day, what came last', () => {
    const [older, newer] = [
      said(name, { ...other, reportedOn: '2020' }),
      said(name, { ...data, reportedOn: '2021-05' }),
    ];
    expect(reportsAfter(older, newer)).toEqual(reportsAfter(newer, older));
    expect(reportsAfter(newer, older)[field]).toMatchObject({ reportedOn: '2021-05', ...shown });
    const sameDay = said(name, { ...data, reportedOn: '2020-01-01' });
    expect(reportsAfter(older, sameDay)[field]).toMatchObject({ reportedOn: '2020-01-01', ...shown });
  });

  test('isn’t taken before the centre lives or after it has ended', () => {
    expect(refusal(said(name, { ...data, reportedOn: '2010-08-31' }))).toMatchObject({
      slug: 'unit-not-yet',
      path: 'source',
    });
    const dissolved = [...history, fact('CentreDissolved', { centre: 'gdtx-x', effectiveOn: '2022-02-16' })];
    expect(refusal(said(name, data), dissolved)).toMatchObject({ slug: 'unit-ended', path: 'source' });
  });

  test('isn’t taken for a day that hasn’t come', () => {
    expect(refusal(said(name, { ...data, reportedOn: '2026-01-16' }))).toMatchObject({
      slug: 'in-future',
      path: 'data.reportedOn',
    });
    expect(
      refusal(said(name, { ...data, reportedOn: { notBefore: '2020-01-01', notAfter: '2026-02-01' } })),
    ).toMatchObject({
      slug: 'in-future',
      path: 'data.reportedOn.notAfter',
    });
  });

  test('isn’t taken of what is unknown or no centre', () => {
    expect(refusal(said(name, data, 'gdtx-nowhere'))).toMatchObject({
      slug: 'unit-unknown',
      unit: 'gdtx-nowhere',
      path: 'source',
    });
    expect(refusal(said(name, data, 'district-116'))).toMatchObject({ slug: 'wrong-kind', path: 'source' });
  });

  test('is said by the centre, or for it by its province', () => {
    const by = (role: 'centre-publisher' | 'province-officer' | 'inspector', unit: string) =>
      given({ ...world, caller: { roles: [role], units: [unit] } }, history).when(said(name, data));
    by('centre-publisher', 'gdtx-x').accepted();
    by('province-officer', 'province-14').accepted();
    expect(by('centre-publisher', 'gdtx-y').refused()).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(by('province-officer', 'province-44-2025').refused()).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(by('inspector', 'vn').refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });
});

test('reports of different sorts stand beside each other', () => {
  const page = reportsAfter(...reports.map(([name, , data]) => said(name, data)));
  expect(Object.keys(page).sort()).toEqual(reports.map(([, field]) => field).sort());
});

describe('campuses', () => {
  test('have different numbers and lie in territory that hasn’t ended', () => {
    const refused = (campuses: object[], more: object = {}) => refusal(said('CampusesReported', { campuses, ...more }));
    expect(refused([{ number: 1 }, { number: 1 }])).toMatchObject({ slug: 'contradicts', path: 'data.campuses.1' });
    expect(refused([{ number: 1, unit: 'district-9' }])).toMatchObject({
      slug: 'unit-unknown',
      path: 'data.campuses.0.unit',
    });
    expect(refused([{ number: 1, unit: 'gdtx-x' }])).toMatchObject({
      slug: 'wrong-kind',
      path: 'data.campuses.0.unit',
    });
    expect(refused([{ number: 1, unit: 'district-461' }], { reportedOn: '2025-07-01' })).toMatchObject({
      slug: 'unit-ended',
      path: 'data.campuses.0.unit',
    });
    expect(refused([])).toMatchObject({ slug: 'malformed', path: 'data.campuses' });
    expect(refused([{ number: 0 }])).toMatchObject({ slug: 'malformed', path: 'data.campuses.0.number' });
  });
});

describe('departments', () => {
  test('are different ones, and the board is none', () => {
    const refused = (departments: string[]) => refusal(said('DepartmentsReported', { departments }));
    expect(refused(['Bồi dưỡng', 'BỒI DƯỠNG'])).toMatchObject({ slug: 'contradicts', path: 'data.departments.1' });
    expect(refused(['Dạy nghề', ' Ban giám đốc'])).toMatchObject({
      slug: 'not-a-department',
      path: 'data.departments.1',
    });
  });

  test('with a legal basis are a legal act too, which a newer report doesn’t take away', () => {
    const legalBasis = [{ number: '877/QĐ-SGDĐT', issuedOn: '2018-11-27', issuer: 'Giám đốc Sở GDĐT' }];
    const act = {
      ...said('DepartmentsReported', { departments: ['A'], legalBasis, reportedOn: '2018-11-27' }),
      id: 'd1',
    };
    const then = after(said('DepartmentsReported', { departments: ['A', 'B'] }), act);
    then.accepted();
    const page = then.state<CentrePage>('centre:gdtx-x')!;
    expect(page.legalActs.map((each) => [each.fact, each.id, each.on, each.legalBasis])).toEqual([
      ['CentreEstablished', 'test-1', '2010-09-01', []],
      ['DepartmentsReported', 'd1', '2018-11-27', legalBasis],
    ]);
    expect(page.reports.departments!.departments).toEqual(['A', 'B']);
  });
});

describe('staffing', () => {
  const refused = (data: object) => refusal(said('StaffingReported', data));

  test.each([
    'managers',
    'teachers',
    'qualifiedTeachers',
    'others',
    'female',
    'permanent',
    'contract',
    'seconded',
    'visiting',
  ])('%s aren’t more than the total', (part) => {
    expect(refused({ total: 10, [part]: 11 })).toMatchObject({ slug: 'more-than-total', path: `data.${part}` });
    after(said('StaffingReported', { total: 10, [part]: 10 })).accepted();
  });

  test('managers, teachers and others aren’t more than the total together', () => {
    expect(refused({ total: 10, managers: 2, teachers: 6, others: 3 })).toMatchObject({
      slug: 'more-than-total',
      path: 'data.total',
    });
    after(
      said('StaffingReported', { total: 10, managers: 2, teachers: 6, others: 2, permanent: 8, seconded: 3 }),
    ).accepted();
  });

  test('qualified teachers aren’t more than the teachers', () => {
    expect(refused({ total: 10, teachers: 5, qualifiedTeachers: 6 })).toMatchObject({
      slug: 'more-than-total',
      path: 'data.qualifiedTeachers',
    });
    after(said('StaffingReported', { total: 10, teachers: 6, qualifiedTeachers: 6 })).accepted();
  });

  test('what isn’t said isn’t 0', () => {
    expect(reportsAfter(said('StaffingReported', { total: 45, managers: 0 })).staffing).toEqual({
      day: '2022-02-16',
      reportedOn: '2022-02-16',
      total: 45,
      managers: 0,
    });
  });
});

describe('partnerships', () => {
  const told = (data: object) => said('PartnershipsReported', { kind: 'training', total: 2, ...data });

  test('name no more partners than there are, unless the total is about', () => {
    expect(refusal(told({ partners: ['A', 'B', 'C'] }))).toMatchObject({
      slug: 'more-than-total',
      path: 'data.partners',
    });
    expect(refusal(told({ partners: ['A', 'B', 'C'], precision: 'at-least' }))).toMatchObject({
      slug: 'more-than-total',
    });
    after(told({ partners: ['A', 'B', 'C'], precision: 'about' })).accepted();
  });

  test('name each once', () => {
    expect(refusal(told({ partners: ['A', 'A'] }))).toMatchObject({ slug: 'contradicts', path: 'data.partners.1' });
    expect(refusal(told({ institutions: ['college', 'college'] }))).toMatchObject({
      slug: 'contradicts',
      path: 'data.institutions.1',
    });
  });
});

describe('contact', () => {
  test('keeps a telephone number’s leading zero and takes no number', () => {
    expect(reportsAfter(said('ContactReported', { phone: '0208 385 4265' })).contact!.phone).toBe('0208 385 4265');
    expect(refusal(said('ContactReported', { phone: 2083854265 }))).toMatchObject({
      slug: 'malformed',
      path: 'data.phone',
    });
  });

  test('says at least one way', () => {
    expect(refusal(said('ContactReported', {}))).toMatchObject({ slug: 'malformed' });
  });
});

describe('support', () => {
  const told = (communityCentres: string[], reportedOn = '2022-02-16') =>
    said('SupportAssigned', { communityCentres, reportedOn });

  test('is for community centres that live on that day', () => {
    const at = (slug: string) => ({ slug, path: 'data.communityCentres.0' });
    after(told(['tthtcd-1', 'tthtcd-2'])).accepted();
    expect(refusal(told(['tthtcd-9']))).toMatchObject({ ...at('unit-unknown'), unit: 'tthtcd-9' });
    expect(refusal(told(['gdtx-x']))).toMatchObject(at('wrong-kind'));
    expect(refusal(told(['tthtcd-1'], '2014-12-31'))).toMatchObject(at('unit-not-yet'));
    expect(refusal(told(['tthtcd-2'], '2023-01-01'))).toMatchObject(at('unit-ended'));
    expect(refusal(told(['tthtcd-1', 'tthtcd-1']))).toMatchObject({
      slug: 'contradicts',
      path: 'data.communityCentres.1',
    });
  });
});

test('a predecessor’s late report may be sent by its successor’s people, for a day on which it lived', () => {
  const caller = { roles: ['centre-publisher' as const], units: ['gdtx-son-la'] };
  const by = (source: string, reportedOn: string) =>
    given({ ...world, caller }, [...sonLa, consolidation()]).when(
      said('StaffingReported', { total: 5, reportedOn }, source),
    );
  by('kthn-son-la', '2018-09-24').accepted();
  expect(by('kthn-son-la', '2018-09-25').refused()).toMatchObject({ slug: 'unit-ended' });
  expect(by('kthn-son-la', '2018-09-25').refused().message).toContain('`gdtx-son-la`');
});
