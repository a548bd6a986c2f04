import { addDays, addMonths, type Day, type Month } from '@gdtx/territory/days';
import { dayIn, earlierDay, laterDay, schoolYearOn } from './calendar.js';
import { learners, type CentreProfile } from './centre-profile.js';
import { exactly, some, together, without, type People } from './people.js';
import type { Activity, Reporter } from './reporter.js';

/** A class from its opening to its end: who comes, who leaves, who is counted, examined, certified, and completes. */

interface ClassKind {
  type: string;
  /** The months in which one opens. */
  opens: readonly number[];
  /** How many learners it begins with, about. */
  size: readonly [number, number];
  /** How long it lasts, in months; `school-year`: until the end of May. */
  lasts: readonly [number, number] | 'school-year';
  grades?: readonly [number, number];
  isExamined?: true;
  isFollowedToWork?: true;
  weight: number;
}

const ALL_YEAR = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const KINDS: readonly ClassKind[] = [
  { type: 'upper-secondary', opens: [8, 9], size: [28, 45], lasts: 'school-year', grades: [10, 12], weight: 14 },
  { type: 'lower-secondary', opens: [8, 9], size: [15, 30], lasts: 'school-year', grades: [6, 9], weight: 3 },
  { type: 'general-vocational', opens: [9, 10, 11], size: [30, 60], lasts: [4, 7], isExamined: true, weight: 5 },
  { type: 'elementary-vocational', opens: ALL_YEAR, size: [18, 35], lasts: [3, 8], isFollowedToWork: true, weight: 3 },
  { type: 'short-term', opens: ALL_YEAR, size: [20, 35], lasts: [1, 2], isFollowedToWork: true, weight: 4 },
  { type: 'refresher', opens: ALL_YEAR, size: [30, 120], lasts: [1, 1], weight: 3 },
  { type: 'linked-degree', opens: [9, 10, 11, 3], size: [30, 70], lasts: [18, 26], weight: 2 },
  { type: 'intermediate-vocational', opens: [9, 10], size: [25, 40], lasts: [16, 22], weight: 2 },
  { type: 'literacy', opens: [9, 10, 2, 3], size: [12, 30], lasts: [5, 8], weight: 4 },
  { type: 'ethnic-language', opens: [3, 4, 9, 10], size: [20, 45], lasts: [3, 5], isExamined: true, weight: 2 },
];

export function classActivities(reporter: Reporter, profile: CentreProfile): Activity[] {
  const opened = new Map<string, number>();
  const graduating = new Map<string, People>();
  return KINDS.filter(({ type }) => profile.byClass.includes(type)).map((kind) => ({
    cost: 3,
    weight: (month) => (kind.opens.includes(Number(month.slice(5))) ? 2 * kind.weight : 0),
    act: (month) => new ClassStory(reporter, profile, kind, graduating, opened).open(month),
  }));
}

class ClassStory {
  private id = '';
  private present: People = { total: 0 };
  private ends: Day = '';
  private countedOn: Day = '';

  constructor(
    private readonly reporter: Reporter,
    private readonly profile: CentreProfile,
    private readonly kind: ClassKind,
    /** Learners of the last grade, by school year: they graduate together. */
    private readonly graduating: Map<string, People>,
    private readonly opened: Map<string, number>,
  ) {}

  open(month: Month): void {
    const { kind, reporter, opened } = this;
    const { rng, unit } = reporter;
    const isSchoolYear = kind.lasts === 'school-year';
    const opensOn = isSchoolYear && month.endsWith('-09') ? laterDay(`${month}-05`, unit.from) : reporter.dayIn(month);
    const number = (opened.get(kind.type) ?? 0) + 1;
    opened.set(kind.type, number);
    this.id = `${kind.type}-${opensOn.slice(0, 4)}-${number}`;
    this.ends = isSchoolYear
      ? `${Number(opensOn.slice(0, 4)) + 1}-05-${rng.int(24, 31)}`
      : dayIn(addMonths(month, rng.int(kind.lasts[0] as number, kind.lasts[1] as number)), rng);
    const grade = kind.grades && rng.int(...kind.grades);
    const schoolYear = isSchoolYear ? schoolYearOn(`${opensOn.slice(0, 4)}-09-01`) : undefined;
    this.say('ClassOpened', opensOn, {
      ...{
        type: kind.type,
        openedOn: opensOn,
        name: `Lớp ${grade ?? ''}${String.fromCharCode(64 + (((number - 1) % 26) + 1))}`,
      },
      ...(schoolYear && { schoolYear }),
      ...(grade && { grade }),
    });
    this.enrol(opensOn, rng.int(...kind.size) * Math.sqrt(unit.size));
    if (rng.chance(0.25)) {
      this.later(earlierDay(addDays(opensOn, rng.int(5, 40)), this.ends), (on) => this.enrol(on, rng.int(1, 4)));
    }
    this.planAhead(opensOn, grade, schoolYear);
  }

  private planAhead(opensOn: Day, grade: number | undefined, schoolYear: string | undefined): void {
    const { reporter, ends, kind } = this;
    const { rng } = reporter;
    for (const leaving of [0, 1, 2]) {
      if (rng.chance(0.45 - leaving / 10))
        this.later(between(opensOn, ends, (leaving + 1) / 4, rng.int(-5, 5)), (on) => this.leave(on));
    }
    if (schoolYear) {
      const [first, second] = schoolYear.split('-');
      for (const [day, point] of [
        [`${first}-09-30`, 'start'],
        [`${second}-01-10`, 'mid-year'],
        [`${second}-05-20`, 'end'],
      ] as const) {
        if (rng.chance(0.85)) this.later(day, (on) => this.count(on, point));
      }
    } else if (Date.parse(ends) - Date.parse(opensOn) > 120 * 86_400_000 && rng.chance(0.7)) {
      this.later(between(opensOn, ends, 0.5, 0), (on) => this.count(on));
    }
    if (kind.isExamined) this.later(addDays(ends, -2), (on) => this.examine(on));
    this.later(ends, (on) => this.complete(on, grade === kind.grades?.[1] ? schoolYear : undefined));
  }

  private enrol(on: Day, total: number): void {
    const came = learners(this.reporter.rng, total, this.profile);
    const isFirst = this.present.total === 0;
    this.present = isFirst ? came : together(this.present, came);
    this.say('LearnersEnrolled', on, { occurredOn: on, learners: came }, { 'learners-enrolled': came.total });
  }

  private leave(on: Day): void {
    const { rng } = this.reporter;
    const gone = exactly(rng, this.present, rng.int(1, 3));
    if (gone.total >= this.present.total) return;
    this.present = without(this.present, gone);
    const reason = rng.pick([
      'dropped-out',
      'dropped-out',
      'dropped-out',
      'transferred',
      'withdrew',
      'deferred',
      'other',
    ]);
    this.say('LearnersLeft', on, { occurredOn: on, reason, learners: gone }, { 'learners-left': gone.total });
  }

  private count(on: Day, point?: string): void {
    if (this.countedOn === on) return;
    this.countedOn = on;
    this.say('HeadcountReported', on, { reportedOn: on, ...(point && { point }), learners: { ...this.present } });
  }

  private examine(on: Day): void {
    const { reporter, kind } = this;
    const { rng } = reporter;
    const candidates = some(rng, this.present, 0.97);
    if (candidates.total === 0) return;
    const passed = some(rng, candidates, 0.93);
    const exam = `${this.id}-thi`;
    this.say(
      'ExamHeld',
      on,
      { exam, type: kind.type, heldOn: on, candidates, passed },
      { 'exam-candidates': candidates.total },
    );
    this.later(addDays(on, rng.int(15, 50)), (issuedOn) =>
      reporter.say({
        ...{ service: 'programmes', name: 'CertificatesIssued', day: issuedOn },
        data: { exam, issuedOn, certificates: passed },
        counts: { 'certificates-issued': passed.total },
      }),
    );
  }

  private complete(on: Day, graduatesIn: string | undefined): void {
    const { reporter, kind, graduating } = this;
    const { rng } = reporter;
    const completed = some(rng, this.present, 0.97);
    this.say('ClassCompleted', on, { completedOn: on, completed }, { 'learners-completed': completed.total });
    if (kind.isFollowedToWork && completed.total > 0 && rng.chance(0.5)) this.followToWork(on, completed);
    if (!graduatesIn) return;
    const others = graduating.get(graduatesIn);
    graduating.set(graduatesIn, others ? together(others, completed) : completed);
    if (!others) this.later(`${graduatesIn.slice(5)}-07-${rng.int(18, 28)}`, (day) => this.graduate(day, graduatesIn));
  }

  private followToWork(completedOn: Day, completed: People): void {
    const { reporter } = this;
    const { rng } = reporter;
    const on = addDays(completedOn, 190 + rng.int(0, 40));
    const surveyed = some(rng, completed, 0.85);
    const employed = some(rng, surveyed, 0.76);
    if (surveyed.total === 0) return;
    this.later(on, (day) =>
      this.say('EmploymentReported', day, { reportedOn: day, monthsAfter: 6, surveyed, employed }),
    );
  }

  /** All of the last grade of a school year, in one round. */
  private graduate(on: Day, schoolYear: string): void {
    const { rng } = this.reporter;
    const candidates = this.graduating.get(schoolYear)!;
    const graduates = some(rng, candidates, 0.96);
    this.reporter.say({
      ...{ service: 'programmes', name: 'LearnersGraduated', day: on },
      data: { type: this.kind.type, schoolYear, occurredOn: on, graduates, candidates },
      counts: { graduates: graduates.total },
    });
  }

  private later(day: Day, act: (on: Day) => void): void {
    this.reporter.later(day, act);
  }

  private say(name: string, day: Day, data: Record<string, unknown>, counts?: Record<string, number>): void {
    this.reporter.say({
      ...{ service: 'programmes', name, day, data: { class: this.id, ...data } },
      ...(counts && { counts }),
    });
  }
}

function between(from: Day, to: Day, share: number, more: number): Day {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return addDays(from, Math.min(days - 1, Math.max(1, Math.round(days * share) + more)));
}
