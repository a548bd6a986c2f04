import { describe, expect, test } from '@jest/globals';
import { fold, lines, remembered } from '../../../test/folding.js';

const reportedOn = { on: '2018-07-18' };

describe('a centre reports', () => {
  test('its staff: the total, and only what was said of it', () => {
    expect(lines(fold({ type: 'centres.StaffingReported', data: { reportedOn, total: 45 } }))).toEqual([
      'level staff[] @2018-07-18 set = 45',
    ]);
    const data = {
      reportedOn,
      total: 45,
      female: 20,
      managers: 3,
      teachers: 30,
      qualifiedTeachers: 28,
      others: 12,
      permanent: 40,
      contract: 5,
      seconded: 0,
      visiting: 2,
      precision: 'about',
    };
    expect(lines(fold({ type: 'centres.StaffingReported', data }))).toEqual(
      [
        'staff[] @2018-07-18 set = 45',
        'staff[].female @2018-07-18 set = 20',
        'staff[managers] @2018-07-18 set = 3',
        'staff[teachers] @2018-07-18 set = 30',
        'staff[others] @2018-07-18 set = 12',
        'staff[permanent] @2018-07-18 set = 40',
        'staff[contract] @2018-07-18 set = 5',
        'staff[seconded] @2018-07-18 set = 0',
        'staff[visiting] @2018-07-18 set = 2',
        'teachers[] @2018-07-18 set = 30',
        'teachers-qualified[] @2018-07-18 set = 28',
      ].map((line) => `level ${line} about`),
    );
  });

  test('departments and campuses, by their number', () => {
    expect(
      lines(fold({ type: 'centres.DepartmentsReported', data: { reportedOn, departments: ['a', 'b', 'c'] } })),
    ).toEqual(['level departments[] @2018-07-18 set = 3']);
    expect(
      lines(fold({ type: 'centres.CampusesReported', data: { reportedOn, campuses: [{ number: 1 }, { number: 2 }] } })),
    ).toEqual(['level campuses[] @2018-07-18 set = 2']);
  });

  test('partners, each kind apart', () => {
    const partners = (data: object) =>
      lines(fold({ type: 'centres.PartnershipsReported', data: { reportedOn, ...data } }));
    expect(partners({ kind: 'enterprise', total: 20, precision: 'about' })).toEqual([
      'level partners[enterprise] enterprise@2018-07-18 set = 20 about',
    ]);
    expect(partners({ total: 28 })).toEqual(['level partners[training] training@2018-07-18 set = 28']);
  });

  test('without a date, from when it was recorded', () => {
    expect(lines(fold({ type: 'centres.StaffingReported', data: { total: 45 } }))).toEqual([
      'level staff[] @2026-06-15 set = 45',
    ]);
  });
});

describe('an award', () => {
  const award = (data: object) =>
    lines(fold({ type: 'centres.AwardReceived', data: { kind: 'labour-medal', ...data } }));

  test('counts once, in the month of its first certain day', () => {
    expect(award({ date: { notAfter: '2018-09-25' } })).toEqual(['flow awards[labour-medal] 2018-09 = 1']);
    expect(award({ date: { notBefore: '1992-11-25', notAfter: '2022-11-25' } })).toEqual([
      'flow awards[labour-medal] 1992-11 = 1',
    ]);
    expect(award({})).toEqual(['flow awards[labour-medal] 2026-06 = 1']);
  });

  test('counts as often as it was received', () => {
    expect(award({ date: { on: '2018' }, times: { value: 2, precision: 'at-least' } })).toEqual([
      'flow awards[labour-medal] 2018-01 = 2 at-least',
    ]);
  });
});

describe('a rating', () => {
  const rating = (data: object, entry?: object) =>
    lines(fold({ type: 'centres.RatingGiven', data, ...(entry ? { entry } : {}) }));

  test('takes the place of every other from the end of its year', () => {
    expect(rating({ centre: 'gdtx-son-la', year: 2023, rating: 'excellent' })).toEqual([
      'level centres-by-rating[excellent] @2023-12-31 set = 1',
      'level centres-by-rating[good] @2023-12-31 set = 0',
      'level centres-by-rating[completed] @2023-12-31 set = 0',
      'level centres-by-rating[not-completed] @2023-12-31 set = 0',
    ]);
  });

  test('of a year that hasn’t ended holds from when it was recorded', () => {
    expect(rating({ centre: 'gdtx-son-la', year: 2026, rating: 'good' })).toContain(
      'level centres-by-rating[good] @2026-06-15 set = 1',
    );
  });

  test('in another ledger belongs to the centre, and one that isn’t known counts too', () => {
    expect(rating({ centre: 'c2', year: 2023, rating: 'outstanding' }, { unit: 'province-1' })).toEqual([
      'level centres-by-rating[excellent] @2023-12-31 set = 0 at c2',
      'level centres-by-rating[good] @2023-12-31 set = 0 at c2',
      'level centres-by-rating[completed] @2023-12-31 set = 0 at c2',
      'level centres-by-rating[not-completed] @2023-12-31 set = 0 at c2',
      'level centres-by-rating[outstanding] @2023-12-31 set = 1 at c2',
    ]);
  });
});

describe('accreditation', () => {
  const KEY = 'accreditations:gdtx-son-la';
  const award = (data: object, known: object = {}, entry = {}) => ({
    type: 'centres.AccreditationAwarded',
    data: { centre: 'gdtx-son-la', level: 1, awardedOn: { on: '2020-05-01' }, ...data },
    known: known as Record<string, unknown>,
    entry,
  });

  test('holds from its day, and until it ends where that is known', () => {
    expect(lines(fold(award({})))).toEqual(['level accredited-centres[level-1] @2020-05-01 set = 1']);
    expect(lines(fold(award({ validUntil: '2025-05-01' })))).toEqual([
      'level accredited-centres[level-1] @2020-05-01 set = 1',
      'level accredited-centres[level-1] @2025-05-01 set = 0',
    ]);
    expect(remembered(award({ validUntil: '2025-05-01' }))).toEqual([
      { key: KEY, value: [['level-1', '2020-05-01', '2025-05-01']], kind: 'gathered' },
    ]);
  });

  test('renewed before it ends goes on', () => {
    const first = { [KEY]: [['level-1', '2020-05-01', '2025-05-01']] };
    const renewed = award({ awardedOn: { on: '2024-06-01' }, validUntil: '2029-06-01' }, first);
    expect(lines(fold(renewed))).toEqual([
      'level accredited-centres[level-1] @2020-05-01 set = 1',
      'level accredited-centres[level-1] @2024-06-01 set = 1',
      'level accredited-centres[level-1] @2025-05-01 set = 1',
      'level accredited-centres[level-1] @2029-06-01 set = 0',
    ]);
  });

  test('at a higher level takes the place of the lower one, also when the lower is told later', () => {
    const expected = [
      'level accredited-centres[level-1] @2020-05-01 set = 1',
      'level accredited-centres[level-2] @2020-05-01 set = 0',
      'level accredited-centres[level-1] @2023-01-01 set = 0',
      'level accredited-centres[level-2] @2023-01-01 set = 1',
    ];
    const higher = award({ level: 2, awardedOn: { on: '2023' } }, { [KEY]: [['level-1', '2020-05-01', '']] });
    expect(lines(fold(higher))).toEqual(expected);
    const told = award({}, { [KEY]: [['level-2', '2023-01-01', '']] });
    expect(lines(fold(told))).toEqual(expected);
  });

  test('undated, and in another ledger', () => {
    expect(lines(fold(award({ awardedOn: undefined, centre: 'c2' })))).toEqual([
      'level accredited-centres[level-1] @2026-06-15 set = 1 at c2',
    ]);
  });

  const target = (data: object, entry = {}) =>
    fold({
      type: 'centres.AccreditationTargetSet',
      data: { centre: 'gdtx-son-la', year: 2024, level: 2, asGiven: 'mức độ 2', setOn: { on: '2024-03-12' }, ...data },
      entry,
    });

  test('aimed at says that there is none yet, and stands among the targets', () => {
    const parts = target({ setBy: { body: 'UBND', of: 'district-461' } });
    expect(lines(parts)).toEqual([
      'level accredited-centres[level-2] target@2024-03-12 set = 0',
      'record targets/gdtx-son-la/accredited-centres/level-2/2024',
    ]);
    expect(parts[1]).toMatchObject({
      set: {
        unit: 'gdtx-son-la',
        indicator: 'accredited-centres',
        category: 'level-2',
        year: 2024,
        value: 1,
        level: 2,
        asGiven: 'mức độ 2',
        setOn: '2024-03-12',
        setBy: { body: 'UBND', of: 'district-461' },
      },
    });
  });

  test('aimed at by whoever’s ledger it is, if no centre is named', () => {
    expect(lines(target({ centre: '', setOn: undefined }))).toEqual([
      'level accredited-centres[level-2] target@2026-06-15 set = 0',
      'record targets/gdtx-son-la/accredited-centres/level-2/2024',
    ]);
    expect(lines(target({ centre: 'c2' }))[0]).toBe(
      'level accredited-centres[level-2] target@2024-03-12 set = 0 at c2',
    );
  });
});
