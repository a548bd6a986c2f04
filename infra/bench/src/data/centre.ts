import { dayNumber, dayText, type DayNumber, type Month } from './calendar.js';
import { brokenDown, people, shareOf, together, without, type People } from './people.js';
import type { Random } from './random.js';
import type { Reporter, Tell } from './told.js';

/** A GDTX or GDNN-GDTX centre, and what it says of a month. */
export interface Centre extends Reporter {
  kind: 'gdtx' | 'gdnn-gdtx';
  seat: string;
  random: Random;
  classes: number;
}

const SHORT_COURSES = [
  ['it-certificate', 'Ứng dụng công nghệ thông tin cơ bản'],
  ['language-certificate', 'Tiếng Anh bậc 2'],
  ['short-term', 'Nghề điện dân dụng'],
  ['elementary-vocational', 'May công nghiệp'],
  ['ethnic-language', 'Tiếng Thái'],
] as const;
const REASONS = ['dropped-out', 'transferred', 'withdrew', 'deferred'];

export function centreMonth(centre: Centre, month: Month, tell: Tell): void {
  const { random } = centre;
  if (month.index === 0) beginning(centre, month, tell);
  if (month.number === 9) for (const grade of [10, 11, 12]) schoolClass(centre, month, grade, tell);
  if (month.number === 7) graduation(centre, month, tell);
  const courses = random.chance(0.25) ? 2 : 1;
  for (let i = 0; i < courses; i++) shortCourse(centre, month, tell);
  totals(centre, month, tell);
  if (month.number === 1 || month.number === 8) reports(centre, month, tell);
  const closes = month.first + month.days + 3;
  tellOf(centre, 'programmes', tell)('PeriodClosed', closes, { month: month.text });
}

type Say = (name: string, day: DayNumber, data: Record<string, unknown>) => void;

function tellOf({ id, lag }: Centre, service: 'programmes' | 'centres', tell: Tell): Say {
  return (name, day, data) => tell({ service, name, source: id, data, day: day + lag });
}

function beginning(centre: Centre, month: Month, tell: Tell): void {
  const { random } = centre;
  const say = tellOf(centre, 'programmes', tell);
  for (const [type, name] of SHORT_COURSES) {
    say('ProgrammeOffered', month.first, { programme: type, type, name, offeredFrom: '2020' });
  }
  const balance = { measure: 'refresher-trainees', programmeTypes: ['refresher'], basis: 'total' };
  const counted = { count: random.int(500, 30_000), precision: 'about', from: '2010-01-01', to: '2020-12-31' };
  say('OpeningBalanceDeclared', month.first + 1, { ...balance, ...counted });
}

/** A class of a school year: who comes, leaves, is counted, and completes it. */
function schoolClass(centre: Centre, { first, year }: Month, grade: number, tell: Tell): void {
  const { random } = centre;
  const say = tellOf(centre, 'programmes', tell);
  const id = `k${grade}-${year}`;
  const schoolYear = `${year}-${year + 1}`;
  const type = 'upper-secondary';
  say('ClassOpened', first + 4, {
    class: id,
    type,
    openedOn: dayText(first + 4),
    schoolYear,
    grade,
    form: 'full-time',
  });
  let present = enrol(say, id, first + 4, random, 25, 45);
  if (random.chance(0.6)) present = together(present, enrol(say, id, first + random.int(20, 40), random, 1, 4));
  const spring = dayNumber(`${year + 1}-01-01`);
  present = leave(say, id, first + random.int(60, 80), random, present, 0.06);
  headcount(say, id, spring + 9, 'mid-year', present);
  present = leave(say, id, spring + random.int(40, 60), random, present, 0.06);
  headcount(say, id, spring + 135, 'end', present);
  const completed = dayText(spring + 147);
  say('ClassCompleted', spring + 147, { class: id, completedOn: completed, completed: shareOf(present, 0.96) });
}

/** A course of three months, with an examination and certificates. */
function shortCourse(centre: Centre, month: Month, tell: Tell): void {
  const { random } = centre;
  const say = tellOf(centre, 'programmes', tell);
  const [type] = random.pick(SHORT_COURSES);
  const id = `${type}-${(centre.classes += 1)}`;
  const day = month.first + random.int(0, month.days - 1);
  say('ClassOpened', day, { class: id, type, programme: type, openedOn: dayText(day), form: 'in-service' });
  let present = enrol(say, id, day, random, 15, 40);
  if (random.chance(0.5)) present = together(present, enrol(say, id, day + random.int(3, 9), random, 1, 6));
  if (random.chance(0.6)) present = leave(say, id, day + random.int(20, 50), random, present, 0.1);
  const end = day + 85;
  const completed = shareOf(present, 0.95);
  say('ClassCompleted', end, { class: id, completedOn: dayText(end), completed });
  const passed = shareOf(completed, 0.85 + random.next() * 0.15);
  const exam = { exam: id, type, class: id, heldOn: dayText(end + 5), candidates: completed, passed };
  say('ExamHeld', end + 5, exam);
  say('CertificatesIssued', end + 30, { exam: id, issuedOn: dayText(end + 30), certificates: passed });
}

function enrol(say: Say, id: string, day: DayNumber, random: Random, least: number, most: number): People {
  const learners = people(random, least, most);
  say('LearnersEnrolled', day, { class: id, occurredOn: dayText(day), learners: brokenDown(random, learners) });
  return learners;
}

function leave(say: Say, id: string, day: DayNumber, random: Random, present: People, share: number): People {
  const learners = shareOf(present, share);
  if (learners.total === 0) return present;
  const reason = random.pick(REASONS);
  say('LearnersLeft', day, { class: id, occurredOn: dayText(day), reason, learners });
  return without(present, learners);
}

function headcount(say: Say, id: string, day: DayNumber, point: string, learners: People): void {
  say('HeadcountReported', day, { class: id, reportedOn: dayText(day), point, learners });
}

function graduation(centre: Centre, { first, year }: Month, tell: Tell): void {
  const { random } = centre;
  const candidates = people(random, 20, 90);
  const graduates = shareOf(candidates, 0.9 + random.next() * 0.1);
  const round = { type: 'upper-secondary', schoolYear: `${year - 1}-${year}`, occurredOn: dayText(first + 21) };
  tellOf(centre, 'programmes', tell)('LearnersGraduated', first + 21, { ...round, graduates, candidates });
}

/** Programmes of which there are only totals. */
function totals(centre: Centre, month: Month, tell: Tell): void {
  const { random } = centre;
  const say = tellOf(centre, 'programmes', tell);
  const day = month.first + month.days + 1;
  for (const type of ['refresher', 'knowledge-update', 'general-vocational']) {
    if (!random.chance(0.7)) continue;
    const enrolled = people(random, 10, 200);
    const measures = [
      { measure: 'learners-enrolled', people: brokenDown(random, enrolled) },
      { measure: 'learners-completed', people: shareOf(enrolled, 0.9) },
    ];
    say('TotalsReported', day, { month: month.text, type, measures });
  }
}

/** Twice a year, to the service that keeps centres. */
function reports(centre: Centre, month: Month, tell: Tell): void {
  const { random } = centre;
  const say = tellOf(centre, 'centres', tell);
  const day = month.first + random.int(10, 25);
  const reportedOn = dayText(day);
  const [managers, teachers, others] = [random.int(2, 4), random.int(8, 40), random.int(2, 8)];
  say('StaffingReported', day, { reportedOn, total: managers + teachers + others, managers, teachers, others });
  say('PartnershipsReported', day, { reportedOn, kind: 'training', total: random.int(0, 12) });
  if (month.number === 8) say('DepartmentsReported', day, { reportedOn, departments: DEPARTMENTS });
  if (random.chance(0.15)) {
    say('AwardReceived', day, { award: 'Giấy khen', kind: 'commendation', level: 'province', date: reportedOn });
  }
}

const DEPARTMENTS = ['Hành chính - Tổng hợp', 'Đào tạo - Bồi dưỡng', 'Giáo dục thường xuyên'];
