import { expect, test } from '@jest/globals';
import { factBytes } from '../../test/ledger-of.js';
import { codecOf } from '@gdtx/contracts/fact-codecs';
import { FOLDS } from '../indicators/folds/all.js';
import { isReport, REPORTING_SERVICES, spokenTime } from './spoken-time.js';

const spoken = (name: string, data: object) => {
  const type = `vn.gdtx.${name}.v1`;
  return spokenTime(type, codecOf(type)!.decode(factBytes(type, data)));
};
const on = (day: string) => ({ on: day });

test.each([
  ['programmes.LearnersEnrolled', { occurredOn: '2024-09-05' }, '2024-09-05', '2024-09-05'],
  ['programmes.ClassOpened', { openedOn: on('2024-09') }, '2024-09-01', '2024-09-30'],
  ['programmes.TotalsReported', { month: '2024-02' }, '2024-02-01', '2024-02-29'],
  ['programmes.PeriodClosed', { month: '2024-02' }, '2024-02-01', '2024-02-29'],
  ['programmes.IntakePlanned', { schoolYear: '2024-2025' }, '2024-09-01', '2025-08-31'],
  ['programmes.LearnersGraduated', { schoolYear: '2024-2025' }, '2024-09-01', '2025-08-31'],
  ['programmes.LearnersGraduated', { schoolYear: '2024-2025', occurredOn: '2025-06-01' }, '2025-06-01', '2025-06-01'],
  ['programmes.OpeningBalanceDeclared', { from: on('2003-06'), to: on('2022-02-16') }, '2003-06-01', '2022-02-16'],
  ['programmes.OpeningBalanceDeclared', { to: { notBefore: '2018-11-27' } }, '', ''],
  ['centres.StaffingReported', { reportedOn: { notBefore: '2018-11-27' } }, '2018-11-27', ''],
  ['centres.StaffingReported', { reportedOn: { notAfter: '2018-11-27' } }, '', '2018-11-27'],
  ['centres.RatingGiven', { year: 2023 }, '2023-01-01', '2023-12-31'],
  ['centres.AwardReceived', { date: on('2020') }, '2020-01-01', '2020-12-31'],
  ['community-learning.TopicHeld', { heldOn: '2024-05-01' }, '2024-05-01', '2024-05-01'],
])('%s %j speaks of a time', (name, data, from, to) => {
  expect(spoken(name, data)).toEqual({ from, to });
});

test.each([
  ['programmes.ProgrammeOffered', {}],
  ['centres.AwardReceived', { date: on('1990'), inheritedFrom: ['a'] }],
  ['programmes.LearnersGraduated', {}],
])('%s %j speaks of none', (name, data) => {
  expect(spoken(name, data)).toBeUndefined();
});

test('every fact of these services is a report, or known to need no living unit', () => {
  const others = ['PeriodApproved', 'PeriodReopened', 'ConflictSettled'];
  const known = [...FOLDS.folds.keys()].filter((type) => REPORTING_SERVICES.includes(type.split('.')[2]!));
  const left = known.filter((type) => !isReport(type)).map((type) => type.split('.')[3]!);
  expect([...new Set(left)].sort()).toEqual(others.sort());
  expect(isReport('vn.gdtx.inspections.VisitMade.v1')).toBe(false);
  expect(isReport('vn.gdtx.centres.toString.v1')).toBe(false);
});
