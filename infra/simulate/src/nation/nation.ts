import { addMonths, type Month } from '@gdtx/territory/days';
import { FIRST_MONTH, LAST_DAY, LAST_MONTH, monthsFrom, season } from './calendar.js';
import { profileOf } from './centre-profile.js';
import { planCentres, type PlannedCentre } from './centres.js';
import { reorganiseCentres } from './centre-mergers.js';
import { monthlyActivities } from './centre-months.js';
import { yearlyActivities } from './centre-years.js';
import { classActivities } from './class-stories.js';
import { planCommunityCentres } from './community-centres.js';
import { communityActivities } from './community-reports.js';
import type { SimulatedFact } from './fact.js';
import { MISHAPS, type Mishaps } from './mishaps.js';
import { Reporter, type Activity } from './reporter.js';
import type { Territory } from './territory.js';
import { worksIn, type SimulatedUnit } from './unit.js';

export interface NationOptions {
  seed: string;
  territory: Territory;
  /** About how many reports; the units are told besides. */
  facts: number;
  mishaps?: Mishaps;
}

/** A nation that never was: its units, and what they report of five years. The same options give the same nation. */
export interface Nation {
  units: readonly SimulatedUnit[];
  /** Who lived from when to when and what became of whom, in the order in which it would have been told. */
  registry: readonly SimulatedFact[];
  /** What the units say, in the order in which it would have been sent; `isTold`: of which units, the same as among all. */
  reports(isTold?: (unit: string) => boolean): Generator<SimulatedFact>;
}

/** Of all reports, those of centres: they are few and say much. */
const SHARE_OF_CENTRES = 0.45;

export function nationOf({ seed, territory, facts, mishaps = MISHAPS }: NationOptions): Nation {
  const planned = planCentres(territory.provinces, seed);
  const { begun, facts: mergers } = reorganiseCentres(planned, seed);
  const centres = [...planned, ...begun];
  const communities = planCommunityCentres(territory.provinces, seed);
  assignSupport(planned, communities.units);
  const registry = inOrder([...centres.flatMap((centre) => centre.facts), ...mergers, ...communities.facts]);
  return {
    units: [...centres, ...communities.units],
    registry,
    *reports(isTold = () => true) {
      const all = [
        ...reportersOf(centres, facts * SHARE_OF_CENTRES, mishaps, centreActivities),
        ...reportersOf(communities.units, facts * (1 - SHARE_OF_CENTRES), mishaps, communityActivities),
      ];
      const reporters = all.filter(({ reporter }) => isTold(reporter.unit.id));
      for (const month of monthsFrom(FIRST_MONTH, LAST_MONTH)) {
        yield* inOrder(reporters.flatMap(({ reporter, activities }) => reporter.tell(month, activities)));
      }
      for (const month of monthsFrom(addMonths(LAST_MONTH, 1), LAST_DAY.slice(0, 7))) {
        yield* inOrder(reporters.flatMap(({ reporter }) => reporter.sentIn(month)));
      }
    },
  };
}

/** Facts of one day keep the order in which they were told. */
function inOrder(facts: SimulatedFact[]): SimulatedFact[] {
  return facts.sort((a, b) => (a.recordedOn < b.recordedOn ? -1 : a.recordedOn > b.recordedOn ? 1 : 0));
}

function centreActivities(reporter: Reporter): Activity[] {
  const profile = profileOf(reporter);
  return [
    ...classActivities(reporter, profile),
    ...monthlyActivities(reporter, profile),
    ...yearlyActivities(reporter, profile),
  ];
}

interface Reporting {
  reporter: Reporter;
  activities: readonly Activity[];
}

/** Units share the facts by their weight and by the months in which they work. */
function reportersOf(
  units: readonly SimulatedUnit[],
  facts: number,
  mishaps: Mishaps,
  activitiesOf: (reporter: Reporter) => Activity[],
): Reporting[] {
  const months = [...monthsFrom(FIRST_MONTH, LAST_MONTH)];
  const busy = new Map<Month, number>(months.map((month) => [month, season(month)]));
  const share = (unit: SimulatedUnit) =>
    unit.weight * months.reduce((sum, month) => (worksIn(unit, month) ? sum + busy.get(month)! : sum), 0);
  const whole = units.reduce((sum, unit) => sum + share(unit), 0);
  return units.map((unit) => {
    const reporter = new Reporter(unit, (facts * unit.weight) / whole, mishaps);
    return { reporter, activities: activitiesOf(reporter) };
  });
}

function assignSupport(centres: readonly PlannedCentre[], communities: readonly SimulatedUnit[]): void {
  const byDistrict = new Map<string, string[]>();
  for (const { id, seat, from } of communities) {
    if (from !== '') continue;
    const own = byDistrict.get(seat.district.id);
    if (own) own.push(id);
    else byDistrict.set(seat.district.id, [id]);
  }
  for (const centre of centres)
    if (!centre.isProvincial) centre.supports = byDistrict.get(centre.seat.district.id) ?? [];
}
