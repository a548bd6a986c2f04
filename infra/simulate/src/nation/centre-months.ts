import { addDays, type Month } from '@gdtx/territory/days';
import { learners, type CentreProfile } from './centre-profile.js';
import { some, tenfold, type People } from './people.js';
import type { Activity, Reporter } from './reporter.js';

/** What a centre says month by month besides its classes: exams for certificates, and totals of who has only totals. */

export function monthlyActivities(reporter: Reporter, profile: CentreProfile): Activity[] {
  let held = 0;
  const exams = ['it-certificate', 'language-certificate'].filter((type) => profile.byClass.includes(type));
  return [
    ...exams.map((type): Activity => ({
      cost: 2,
      weight: () => 3,
      act: (month) => examine(reporter, profile, { exam: `${type}-${month.slice(0, 4)}-${++held}`, type, month }),
    })),
    ...profile.byTotals.map((type) => totalsOf(reporter, profile, type)),
  ];
}

function examine(
  reporter: Reporter,
  profile: CentreProfile,
  { exam, type, month }: { exam: string; type: string; month: Month },
): void {
  const { rng, unit } = reporter;
  const heldOn = reporter.dayIn(month);
  const candidates = learners(rng, rng.int(30, 130) * unit.size, profile);
  const passed = some(rng, candidates, 0.9);
  const data = { exam, type, heldOn, candidates, passed };
  reporter.say({
    ...{ service: 'programmes', name: 'ExamHeld', day: heldOn, data },
    counts: { 'exam-candidates': candidates.total },
    wrong: { ...data, candidates: tenfold(candidates) },
  });
  reporter.later(addDays(heldOn, rng.int(15, 50)), (issuedOn) =>
    reporter.say({
      ...{ service: 'programmes', name: 'CertificatesIssued', day: issuedOn },
      data: { exam, issuedOn, certificates: passed },
      counts: { 'certificates-issued': passed.total },
    }),
  );
}

function totalsOf(reporter: Reporter, profile: CentreProfile, type: string): Activity {
  let last = '';
  return {
    cost: 1,
    weight: (month) => (last === month ? 0 : 3),
    act: (month) => {
      last = month;
      const measures = measuresOf(reporter, profile, type);
      const data = { month, type, measures };
      const counts: Record<string, number> = {};
      for (const { measure, people } of measures) if (COUNTED.has(measure)) counts[measure] = people.total;
      const [first, ...rest] = measures;
      reporter.say({
        ...{ service: 'programmes', name: 'TotalsReported', day: reporter.dayIn(month), data, counts },
        wrong: { ...data, measures: [{ ...first!, people: tenfold(first!.people) }, ...rest] },
        again: 'counted-twice',
      });
    },
  };
}

/** Flows, which a closing sums up. */
const COUNTED = new Set(['learners-enrolled', 'learners-left', 'exam-candidates', 'certificates-issued']);

interface Measured {
  measure: string;
  people: People;
  reason?: string;
}

/** How many a centre has at a time, about. */
const PRESENT: Record<string, number> = {
  'upper-secondary': 260,
  'lower-secondary': 60,
  'linked-degree': 120,
  'intermediate-vocational': 110,
  'elementary-vocational': 60,
  literacy: 45,
};

function measuresOf({ rng, unit }: Reporter, profile: CentreProfile, type: string): Measured[] {
  const count = (about: number) => learners(rng, about * unit.size * rng.around(0.3), profile);
  if (type.endsWith('-certificate')) {
    const candidates = count(70);
    const passed = some(rng, candidates, 0.9);
    return [
      { measure: 'exam-candidates', people: candidates },
      { measure: 'exam-passed', people: passed },
      { measure: 'certificates-issued', people: some(rng, passed, 0.98) },
    ];
  }
  const present = PRESENT[type];
  if (!present) return [{ measure: 'learners-enrolled', people: count(55) }];
  return [
    { measure: 'learners-present', people: count(present) },
    { measure: 'learners-left', people: count(present / 80), reason: 'dropped-out' },
    { measure: 'learners-enrolled', people: count(present / 12) },
  ];
}
