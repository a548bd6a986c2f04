import { dayText, type DayNumber, type Month } from './calendar.js';
import { brokenDown, people, shareOf } from './people.js';
import type { Random } from './random.js';
import type { Reporter, Tell, Told } from './told.js';

/** A TTHTCĐ, and what it says of a month. */
export interface CommunityCentre extends Reporter {
  commune: string;
  random: Random;
  topics: number;
}

const AREAS = ['Nông nghiệp', 'Pháp luật', 'Sức khỏe', 'Văn hóa', 'Kinh tế', 'Kỹ năng số'];
const TITLES = [
  'Kỹ thuật trồng lúa chất lượng cao',
  'Phổ biến Luật Đất đai',
  'Phòng chống dịch bệnh mùa hè',
  'Sử dụng dịch vụ công trực tuyến',
  'Chăm sóc sức khỏe người cao tuổi',
  'Chăn nuôi an toàn sinh học',
];
const ORGANISERS = ['Hội Nông dân', 'Hội Phụ nữ', 'Đoàn Thanh niên', 'Hội Khuyến học'];
const GIVERS = ['person', 'association', 'enterprise', 'other'];
const LEVELS = ['province', 'district', 'commune'];

export function communityCentreMonth(centre: CommunityCentre, month: Month, tell: Tell): void {
  const { random } = centre;
  if (month.number === 1) yearsBeginning(centre, month, tell);
  while (random.chance(0.39)) tell(topicHeld(centre, dayOf(month, random), tell));
  if (random.chance(0.07)) {
    const day = dayOf(month, random);
    const data = { receivedOn: dayText(day), amount: 100_000 * random.int(2, 80), giver: random.pick(GIVERS) };
    tell(said(centre, 'ContributionReceived', day, data));
  }
  if (random.chance(0.07)) {
    const day = dayOf(month, random);
    const data = { receivedOn: dayText(day), amount: 500_000 * random.int(4, 60), level: random.pick(LEVELS) };
    tell(said(centre, 'BudgetReceived', day, data));
  }
  if (random.chance(0.015)) {
    const day = dayOf(month, random);
    const data = { changedOn: dayText(day), post: random.chance(0.4) ? 'director' : 'deputy-director' };
    tell(said(centre, 'ManagerChanged', day, data));
  }
  if (month.number === 12) yearsEnd(centre, month, tell);
  // Some months of some centres are never closed: whoever asks who is silent has something to find.
  if (random.chance(0.72)) tell(said(centre, 'PeriodClosed', month.first + month.days + 2, { month: month.text }));
}

/** One topic more; one in a hundred is taken back some weeks later. */
export function topicHeld(centre: CommunityCentre, day: DayNumber, tell: Tell): Told {
  const { random } = centre;
  const topic = random.int(0, TITLES.length - 1);
  const data: Record<string, unknown> = {
    topic: `${dayText(day).slice(0, 4)}-${(centre.topics += 1)}`,
    title: TITLES[topic],
    heldOn: dayText(day),
    meetings: random.int(1, 4),
    attendances: brokenDown(random, people(random, 15, 140)),
    area: AREAS[topic],
    ...(random.chance(0.5) ? { organiser: { body: { body: random.pick(ORGANISERS), of: centre.commune } } } : {}),
  };
  // One in fifty reaches the ledger weeks late.
  const held = said(centre, 'TopicHeld', random.chance(0.02) ? day + random.int(20, 60) : day, data);
  if (random.chance(0.01)) {
    const reason = 'Nhập nhầm số lượt người';
    tell({ ...said(centre, 'EntryWithdrawn', held.day + random.int(5, 30), { reason }), withdraws: held });
  }
  return held;
}

function yearsBeginning(centre: CommunityCentre, month: Month, tell: Tell): void {
  const { random } = centre;
  const surveyed = month.first + random.int(4, 14);
  if (random.chance(0.9)) {
    const data = { surveyedOn: dayText(surveyed), people: brokenDown(random, people(random, 80, 600)) };
    tell(said(centre, 'NeedsSurveyed', surveyed, data));
  }
  const adopted = month.first + random.int(15, 30);
  const plan = { year: month.year, adoptedOn: dayText(adopted), topics: random.int(6, 24) };
  tell(said(centre, 'PlanAdopted', adopted, plan));
}

function yearsEnd(centre: CommunityCentre, month: Month, tell: Tell): void {
  const { random } = centre;
  const day = month.first + random.int(9, 19);
  const reportedOn = dayText(day);
  const managers = random.int(2, 4);
  tell(said(centre, 'ManagementReported', day, { reportedOn, managers, concurrent: managers - random.int(0, 1) }));
  if (random.chance(0.6)) {
    const data = {
      reportedOn,
      computers: random.int(0, 8),
      internet: random.chance(0.7),
      sharedWith: ['house-of-culture'],
    };
    tell(said(centre, 'FacilitiesReported', day, data));
  }
}

const MODELS = { family: 2600, clan: 40, organisation: 16, community: 12, citizen: 6000 };

/** What a commune counts at the end of a year: learning models and literacy. */
export function communeYear(commune: Reporter & { random: Random }, month: Month, tell: Tell): void {
  const { random } = commune;
  const day = month.first + random.int(5, 20);
  for (const [model, about] of Object.entries(MODELS)) {
    const eligible = Math.round(about * (0.5 + random.next()));
    const registered = Math.floor(eligible * (0.6 + random.next() * 0.4));
    const recognised = Math.floor(registered * (0.6 + random.next() * 0.4));
    const counts = { eligible, registered, recognised };
    const data = { year: month.year, model, ...counts, countedOn: dayText(day) };
    tell(said(commune, 'LearningModelsCounted', day, data));
  }
  const { total, female } = people(random, 2_000, 14_000);
  const level1 = shareOf({ total, female }, 0.97 + random.next() * 0.03).total;
  const level2 = Math.floor(level1 * (0.93 + random.next() * 0.07));
  tell(said(commune, 'LiteracyCounted', day, { year: month.year, people: total, level1, level2 }));
}

function dayOf(month: Month, random: Random): DayNumber {
  return month.first + random.int(0, month.days - 1);
}

function said({ id, lag }: Reporter, name: string, day: DayNumber, data: Record<string, unknown>): Told {
  return { service: 'community-learning', name, source: id, data, day: day + lag };
}
