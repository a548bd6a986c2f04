import { describe, expect, test } from '@jest/globals';
import { fold, lines, remembered } from '../../../test/folding.js';

const entry = { unit: 'vn', source: 'vn' };
const VISIT = { 'visit:v1': { day: '2022-04-02', place: 'district-290', units: ['gdnn-gdtx-chi-linh', 'tthtcd-1'] } };
const ONE_UNIT = { 'visit:v1': { day: '2024-03-12', place: 'district-461', units: ['gdnn-gdtx-dong-ha'] } };

describe('an inspection and its visits', () => {
  test('an order is listed, and enters no figure', () => {
    const data = {
      inspection: 'i600',
      level: 'ministry',
      decision: { number: '600/QĐ-BGDĐT', issuedOn: '2022-03-01', issuer: 'Bộ GDĐT' },
      subjects: [{ body: { body: 'Sở GDĐT', of: 'province-27' } }],
    };
    expect(fold({ type: 'inspections.InspectionOrdered', data, entry })).toEqual([
      { kind: 'record', collection: 'inspections', id: 'i600', set: { ledger: 'vn', ...data } },
    ]);
  });

  const visit = { visit: 'v1', kind: 'inspection', occurredOn: '2022-04-02', units: ['c1'], place: 'district-290' };

  test('a visit is listed with its inspection, and remembered', () => {
    const said = { type: 'inspections.VisitMade', data: { ...visit, inspection: 'i600' }, entry };
    expect(fold(said)).toEqual([
      { kind: 'record', collection: 'visits', id: 'v1', set: { ledger: 'vn', inspection: 'i600', ...visit } },
      {
        kind: 'record',
        collection: 'inspections',
        id: 'i600',
        append: { visits: { visit: 'v1', occurredOn: '2022-04-02' } },
      },
    ]);
    const value = { day: '2022-04-02', place: 'district-290', units: ['c1'] };
    expect(remembered(said)).toEqual([{ key: 'visit:v1', value, kind: 'said' }]);
  });

  test('a visit without an order stands by itself', () => {
    expect(lines(fold({ type: 'inspections.VisitMade', data: visit, entry }))).toEqual(['record visits/v1']);
  });
});

describe('a finding', () => {
  const finding = (data: object, known: Record<string, unknown> = VISIT) =>
    lines(
      fold({
        type: 'inspections.FindingRecorded',
        data: { finding: 'f1', visit: 'v1', kind: 'limitation', text: 't', ...data },
        entry,
        known,
      }),
    );

  test.each([
    ['on several visited units counts with the place', {}, VISIT, '2022-04', ' at district-290'],
    ['on the one visited unit counts with it', {}, ONE_UNIT, '2024-03', ' at gdnn-gdtx-dong-ha'],
    ['about one unit counts with that', { about: [{ unit: 'tthtcd-1' }] }, VISIT, '2022-04', ' at tthtcd-1'],
    ['about several', { about: [{ unit: 'a' }, { unit: 'b' }] }, VISIT, '2022-04', ' at district-290'],
    [
      'about a unit and a body',
      { about: [{ unit: 'a' }, { body: { of: 'b' } }] },
      VISIT,
      '2022-04',
      ' at district-290',
    ],
    ['of a visit that isn’t known counts with the ledger, when it was recorded', {}, {}, '2026-06', ''],
  ])('%s', (_, data, known, month, at) => {
    expect(finding(data, known)).toEqual([`flow findings[limitation] ${month} = 1${at}`, 'record findings/f1']);
  });

  test('of a visit without a place counts with its first unit', () => {
    const known = { 'visit:v1': { day: '2022-04-02', place: '', units: ['a', 'b'] } };
    expect(finding({}, known)[0]).toBe('flow findings[limitation] 2022-04 = 1 at a');
  });

  test('is listed with where and when it counts', () => {
    const [, record] = fold({
      type: 'inspections.FindingRecorded',
      data: { finding: 'f1', visit: 'v1', kind: 'strength', indicators: ['staff'] },
      entry,
      known: ONE_UNIT,
    });
    expect(record).toMatchObject({
      set: { at: 'gdnn-gdtx-dong-ha', occurredOn: '2024-03-12', indicators: ['staff'], visited: ['gdnn-gdtx-dong-ha'] },
    });
  });
});

describe('a recommendation', () => {
  const issued = (data: object, known: Record<string, unknown> = VISIT) => ({
    type: 'inspections.RecommendationIssued',
    data: { recommendation: 'r1', visit: 'v1', number: 1, issuedOn: { on: '2022-04-02' }, ...data },
    entry,
    known,
  });

  test('is open from its day, counted once where it is about, and none of it is closed or overdue', () => {
    const addressees = [{ unit: 'tthtcd-1' }, { unit: 'tthtcd-2' }];
    expect(lines(fold(issued({ addressees, place: 'district-290' })))).toEqual([
      'level recommendations-open[] r1@2022-04-02 set = 1 at district-290',
      'flow recommendations-closed[done] 2022-04 = 0 at district-290',
      'record recommendations/r1',
      'level recommendations-overdue[] r1@2022-04-02 set = 0 at district-290',
    ]);
  });

  test('is overdue from the day after it is due', () => {
    expect(lines(fold(issued({ due: '2022-12-31' }))).slice(3)).toEqual([
      'level recommendations-overdue[] r1@2022-04-02 set = 0 at district-290',
      'level recommendations-overdue[] r1@2023-01-01 set = 1 at district-290',
    ]);
  });

  test('counts with the one addressee, and where nothing tells, with the ledger', () => {
    expect(lines(fold(issued({ addressees: [{ unit: 'tthtcd-1' }] })))[0]).toContain(' at tthtcd-1');
    expect(lines(fold(issued({ issuedOn: undefined }, {})))[0]).toBe(
      'level recommendations-open[] r1@2026-06-15 set = 1',
    );
  });

  test('is listed as open and remembered with where it counts and when it is due', () => {
    const said = issued({ due: '2022-12-31' });
    expect(fold(said)[2]).toMatchObject({
      collection: 'recommendations',
      set: { status: 'open', at: 'district-290', due: '2022-12-31', visited: ['gdnn-gdtx-chi-linh', 'tthtcd-1'] },
    });
    const value = { at: 'district-290', due: '2022-12-31' };
    expect(remembered(said)).toEqual([{ key: 'recommendation:r1', value, kind: 'said' }]);
  });

  test('progress is appended', () => {
    const data = { recommendation: 'r1', reportedOn: '2026-01-10', text: 'x', state: 'in-progress' };
    expect(fold({ type: 'inspections.ProgressReported', data, entry })).toEqual([
      {
        kind: 'record',
        collection: 'recommendations',
        id: 'r1',
        set: { status: 'in-progress' },
        append: { progress: { by: 'vn', reportedOn: '2026-01-10', text: 'x', state: 'in-progress' } },
      },
    ]);
  });

  const closed = (known: Record<string, unknown>, data: object = {}) =>
    fold({
      type: 'inspections.RecommendationClosed',
      data: { recommendation: 'r1', closedOn: '2022-10-01', outcome: 'done', ...data },
      entry,
      known,
    });

  test('closed in time never becomes overdue', () => {
    const parts = closed({ 'recommendation:r1': { at: 'district-290', due: '2022-12-31' } });
    expect(lines(parts)).toEqual([
      'level recommendations-open[] r1@2022-10-01 set = 0 at district-290',
      'flow recommendations-closed[done] 2022-10 = 1 at district-290',
      'record recommendations/r1',
      'level recommendations-overdue[] r1@2023-01-01 set = 0 at district-290',
    ]);
  });

  test('closed late is overdue until then', () => {
    const parts = closed({ 'recommendation:r1': { at: 'vn', due: '2022-06-30' } }, { outcome: 'lapsed', note: 'n' });
    expect(lines(parts)).toEqual([
      'level recommendations-open[] r1@2022-10-01 set = 0',
      'flow recommendations-closed[lapsed] 2022-10 = 1',
      'record recommendations/r1',
      'level recommendations-overdue[] r1@2022-10-01 set = 0',
    ]);
    expect(parts[2]).toMatchObject({
      set: { status: 'closed', closedOn: '2022-10-01', outcome: 'lapsed', closingNote: 'n' },
    });
  });

  test('closed without having been due says nothing of being overdue', () => {
    const withoutDue = [
      'level recommendations-open[] r1@2022-10-01 set = 0 at a',
      'flow recommendations-closed[done] 2022-10 = 1 at a',
      'record recommendations/r1',
    ];
    expect(lines(closed({ 'recommendation:r1': { at: 'a', due: '' } }))).toEqual(withoutDue);
    expect(lines(closed({}))).toEqual(withoutDue.map((line) => line.replace(' at a', '')));
  });
});
