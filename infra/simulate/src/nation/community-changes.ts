import { addDays, type Day } from '@gdtx/territory/days';
import { dayBetween, laterDay } from './calendar.js';
import type { PlannedCommunityCentre } from './community-centres.js';
import type { SimulatedFact } from './fact.js';
import { random, type Random } from './random.js';
import { inSentence, type Commune, type Place } from './territory.js';
import { byCommune, registryFact, seatOn } from './unit.js';

/**
 * What happens to a community centre that lives on: another house in its commune, seldom another commune; a while without work, above all
 * in the months in which the wards of 2025 were set up.
 */
const OFTEN = {
  before: { house: 0.006, commune: 0.0015, suspended: 0.005 },
  after: { house: 0.008, commune: 0.001, suspended: 0.008 },
};
/** Of a suspension that nobody has ended yet. */
const NOT_YET: Day = '9999-12-31';
const HOUSES = ['Nhà văn hóa', 'Trường Tiểu học', 'Trạm Y tế cũ', 'Trụ sở UBND cũ', 'Trường THCS'];

/** Of one that lives until the reform at least; all of it is over by then. */
export function changesBeforeReform(centre: PlannedCommunityCentre): SimulatedFact[] {
  const rng = random(`${centre.id}/before-the-reform`);
  const { house, commune, suspended } = OFTEN.before;
  const moveOn = dayBetween('2021-07-01', '2025-03-31', rng);
  const stopOn = dayBetween('2021-07-10', '2025-02-20', rng);
  return [
    ...moves(centre, moveOn, { house, commune }, rng),
    ...(rng.chance(suspended) ? pause(centre, stopOn, addDays(stopOn, rng.int(40, 120)), rng) : []),
  ];
}

/** Of one that lives on after the five years. */
export function changesAfterReform(centre: PlannedCommunityCentre): SimulatedFact[] {
  const rng = random(`${centre.id}/after-the-reform`);
  const { house, commune, suspended } = OFTEN.after;
  const moveOn = dayBetween('2025-07-15', '2025-12-10', rng);
  const stopOn = dayBetween('2025-06-15', '2025-08-15', rng);
  const resumeOn = rng.chance(0.08) ? NOT_YET : addDays(stopOn, rng.int(30, 110));
  return [
    ...moves(centre, moveOn, { house, commune }, rng),
    ...(rng.chance(suspended) ? pause(centre, stopOn, resumeOn, rng) : []),
  ];
}

function moves(
  centre: PlannedCommunityCentre,
  on: Day,
  often: { house: number; commune: number },
  rng: Random,
): SimulatedFact[] {
  const here = seatOn(centre, on);
  if (rng.chance(often.house)) {
    const address = `${rng.pick(HOUSES)} ${inSentence(here)}`;
    return [tell(centre, 'Moved', on, { address, effectiveOn: on }, { by: here, rng })];
  }
  const other = rng.chance(often.commune) ? anotherCommune(centre, here, on) : undefined;
  if (!other) return [];
  centre.moves.push({ on, seat: other });
  const there = seatOn(centre, on);
  return [tell(centre, 'Moved', on, { commune: there.id, effectiveOn: on }, { by: there, rng })];
}

/** One of its district that is another on that day too. */
function anotherCommune({ seat }: PlannedCommunityCentre, here: Place, on: Day): Commune | undefined {
  return seat.district.communes.find((commune) => seatOn({ seat: commune, moves: [] }, on).id !== here.id);
}

/** Said with its end; or without one, and then that it works again, sometimes sooner than was said. */
function pause(centre: PlannedCommunityCentre, from: Day, to: Day, rng: Random): SimulatedFact[] {
  centre.suspended.push({ from, to });
  const here = { by: seatOn(centre, from), rng };
  const isKnown = to !== NOT_YET && rng.chance(0.5);
  if (isKnown && rng.chance(0.8)) return [tell(centre, 'Suspended', from, { from, until: to }, here)];
  const until = isKnown ? { until: addDays(to, rng.int(10, 40)) } : {};
  const stopped = tell(centre, 'Suspended', from, { from, ...until }, here);
  if (to === NOT_YET) return [stopped];
  const after = stopped.recordedOn;
  return [stopped, tell(centre, 'Resumed', to, { effectiveOn: to }, { by: seatOn(centre, to), after, rng })];
}

interface Telling {
  /** Whose decision it is. */
  by: Place;
  /** What it rests on was recorded then; default: the centre itself. */
  after?: Day;
  rng: Random;
}

/** Something that happened on a day, and is in the registry some weeks later; never before what it rests on. */
function tell(
  { id, begun }: PlannedCommunityCentre,
  what: 'Moved' | 'Suspended' | 'Resumed',
  on: Day,
  data: Record<string, unknown>,
  { by, after = begun, rng }: Telling,
): SimulatedFact {
  const told = laterDay(addDays(on, rng.chance(0.1) ? rng.int(60, 200) : rng.int(1, 40)), after);
  const factId = `${id}.${what.toLowerCase()}-${on}`;
  const legalBasis = byCommune(inSentence(by), on, rng);
  return registryFact('community-learning', `CommunityCentre${what}`, factId, told, {
    centre: id,
    ...data,
    legalBasis,
  });
}
