import type { Owner } from '@gdtx/service-kit/services';
import type { Random } from '../random.js';
import { loadFact, type Effect, type LoadFact } from './fact.js';
import { CENTRES, CLASSES, COMMUNITY_CENTRES, PROVINCES, VISITS, visitOf, YEARS } from './world.js';

/** How many of a hundred facts go to each owner. */
export type Mix = Record<Owner, number>;

export const MIX: Mix = { provinces: 5, centres: 20, 'community-learning': 25, programmes: 40, inspections: 10 };

/** The usual mix with so much more for the owner that a fault is about. */
export function mixFor(owner: Owner): Mix {
  return { ...MIX, [owner]: MIX[owner] + 60 };
}

/** A report of one owner: reads the numbers in a fixed order, so that the same seed makes the same facts. */
type Maker = (id: string, random: Random) => LoadFact;

const day = (random: Random): string => {
  const month = random.between(1, 6);
  return `2024-${String(month).padStart(2, '0')}-${String(random.between(1, 28)).padStart(2, '0')}`;
};

function enrolled(id: string, unit: string, random: Random): LoadFact {
  const total = random.between(1, 40);
  const female = random.between(0, total);
  const data = { class: random.oneOf(CLASSES), occurredOn: day(random), learners: { total, female } };
  const effects: Effect[] = [{ kind: 'flow', indicator: 'learners-enrolled', unit, value: total }];
  return loadFact({ id, service: 'programmes', unit, name: 'LearnersEnrolled', data }, effects);
}

function topicHeld(id: string, unit: string, random: Random): LoadFact {
  const total = random.between(5, 90);
  const meetings = random.between(1, 4);
  const data = { topic: id, title: `Chuyên đề ${id}`, heldOn: day(random), meetings, attendances: { total } };
  const effects: Effect[] = [
    { kind: 'flow', indicator: 'topics-held', unit, value: 1 },
    { kind: 'flow', indicator: 'attendances', unit, value: total },
  ];
  return loadFact({ id, service: 'community-learning', unit, name: 'TopicHeld', data }, effects);
}

function staffing(id: string, unit: string, random: Random): LoadFact {
  const teachers = random.between(5, 60);
  const on = day(random);
  const data = { reportedOn: on, total: teachers + random.between(1, 9), teachers };
  const effects: Effect[] = [
    { kind: 'level', indicator: 'teachers', unit, day: on, value: teachers },
    { kind: 'level', indicator: 'staff', unit, day: on, value: data.total },
  ];
  return loadFact({ id, service: 'centres', unit, name: 'StaffingReported', data }, effects);
}

/** A few only: a centre's page lists every award. */
function award(id: string, unit: string, random: Random): LoadFact {
  const times = random.between(1, 3);
  const data = { award: `Giấy khen ${id}`, kind: 'certificate-of-merit', date: day(random), times };
  const effects: Effect[] = [{ kind: 'flow', indicator: 'awards', unit, value: times }];
  return loadFact({ id, service: 'centres', unit, name: 'AwardReceived', data }, effects);
}

const MAKERS: Record<Owner, Maker> = {
  programmes: (id, random) => enrolled(id, random.oneOf(CENTRES), random),
  'community-learning': (id, random) => topicHeld(id, random.oneOf(COMMUNITY_CENTRES), random),
  centres: (id, random) => (random.chance(0.08) ? award : staffing)(id, random.oneOf(CENTRES), random),
  inspections: (id, random) => {
    const province = random.oneOf(PROVINCES);
    const about = random.oneOf(CENTRES);
    const visit = visitOf(province, random.between(0, VISITS - 1));
    const kind = random.oneOf(['strength', 'limitation'] as const);
    const data = { finding: id, visit, kind, text: `Nhận xét ${id}`, about: [{ unit: about }] };
    const effects: Effect[] = [{ kind: 'flow', indicator: 'findings', unit: about, value: 1 }];
    return loadFact({ id, service: 'inspections', unit: province, name: 'FindingRecorded', data }, effects);
  },
  provinces: (id, random) => {
    const [unit, year] = [random.oneOf(PROVINCES), random.oneOf(YEARS)];
    const indicator = random.oneOf(['learners-enrolled', 'attendances'] as const);
    const value = random.between(1, 5000);
    const effects: Effect[] = [{ kind: 'target', indicator, unit, year, value }];
    const data = { unit, indicator, year, value };
    return loadFact({ id, service: 'provinces', unit: 'vn', name: 'TargetSet', data }, effects);
  },
};

export function makeFact(id: string, mix: Mix, random: Random): LoadFact {
  const shares = Object.entries(mix) as [Owner, number][];
  let left = random.next() * shares.reduce((sum, [, share]) => sum + share, 0);
  const [owner] = shares.find(([, share]) => (left -= share) < 0) ?? shares[0]!;
  return MAKERS[owner](id, random);
}

/** What may be taken back: nothing else rests on it. */
export const isWithdrawable = ({ event, withdraws }: LoadFact): boolean =>
  withdraws === undefined && /LearnersEnrolled|TopicHeld/.test(event.type);

/** Takes back a fact that stands at `seq` of its ledger, half the time with a fact in its place. */
export function makeWithdrawal(id: string, of: LoadFact, seq: number, random: Random): LoadFact {
  const again = of.service === 'programmes' ? enrolled : topicHeld;
  const correction = random.chance(0.5) ? again(`${id}-instead`, of.unit, random) : undefined;
  const data = {
    ...{ unit: of.unit, seq, reason: 'Nhập nhầm' },
    ...(correction && {
      correction: { id: correction.id, type: correction.event.type, data: correction.event.data },
    }),
  };
  const fact = loadFact({ id, service: of.service, unit: of.unit, name: 'EntryWithdrawn', data });
  return { ...fact, withdraws: of.id, ...(correction && { correction }) };
}
