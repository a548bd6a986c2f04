import { describe, expect, test } from '@jest/globals';
import { fold } from '../../test/folding.js';
import { INDICATORS, indicatorOf, madeOf } from './catalogue.js';
import { FOLDS } from './folds/all.js';
import { PROGRAMME_TYPES } from './labels.js';
import type { Term } from './indicator.js';

/** What figures can be asked for; the order is that of the design. */
const ASKED = `learners-present learners-enrolled learners-left dropout-rate retention-rate learners-completed graduates
  literacy-learners literacy-rate general-vocational-pupils refresher-trainees linked-trainees linked-trainees-yearly trainees
  programmes-offered fields-of-study classes exam-candidates exam-passed certificates-issued certification-rate employment-rate
  intake-planned intake-rate centres departments campuses staff teachers partners awards centres-by-rating accredited-centres
  community-centres community-coverage topics-held attendances topics-per-plan needs-surveyed manager-changes
  concurrent-managers learning-families learning-clans learning-organisations learning-communities learning-citizens
  learning-communes community-ratings community-computers community-internet community-centres-shared community-budget
  contributions findings recommendations-open recommendations-overdue recommendations-closed`.split(/\s+/);

describe('the catalogue', () => {
  test.each(ASKED)('has %s', (id) => {
    expect(indicatorOf(id)).toBeDefined();
    expect(indicatorOf(id)!.supporting).toBeUndefined();
  });

  test('has each id once, and none that isn’t there', () => {
    expect(new Set(INDICATORS.map(({ id }) => id)).size).toBe(INDICATORS.length);
    expect(indicatorOf('learners')).toBeUndefined();
  });

  test('says everything in both languages', () => {
    for (const { id, label, measure, definition, categories } of INDICATORS) {
      const texts = [label, measure, definition, ...(categories ? [categories.meaning] : [])];
      for (const text of texts) expect([id, text.vi !== '' && text.en !== '']).toEqual([id, true]);
    }
  });

  test('makes ratios and shares of indicators that are there, and of categories that they have', () => {
    const terms = INDICATORS.flatMap(({ ratio, share }) =>
      [ratio, share].flatMap((each): readonly Term[] => (each ? [...each.numerator, ...each.denominator] : [])),
    );
    for (const { indicator, category } of terms) {
      const base = indicatorOf(indicator);
      expect([indicator, base?.kind]).not.toEqual([indicator, undefined]);
      if (category !== undefined) expect(Object.keys(base!.categories!.values!)).toContain(category);
    }
  });

  test('feeds what is reported by facts, and nothing else', () => {
    for (const { id, from, fedBy, ratio } of INDICATORS) {
      expect([id, fedBy.length > 0]).toEqual([id, from === 'cells']);
      expect([id, ratio !== undefined]).toEqual([id, from === 'ratio']);
    }
  });

  test('knows which ratios and shares change with an indicator', () => {
    expect(madeOf('learners-enrolled')).toEqual(['dropout-rate', 'retention-rate', 'intake-rate']);
    expect(madeOf('community-managers')).toEqual(['concurrent-managers']);
    expect(madeOf('findings')).toEqual([]);
  });

  test('lets overlapping categories stand for the whole by one that they have', () => {
    for (const { categories } of INDICATORS) {
      if (categories?.total !== undefined) expect(Object.keys(categories.values!)).toContain(categories.total);
    }
  });
});

const people = { total: 1, female: 1 };
const on = { on: '2024-05-01' };
const day = '2024-05-01';

/** Facts that say all that their type can feed. */
const FULL: [string, object, Record<string, unknown>?][] = [
  ...Object.keys(PROGRAMME_TYPES).flatMap((type): [string, object, Record<string, unknown>?][] => [
    ['programmes.LearnersEnrolled', { class: 'c', occurredOn: day, learners: people }, { 'class:c': type }],
    [
      'programmes.TotalsReported',
      {
        month: '2024-05',
        type,
        measures: [
          'learners-enrolled',
          'learners-left',
          'learners-present',
          'learners-completed',
          'graduates',
          'exam-candidates',
          'exam-passed',
          'certificates-issued',
          'attendances',
        ].map((measure) => ({ measure, people })),
      },
    ],
  ]),
  ...[
    'trainees',
    'refresher-trainees',
    'linked-trainees',
    'general-vocational-pupils',
    'literacy-learners',
    'attendances',
    'exam-candidates',
    'exam-passed',
    'certificates-issued',
    'graduates',
    'learners-enrolled',
    'learners-completed',
  ].map((measure): [string, object] => ['programmes.OpeningBalanceDeclared', { measure, basis: 'total', to: on }]),
  ['programmes.OpeningBalanceDeclared', { measure: 'linked-trainees', basis: 'yearly-average', to: on }],
  ['programmes.ClassOpened', { class: 'c', type: 'literacy', openedOn: on }],
  ['programmes.LearnersLeft', { class: 'c', occurredOn: day, learners: people }],
  ['programmes.HeadcountReported', { class: 'c', reportedOn: day, learners: people }],
  ['programmes.ClassCompleted', { class: 'c', completedOn: day, completed: people }],
  ['programmes.ExamHeld', { exam: 'e', heldOn: day, candidates: people, passed: people }],
  ['programmes.CertificatesIssued', { exam: 'e', issuedOn: day, certificates: people }],
  ['programmes.LearnersGraduated', { occurredOn: day, graduates: people }],
  ['programmes.EmploymentReported', { reportedOn: day, surveyed: people, employed: people }],
  ['programmes.IntakePlanned', { schoolYear: '2024-2025', count: 1 }],
  ['programmes.ProgrammeOffered', { programme: 'p', offeredFrom: on }],
  ['programmes.OfferReported', { reportedOn: on, fields: { value: 1 }, openTypes: ['refresher'] }],
  ['centres.StaffingReported', { reportedOn: on, total: 1, teachers: 1, qualifiedTeachers: 1 }],
  ['centres.DepartmentsReported', { reportedOn: on }],
  ['centres.CampusesReported', { reportedOn: on }],
  ['centres.PartnershipsReported', { reportedOn: on }],
  ['centres.AwardReceived', { date: on }],
  ['centres.RatingGiven', { year: 2024 }],
  ['centres.AccreditationAwarded', { level: 1, awardedOn: on }],
  ['centres.AccreditationTargetSet', { level: 1, setOn: on }],
  ['community-learning.ManagementReported', { reportedOn: on, managers: 1, concurrent: 1 }],
  ['community-learning.ManagerChanged', { changedOn: day }],
  ['community-learning.NeedsSurveyed', { surveyedOn: day, people }],
  ['community-learning.PlanAdopted', { year: 2024 }],
  ['community-learning.TopicHeld', { heldOn: day, attendances: people }],
  ...['family', 'clan', 'organisation', 'community', 'citizen'].map((model): [string, object] => [
    'community-learning.LearningModelsCounted',
    { model, year: 2024 },
  ]),
  ['community-learning.CommuneRated', { year: 2024 }],
  ['community-learning.CommunityCentreRated', { year: 2024 }],
  ['community-learning.LiteracyCounted', { year: 2024 }],
  ['community-learning.FacilitiesReported', { computers: 1, internet: true, materials: 1, sharedWith: ['school'] }],
  ['community-learning.BudgetReceived', { receivedOn: day, amount: 1 }],
  ['community-learning.ContributionReceived', { receivedOn: day, amount: 1, inKindWorth: 1 }],
  ['inspections.InspectionOrdered', { inspection: 'i' }],
  ['inspections.VisitMade', { visit: 'v' }],
  ['inspections.FindingRecorded', { finding: 'f' }],
  ['inspections.RecommendationIssued', { recommendation: 'r', issuedOn: on, due: day }],
  ['inspections.ProgressReported', { recommendation: 'r' }],
  ['inspections.RecommendationClosed', { recommendation: 'r', closedOn: day }],
];

describe('catalogue and folds', () => {
  const emitted = new Map<string, Set<string>>();
  const kinds = new Map<string, Set<string>>();
  for (const [type, data, known] of FULL) {
    const due = { 'recommendation:r': { at: 'vn', due: day } };
    for (const part of fold({ type, data, known: known ?? due })) {
      if (part.kind === 'record' || part.kind === 'period') continue;
      const [service, name] = type.split('.');
      const by = emitted.get(part.indicator) ?? new Set();
      emitted.set(part.indicator, by.add(`vn.gdtx.${service}.${name}.v1`));
      kinds.set(part.indicator, (kinds.get(part.indicator) ?? new Set()).add(part.kind));
    }
  }

  test('name the same fact types', () => {
    const told = INDICATORS.filter(({ from }) => from === 'cells').map(({ id, fedBy }) => [id, [...fedBy].sort()]);
    const folded = told.map(([id]) => [id, [...(emitted.get(id as string) ?? [])].sort()]);
    expect(folded).toEqual(told);
    expect([...emitted.keys()].filter((id) => !indicatorOf(id))).toEqual([]);
  });

  test('agree on what is a flow, what a level, and what has opening balances', () => {
    for (const { id, kind, from, balances } of INDICATORS) {
      if (from !== 'cells') continue;
      const folded = kinds.get(id)!;
      expect([id, folded.has('balance')]).toEqual([id, balances]);
      expect([id, folded.has(kind) || balances, folded.has(kind === 'flow' ? 'level' : 'flow')]).toEqual([
        id,
        true,
        false,
      ]);
    }
  });

  test('are tried here with every fact type that is folded', () => {
    const tried = new Set(FULL.map(([type]) => type));
    const folded = [...FOLDS.folds.keys()]
      .map((type) => type.replace('vn.gdtx.', '').replace('.v1', ''))
      .filter((type) => !/\.(Period|ConflictSettled)/.test(type) && type !== 'provinces.TargetSet');
    expect([...tried].sort()).toEqual(folded.sort());
  });
});
