import { describe, expect, test } from '@jest/globals';
import { fact, told } from '../test/world.js';
import type { FactRule } from '@gdtx/ledger/fact';
import { testEveryFact } from '@gdtx/testing/every-fact';
import { PROGRAMME_TYPES, TYPE_NAMES } from './programme-types.js';
import { rules } from './rules.js';

testEveryFact('programmes', rules);

const forms = rules as unknown as FactRule[];

/** What must have happened before an example can. */
const before: Record<string, ReturnType<typeof fact>[]> = {
  CertificatesIssued: [exampleOf('ExamHeld')],
  LearnersEnrolled: [exampleOf('ClassOpened')],
  LearnersLeft: [exampleOf('ClassOpened'), exampleOf('LearnersEnrolled')],
  HeadcountReported: [exampleOf('ClassOpened'), exampleOf('LearnersEnrolled')],
  ClassCompleted: [exampleOf('ClassOpened'), exampleOf('LearnersEnrolled')],
};

function exampleOf(name: string) {
  const { example } = forms.find((rule) => rule.name === name)!;
  return fact(name, example.data as object, example.source);
}

describe('every fact type', () => {
  test.each(forms.map((rule) => [rule.name, rule] as const))(
    '%s has an example that is accepted',
    (name, { example }) => {
      expect(
        told(before[name])
          .when(name, example.data as object, example.source)
          .accepted(),
      ).toBe(example.source);
    },
  );

  test.each(forms.map((rule) => [rule.name, rule] as const))(
    '%s is refused when it isn’t the caller’s to send',
    (name, { example }) => {
      const say = (caller: object) => told(before[name], { caller }).when(name, example.data as object, example.source);
      expect(say({ roles: ['inspector', 'registrar', 'operator'] }).refused()).toMatchObject({
        slug: 'not-allowed',
        path: 'type',
      });
      expect(say({ units: ['tthtcd-pha-lai'] }).refused()).toMatchObject({ slug: 'not-allowed', path: 'source' });
      expect(say({ roles: ['centre-publisher'], units: [example.source] }).accepted()).toBe(example.source);
      say({
        roles: ['province-officer'],
        units: ['province-14', 'province-19', 'province-38', 'province-45'],
      }).accepted();
    },
  );

  test('the commune’s officer speaks for its community centre', () => {
    const caller = { roles: ['commune-officer' as const], units: ['commune-10546'] };
    const data = { class: 'xmc', type: 'literacy', openedOn: '2024-09-05' };
    told([], { caller }).when('ClassOpened', data, 'tthtcd-pha-lai').accepted();
    expect(told([], { caller }).when('ClassOpened', data, 'gdtx-son-la').refused().slug).toBe('not-allowed');
  });

  test('its predecessor’s late facts are the successor’s to send', () => {
    const caller = { roles: ['centre-publisher' as const], units: ['gdtx-son-la'] };
    const data = { class: 'k12', type: 'literacy', openedOn: '2017-09-05' };
    expect(told([], { caller }).when('ClassOpened', data, 'kthn-son-la').accepted()).toBe('kthn-son-la');
  });

  test('has a name for every programme type', () => {
    expect(Object.keys(TYPE_NAMES)).toEqual([...PROGRAMME_TYPES]);
  });
});

/** A right form with one field wrong: the path that the refusal names. */
const wrong: [name: string, change: object, path: string][] = [
  ['ProgrammeOffered', { programme: 'Nấu ăn' }, 'data.programme'],
  ['ProgrammeOffered', { type: 'cooking' }, 'data.type'],
  ['ProgrammeOffered', { name: undefined, trade: undefined }, 'data.name'],
  ['ProgrammeOffered', { name: '' }, 'data.name'],
  ['ProgrammeOffered', { level: 'doctor' }, 'data.level'],
  ['ProgrammeOffered', { forms: ['distance', 'distance'] }, 'data.forms'],
  ['ProgrammeOffered', { forms: ['by-night'] }, 'data.forms.0'],
  ['ProgrammeOffered', { audience: Array.from({ length: 51 }, (_, i) => `nhóm ${i}`) }, 'data.audience'],
  ['ProgrammeOffered', { role: 'leads' }, 'data.role'],
  ['ProgrammeOffered', { offeredFrom: '2024-02-30' }, 'data.offeredFrom'],
  ['ProgrammeOffered', { until: '2024' }, 'data.until'],
  ['ProgrammeOffered', { teacher: 'x' }, 'data.teacher'],
  ['OfferReported', { reportedOn: undefined }, 'data.reportedOn'],
  ['OfferReported', { fields: -1 }, 'data.fields'],
  ['OfferReported', { fields: undefined, areas: undefined, open: undefined }, 'data.fields'],
  ['OfferReported', { areas: undefined }, 'data.open'],
  ['OfferReported', { openTypes: ['cooking'] }, 'data.openTypes.0'],
  ['OfferReported', { openTypes: ['literacy', 'literacy'] }, 'data.openTypes'],
  ['OfferReported', { open: 'yes' }, 'data.open'],
  ['ClassOpened', { class: undefined }, 'data.class'],
  ['ClassOpened', { class: '__proto__' }, 'data.class'],
  ['ClassOpened', { openedOn: '5/9/2024' }, 'data.openedOn'],
  ['ClassOpened', { schoolYear: '2024-2026' }, 'data.schoolYear'],
  ['ClassOpened', { grade: 13 }, 'data.grade'],
  ['ClassOpened', { form: 'by-night' }, 'data.form'],
  ['LearnersEnrolled', { occurredOn: '2024-09' }, 'data.occurredOn'],
  ['LearnersEnrolled', { learners: undefined }, 'data.learners'],
  ['LearnersEnrolled', { learners: { total: -1 } }, 'data.learners.total'],
  ['LearnersEnrolled', { learners: { total: 2 ** 31 } }, 'data.learners.total'],
  ['LearnersEnrolled', { learners: { total: 1.5 } }, 'data.learners.total'],
  ['LearnersEnrolled', { learners: { total: '42' } }, 'data.learners.total'],
  ['LearnersEnrolled', { learners: { total: 42, female: 43 } }, 'data.learners.female'],
  ['LearnersEnrolled', { learners: { $gt: '' } }, 'data.learners.$gt'],
  ['LearnersLeft', { reason: undefined }, 'data.reason'],
  ['LearnersLeft', { reason: 'bored' }, 'data.reason'],
  ['HeadcountReported', { type: 'literacy' }, 'data.class'],
  ['HeadcountReported', { class: undefined }, 'data.class'],
  ['HeadcountReported', { point: 'never' }, 'data.point'],
  ['ExamHeld', { type: undefined }, 'data.type'],
  ['ExamHeld', { passed: { total: -1 } }, 'data.passed.total'],
  ['CertificatesIssued', { exam: '' }, 'data.exam'],
  ['ClassCompleted', { completed: { total: null } }, 'data.completed.total'],
  ['LearnersGraduated', { schoolYear: undefined }, 'data.schoolYear'],
  ['EmploymentReported', { monthsAfter: 61 }, 'data.monthsAfter'],
  ['EmploymentReported', { class: 'k12' }, 'data.class'],
  ['IntakePlanned', { count: -1 }, 'data.count'],
  ['IntakePlanned', { assignedBy: { body: 'Sở' } }, 'data.assignedBy.of'],
  ['TotalsReported', { month: '2024-13' }, 'data.month'],
  ['TotalsReported', { measures: [] }, 'data.measures'],
  ['TotalsReported', { measures: [{ measure: 'joy', people: { total: 1 } }] }, 'data.measures.0.measure'],
  [
    'TotalsReported',
    { measures: [{ measure: 'trainees', people: { total: 1 }, reason: 'other' }] },
    'data.measures.0.reason',
  ],
  ['TotalsReported', { measures: Array(21).fill({ measure: 'trainees', people: { total: 1 } }) }, 'data.measures'],
  ['OpeningBalanceDeclared', { measure: 'joy' }, 'data.measure'],
  ['OpeningBalanceDeclared', { programmeTypes: [] }, 'data.programmeTypes'],
  ['OpeningBalanceDeclared', { basis: 'monthly' }, 'data.basis'],
  ['OpeningBalanceDeclared', { count: 2 ** 31 }, 'data.count'],
  ['OpeningBalanceDeclared', { precision: 'roughly' }, 'data.precision'],
  ['OpeningBalanceDeclared', { to: undefined }, 'data.to'],
  ['OpeningBalanceDeclared', { to: {} }, 'data.to'],
  ['OpeningBalanceDeclared', { levels: ['doctor'] }, 'data.levels.0'],
];

describe('a form with one thing wrong', () => {
  test.each(wrong)('%s with %j names %s', (name, change, path) => {
    const { example } = forms.find((rule) => rule.name === name)!;
    const data = { ...(example.data as object), ...change };
    expect(told().when(name, data, example.source).refused()).toMatchObject({ slug: 'malformed', path });
  });

  test('every fact may have a note and its source', () => {
    for (const { name, example } of forms) {
      const data = {
        ...(example.data as object),
        note: 'Theo báo cáo',
        source: { title: 'Báo cáo', publishedOn: { notBefore: '2022-04-02' } },
      };
      told(before[name]).when(name, data, example.source).accepted();
    }
  });
});
