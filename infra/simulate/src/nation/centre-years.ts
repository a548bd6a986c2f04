import { addMonths, type Month } from '@gdtx/territory/days';
import { random } from './random.js';
import type { Activity, Draft, Reporter } from './reporter.js';
import type { CentreProfile } from './centre-profile.js';
import { inSentence, REFORM } from './territory.js';
import { decision, provinceOn } from './unit.js';

/** What a centre says once a year or once and for all: staff, partners, plans; and what its province says of it. */

export function yearlyActivities(reporter: Reporter, profile: CentreProfile): Activity[] {
  const activities = new Yearly(reporter);
  const staff = new Staff(reporter);
  return [
    activities.of('staffing', [1, 9, 12], 4, (day) => staff.report(day)),
    activities.of('partnerships', [2, 3, 10], 1.5, (day) => partnerships(reporter, day)),
    activities.of('rating', [2, 3], 5, (day) => rating(reporter, day)),
    activities.of('intake', [5, 6, 7], 2, (day) => intake(reporter, profile, day)),
    activities.of('award', [11, 12], 0.5, (day) => award(reporter, day)),
    activities.once('departments', 1, (day) => departments(reporter, day)),
    activities.once('campuses', 0.7, (day) => campuses(reporter, day)),
    activities.once('contact', 0.5, (day) => contact(reporter, day)),
    activities.once('support', 1, (day) => support(reporter, day)),
    activities.once('balance', 1, (day) => balance(reporter, profile, day)),
    activities.once('accreditation', 0.2, (day) => accreditation(reporter, day)),
    ...profile.byClass
      .slice(0, 4)
      .map((type) => activities.once(`programme-${type}`, 0.7, (day) => programme(reporter, type, day))),
  ];
}

/** Once a year in some of its months, or once. */
export class Yearly {
  private readonly done = new Set<string>();

  constructor(private readonly reporter: Reporter) {}

  of(name: string, months: readonly number[], weight: number, act: (day: string) => void): Activity {
    return this.activity(months, weight, act, (month) => `${name} ${month.slice(0, 4)}`);
  }

  once(name: string, weight: number, act: (day: string) => void): Activity {
    return this.activity(undefined, weight, act, () => name);
  }

  private activity(
    months: readonly number[] | undefined,
    weight: number,
    act: (day: string) => void,
    nameIn: (month: Month) => string,
  ): Activity {
    return {
      cost: 1,
      weight: (month) =>
        (months && !months.includes(Number(month.slice(5)))) || this.done.has(nameIn(month)) ? 0 : weight,
      act: (month) => {
        this.done.add(nameIn(month));
        act(this.reporter.dayIn(month));
      },
    };
  }
}

const centres = (name: string, day: string, data: Record<string, unknown>): Draft => ({
  service: 'centres',
  name,
  day,
  data,
});

/** It changes a little from report to report. */
class Staff {
  private total: number;

  constructor(private readonly reporter: Reporter) {
    const { unit, rng } = reporter;
    this.total = Math.round(rng.int(14, 34) * unit.size * (unit.weight > 2 ? 1.4 : 1)) + 6;
  }

  report(day: string): void {
    const { reporter } = this;
    const { rng } = reporter;
    this.total = Math.max(6, this.total + rng.int(-2, 2));
    const managers = rng.int(2, 3);
    const teachers = Math.round((this.total - managers) * 0.75);
    const data = {
      ...{ reportedOn: day, total: this.total, managers, teachers },
      qualifiedTeachers: Math.round(teachers * (0.85 + rng.next() * 0.15)),
      others: this.total - managers - teachers,
      female: Math.round(this.total * 0.55),
      permanent: Math.round(this.total * 0.8),
    };
    reporter.say({ ...centres('StaffingReported', day, data), wrong: { reportedOn: day, total: this.total * 10 } });
  }
}

function partnerships(reporter: Reporter, day: string): void {
  const { rng } = reporter;
  const kind = rng.pick(['training', 'enterprise']);
  reporter.say(centres('PartnershipsReported', day, { reportedOn: day, kind, total: rng.int(1, 14) }));
}

/** Of the year before, by the department of the province of that day. */
function rating(reporter: Reporter, day: string): void {
  const { unit, rng } = reporter;
  const year = Number(day.slice(0, 4)) - 1;
  if (unit.from > `${year}-12-31`) return;
  const province = provinceOn(unit, day);
  const mark = rng.pick(['excellent', 'good', 'good', 'good', 'completed', 'completed', 'not-completed']);
  const ratedBy = { body: 'Sở GDĐT', of: province.id };
  const legalBasis = decision(`${rng.int(50, 900)}/QĐ-SGDĐT`, day, `Sở GDĐT ${inSentence(province)}`);
  reporter.say({
    ...centres('RatingGiven', day, { centre: unit.id, year, rating: mark, ratedBy, ratedOn: day, legalBasis }),
    source: province.id,
  });
}

function intake(reporter: Reporter, { byClass }: CentreProfile, day: string): void {
  const { unit, rng } = reporter;
  const type = byClass.find((each) => each.endsWith('-secondary')) ?? 'upper-secondary';
  const year = Number(day.slice(0, 4));
  // Whom the school year won't see begin plans nothing for it.
  if (unit.to !== null && unit.to <= `${year}-09-01`) return;
  const assignedBy = { body: 'Sở GDĐT', of: provinceOn(unit, day).id };
  const count = Math.round(rng.int(8, 20) * unit.size) * 10;
  const data = { schoolYear: `${year}-${year + 1}`, type, count, assignedBy, assignedOn: day };
  reporter.say({ service: 'programmes', name: 'IntakePlanned', day, data, again: 'exists-already' });
}

function award(reporter: Reporter, day: string): void {
  const data = {
    award: `Bằng khen của UBND tỉnh năm ${day.slice(0, 4)}`,
    ...{ kind: 'certificate-of-merit', conferredBy: 'UBND tỉnh', level: 'province', date: day },
  };
  reporter.say({ ...centres('AwardReceived', day, data), mayBeLate: true, again: 'counted-twice' });
}

const DEPARTMENTS = [
  'Hành chính - Tổng hợp',
  'Đào tạo - Bồi dưỡng',
  'Giáo dục thường xuyên',
  'Dạy nghề',
  'Ngoại ngữ - Tin học',
];

function departments(reporter: Reporter, day: string): void {
  const { rng } = reporter;
  reporter.say(
    centres('DepartmentsReported', day, { reportedOn: day, departments: DEPARTMENTS.slice(0, rng.int(2, 5)) }),
  );
}

function campuses(reporter: Reporter, day: string): void {
  const { unit, rng } = reporter;
  const seat = (index: number) => {
    const commune = unit.seat.district.communes[index]!;
    return day < REFORM ? commune.id : commune.after.id;
  };
  const many = Math.min(rng.int(1, 3), unit.seat.district.communes.length);
  const campuses = Array.from({ length: many }, (_, index) => ({ number: index + 1, unit: seat(index) }));
  reporter.say(centres('CampusesReported', day, { reportedOn: day, campuses }));
}

function contact(reporter: Reporter, day: string): void {
  const email = `${reporter.unit.id}@example.vn`;
  reporter.say(
    centres('ContactReported', day, { reportedOn: day, email, website: `https://${reporter.unit.id}.example.vn` }),
  );
}

/** Those of its district, as long as there are districts. */
function support(reporter: Reporter, day: string): void {
  const { supports } = reporter.unit;
  if (day >= '2021-06-01' || supports.length === 0) return;
  reporter.say(centres('SupportAssigned', day, { reportedOn: day, communityCentres: supports.slice(0, 60) }));
}

function balance(reporter: Reporter, { byClass }: CentreProfile, day: string): void {
  const { unit, rng } = reporter;
  if (unit.from !== '') return;
  const type = byClass.includes('refresher') ? 'refresher' : 'general-vocational';
  const measure = type === 'refresher' ? 'refresher-trainees' : 'general-vocational-pupils';
  const data = {
    ...{ measure, programmeTypes: [type], count: Math.round(rng.int(400, 6000) * unit.size), to: '2020-12-31' },
    ...(rng.chance(0.5) ? { from: '2016-01-01' } : { precision: 'about', asGiven: 'khoảng' }),
  };
  reporter.say({ service: 'programmes', name: 'OpeningBalanceDeclared', day, data });
}

function accreditation(reporter: Reporter, day: string): void {
  const { unit, rng } = reporter;
  const province = provinceOn(unit, day);
  const data = {
    centre: unit.id,
    level: rng.int(1, 3),
    awardedBy: { body: 'Sở GDĐT', of: province.id },
    awardedOn: day,
  };
  const validUntil = `${addMonths(day.slice(0, 7), 60)}-01`;
  reporter.say({ ...centres('AccreditationAwarded', day, { ...data, validUntil }), source: province.id });
}

function programme(reporter: Reporter, type: string, day: string): void {
  const { trade } = TRADES[type] ?? {};
  const data = {
    ...{ programme: `ct-${type}`, type, name: NAMES[type] ?? `Chương trình ${type}`, role: 'organises' },
    ...(trade && { trade: random(reporter.unit.id).pick(trade) }),
    offeredFrom: day,
  };
  reporter.say({ service: 'programmes', name: 'ProgrammeOffered', day, data });
}

const VOCATIONAL = [
  'Điện dân dụng',
  'May công nghiệp',
  'Sửa chữa xe máy',
  'Nấu ăn',
  'Tin học văn phòng',
  'Trồng trọt',
  'Chăn nuôi',
];
const TRADES: Record<string, { trade: readonly string[] }> = {
  'general-vocational': { trade: VOCATIONAL },
  'elementary-vocational': { trade: VOCATIONAL },
  'short-term': { trade: VOCATIONAL },
};
const NAMES: Record<string, string> = {
  'upper-secondary': 'Chương trình GDTX cấp THPT',
  'lower-secondary': 'Chương trình GDTX cấp THCS',
  refresher: 'Bồi dưỡng nghiệp vụ',
  literacy: 'Xóa mù chữ',
};
