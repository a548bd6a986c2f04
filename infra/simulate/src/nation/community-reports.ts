import type { Month } from '@gdtx/territory/days';
import { Yearly } from './centre-years.js';
import { people, tenfold, type Shares } from './people.js';
import type { Activity, Draft, Reporter } from './reporter.js';
import { inSentence } from './territory.js';
import { decision, isMountainous, seatOn } from './unit.js';

/** What a community learning centre says: topics held above all; surveys, plans, its managers, its means. */

export function communityActivities(reporter: Reporter): Activity[] {
  const { unit, rng } = reporter;
  const yearly = new Yearly(reporter);
  const isInMountains = isMountainous(unit.province);
  const shares: Shares = {
    female: 0.45 + rng.next() * 0.2,
    ethnicMinority: isInMountains ? 0.4 + rng.next() * 0.5 : 0.03,
  };
  const facilities = new Facilities(reporter);
  let taught = '';
  return [
    topics(reporter, shares),
    yearly.of('needs', [1, 2, 11, 12], 4, (day) => needs(reporter, day, shares)),
    yearly.of('plan', [1, 2], 8, (day) => plan(reporter, day)),
    yearly.of('management', [1, 7, 8, 12], 2, (day) => management(reporter, day)),
    yearly.of('facilities', [6, 12], 2.5, (day) => facilities.report(day)),
    yearly.of('budget', [2, 3, 4], 3, (day) => budget(reporter, day)),
    yearly.of('rating', [1, 2], 3, (day) => rating(reporter, day)),
    { cost: 1, weight: (month) => managersChange(month), act: (month) => manager(reporter, reporter.dayIn(month)) },
    { cost: 1, weight: () => 0.7, act: (month) => contribution(reporter, reporter.dayIn(month)) },
    {
      cost: 1,
      weight: (month) => (isInMountains && taught !== month ? 1.5 : 0),
      act: (month) => {
        taught = month;
        literacy(reporter, month, shares);
      },
    },
  ];
}

const community = (name: string, day: string, data: Record<string, unknown>): Draft => ({
  ...{ service: 'community-learning', name, day, data },
});

const TOPICS: readonly (readonly [area: string, title: string])[] = [
  ['Nông nghiệp', 'Kỹ thuật trồng lúa chất lượng cao'],
  ['Nông nghiệp', 'Phòng bệnh cho gia súc, gia cầm'],
  ['Nông nghiệp', 'Trồng rau an toàn'],
  ['Nông nghiệp', 'Kỹ thuật trồng và chăm sóc cây ăn quả'],
  ['Pháp luật', 'Luật Hôn nhân và gia đình'],
  ['Pháp luật', 'An toàn giao thông'],
  ['Pháp luật', 'Luật Đất đai'],
  ['Sức khỏe', 'Dinh dưỡng cho trẻ em'],
  ['Sức khỏe', 'Phòng dịch bệnh theo mùa'],
  ['Chuyển đổi số', 'Sử dụng dịch vụ công trực tuyến'],
  ['Chuyển đổi số', 'Kỹ năng số cho mọi người'],
  ['Văn hóa', 'Gìn giữ làn điệu dân ca'],
  ['Môi trường', 'Phân loại rác tại nguồn'],
  ['Kỹ năng sống', 'Phòng chống đuối nước'],
];
const ORGANISERS = ['Hội Nông dân', 'Hội Phụ nữ', 'Hội Khuyến học', 'Đoàn Thanh niên', 'Trạm Y tế'];

function topics(reporter: Reporter, shares: Shares): Activity {
  const { unit, rng } = reporter;
  let held = 0;
  return {
    cost: 1,
    weight: () => 11,
    act: (month) => {
      const day = reporter.dayIn(month);
      const [area, title] = rng.pick(TOPICS);
      const meetings = rng.chance(0.7) ? 1 : rng.int(2, 5);
      const attendances = people(rng, Math.round(rng.int(20, 70) * unit.size * meetings), shares, ['female']);
      const commune = seatOn(unit, day).id;
      const data = {
        ...{ topic: `cd-${day.slice(0, 4)}-${++held}`, title, heldOn: day, meetings, hours: meetings * rng.int(2, 4) },
        ...{ attendances, area },
        ...(rng.chance(0.5) && { organiser: { body: { body: rng.pick(ORGANISERS), of: commune } } }),
      };
      reporter.say({
        ...community('TopicHeld', day, data),
        counts: { 'topics-held': 1, attendances: attendances.total },
        wrong: { ...data, attendances: tenfold(attendances) },
        ...{ mayBeLate: true, again: 'exists-already' },
      });
    },
  };
}

function needs(reporter: Reporter, day: string, shares: Shares): void {
  const { rng, unit } = reporter;
  const asked = people(rng, Math.round(rng.int(40, 320) * unit.size) + 1, shares, ['female']);
  const data = { surveyedOn: day, people: asked };
  reporter.say({
    ...community('NeedsSurveyed', day, data),
    counts: { 'needs-surveyed': asked.total },
    wrong: { ...data, people: tenfold(asked) },
  });
}

function plan(reporter: Reporter, day: string): void {
  const year = Number(day.slice(0, 4));
  const data = { year, adoptedOn: day, topics: reporter.rng.int(4, 24) };
  reporter.say({
    ...community('PlanAdopted', day, data),
    wrong: { ...data, topics: data.topics + 100 },
    again: 'exists-already',
  });
}

function management(reporter: Reporter, day: string): void {
  const { rng } = reporter;
  const managers = rng.int(2, 4);
  const data = { reportedOn: day, managers, concurrent: rng.int(managers - 1, managers), female: rng.int(0, managers) };
  reporter.say(community('ManagementReported', day, { ...data, secondedTeachers: rng.int(0, 1) }));
}

/** Often in a usual year; nearly everywhere in the months after the reform, which gave every ward a new committee. */
const managersChange = (month: Month): number => (month >= '2025-07' && month <= '2025-10' ? 6 : 0.6);

function manager(reporter: Reporter, day: string): void {
  const post = reporter.rng.pick(['director', 'director', 'deputy-director']);
  reporter.say(community('ManagerChanged', day, { changedOn: day, post }));
}

/** More of everything as the years go by. */
class Facilities {
  private computers: number;

  constructor(private readonly reporter: Reporter) {
    this.computers = Math.max(0, reporter.rng.int(-2, 6));
  }

  report(day: string): void {
    const { rng } = this.reporter;
    this.computers += rng.chance(0.4) ? rng.int(0, 2) : 0;
    const isOnline = rng.chance(0.3 + (Number(day.slice(0, 4)) - 2020) * 0.1);
    const data = {
      ...{ reportedOn: day, computers: this.computers, internet: isOnline, materials: rng.int(20, 600) },
      ...{ bookcase: rng.chance(0.7), ownHouse: rng.chance(0.25) },
      ...(rng.chance(0.6) && { sharedWith: ['house-of-culture'] }),
    };
    const wrong = { ...data, computers: data.computers * 10 + 1 };
    this.reporter.say({ ...community('FacilitiesReported', day, data), wrong });
  }
}

function budget(reporter: Reporter, day: string): void {
  const data = { receivedOn: day, amount: reporter.rng.int(4, 40) * 1_000_000, level: 'commune' };
  reporter.say({
    ...community('BudgetReceived', day, data),
    wrong: { ...data, amount: data.amount * 10 },
    mayBeDoubled: true,
  });
}

function contribution(reporter: Reporter, day: string): void {
  const { rng } = reporter;
  const isMoney = rng.chance(0.7);
  const worth = rng.int(1, 30) * 500_000;
  const data = {
    receivedOn: day,
    ...(isMoney
      ? { amount: worth }
      : { inKind: `${rng.int(5, 300)} đầu sách`, ...(rng.chance(0.7) && { inKindWorth: worth }) }),
    giver: rng.pick(['person', 'association', 'enterprise', 'other']),
  };
  reporter.say({ ...community('ContributionReceived', day, data), mayBeDoubled: true, mayBeLate: true });
}

/** Of the year before, by the commune's People's Committee of that day. */
function rating(reporter: Reporter, day: string): void {
  const { unit, rng } = reporter;
  const year = Number(day.slice(0, 4)) - 1;
  if (unit.from > `${year}-12-31`) return;
  const commune = seatOn(unit, day);
  const ratedBy = { body: `UBND ${inSentence(commune)}`, of: commune.id };
  const mark = rng.pick(['good', 'good', 'fair', 'fair', 'fair', 'average', 'weak']);
  const legalBasis = decision(`${rng.int(10, 300)}/QĐ-UBND`, day, ratedBy.body);
  reporter.say({
    ...community('CommunityCentreRated', day, {
      centre: unit.id,
      year,
      rating: mark,
      ratedBy,
      ratedOn: day,
      legalBasis,
    }),
    source: commune.id,
  });
}

/** Classes that it hosts for those who never went to school; it has totals only. */
function literacy(reporter: Reporter, month: Month, shares: Shares): void {
  const { rng } = reporter;
  const measures = [
    { measure: 'learners-present', people: people(rng, rng.int(8, 30), shares, ['female', 'ethnicMinority']) },
    { measure: 'learners-enrolled', people: people(rng, rng.int(0, 4), shares, ['female', 'ethnicMinority']) },
  ];
  const data = { month, type: 'literacy', measures };
  reporter.say({
    service: 'programmes',
    name: 'TotalsReported',
    day: reporter.dayIn(month),
    data,
    again: 'counted-twice',
  });
}
