import { addDays, type Day } from '@gdtx/territory/days';
import { BEGINNING, dayBetween, laterDay } from './calendar.js';
import { named, type SimulatedFact } from './fact.js';
import { random, type Random } from './random.js';
import { bare, codeOf, communesOf, inSentence, REFORM, type District, type Place, type Province } from './territory.js';
import { decision, registryFact, type SimulatedUnit } from './unit.js';

/** The centres of a nation and what happens to each by itself; what happens to several at once is in centre-mergers.ts. */

/** One GDTX a province and a GDNN-GDTX in nine of ten districts: about 700 in 63 provinces. */
const DISTRICTS_WITH_A_CENTRE = 0.92;

/** A centre that is being told. */
export interface PlannedCentre extends SimulatedUnit {
  isProvincial: boolean;
  /** The unit whose body manages it. */
  managedBy: string;
  facts: SimulatedFact[];
  rng: Random;
}

export function planCentres(provinces: readonly Province[], seed: string): PlannedCentre[] {
  return provinces.flatMap((province) => {
    const districts = province.districts.filter(
      (district) =>
        district.communes.length > 0 && random(`${seed}/${district.id}/has-a-centre`).chance(DISTRICTS_WITH_A_CENTRE),
    );
    return [provincial(province, seed), ...districts.map((district) => ofDistrict(district, seed))];
  });
}

function provincial(province: Province, seed: string): PlannedCentre {
  const communes = communesOf(province);
  const centre = planned(`sim-${seed}-gdtx-${codeOf(province)}`, {
    province,
    seat: communes[0]!,
    weight: 1 + Math.sqrt(communes.length) / 4,
    isProvincial: true,
    managedBy: province.id,
  });
  establish(centre, {
    kind: 'gdtx',
    name: named(`Trung tâm GDTX ${inSentence(province)}`, `Continuing-education centre of ${english(province)}`),
    authority: { body: 'Sở GDĐT', of: province.id },
    establishedOn: String(centre.rng.int(1978, 2003)),
  });
  return centre;
}

function ofDistrict(district: District, seed: string): PlannedCentre {
  const { province, communes } = district;
  const centre = planned(`sim-${seed}-gdnn-${codeOf(district)}`, {
    province,
    seat: communes[0]!,
    weight: 0.4 + communes.length / 14,
    isProvincial: false,
    managedBy: district.id,
  });
  const { rng } = centre;
  const isStillGdtx = rng.chance(0.12);
  establish(centre, {
    kind: isStillGdtx ? 'gdtx' : 'gdnn-gdtx',
    name: nameOf(isStillGdtx ? 'GDTX' : 'GDNN - GDTX', inSentence(district), district),
    authority: { body: `UBND ${inSentence(district)}`, of: district.id },
    establishedOn: isStillGdtx ? String(rng.int(1994, 2010)) : dayBetween('2016-01-04', '2018-12-28', rng),
    ...(!isStillGdtx && { formedFrom: [{ name: `Trung tâm Dạy nghề ${inSentence(district)}`, kind: 'school' }] }),
  });
  if (isStillGdtx) {
    const on = dayBetween('2021-06-01', '2024-12-01', rng);
    const name = nameOf('GDNN - GDTX', inSentence(district), district);
    tell(centre, 'CentreKindChanged', on, {
      kind: 'gdnn-gdtx',
      name,
      effectiveOn: on,
      legalBasis: byProvince(centre, on),
    });
  }
  if (rng.chance(0.05)) handOver(centre, province, dayBetween('2021-04-01', '2024-12-01', rng));
  if (rng.chance(0.03)) rename(centre, dayBetween('2022-01-10', '2024-10-01', rng), bare(district), district);
  if (rng.chance(0.03) && communes.length > 1) {
    const on = dayBetween('2021-03-01', '2024-12-01', rng);
    const seat = rng.pick(communes.slice(1)).id;
    tell(centre, 'CentreMoved', on, { seat, effectiveOn: on, legalBasis: byProvince(centre, on) });
  }
  if (rng.chance(0.015)) suspend(centre);
  return centre;
}

/** What the reform of 2025 means for a centre that lives on: another authority, often another name, sometimes another place. */
export function passThroughReform(centre: PlannedCentre): void {
  const { province, rng, isProvincial, seat } = centre;
  handOver(centre, province.after, REFORM);
  if (!isProvincial && rng.chance(0.55)) {
    rename(centre, dayBetween('2025-07-15', '2025-12-20', rng), `khu vực ${bare(seat.after)}`, seat.after);
  }
  if (isProvincial && province.after.id !== province.id && rng.chance(0.5)) {
    const on = dayBetween('2025-08-01', '2025-11-28', rng);
    const name = named(
      `Trung tâm GDTX số ${rng.int(1, 3)} ${inSentence(province.after)} tại ${bare(province)}`,
      `Continuing-education centre of ${english(province.after)} at ${english(province)}`,
    );
    tell(centre, 'CentreRenamed', on, { name, effectiveOn: on, legalBasis: byProvince(centre, on) });
  }
  if (rng.chance(0.04)) {
    const on = dayBetween('2025-08-01', '2025-12-20', rng);
    const { communes } = seat.district;
    const other = communes.find((commune) => commune.after.id !== seat.after.id);
    if (other) tell(centre, 'CentreMoved', on, { seat: other.after.id, effectiveOn: on });
  }
}

export function dissolve(centre: PlannedCentre, on: Day): void {
  centre.to = on;
  tell(centre, 'CentreDissolved', on, { effectiveOn: on, legalBasis: byProvince(centre, on) });
}

/** A centre that begins within the five years, by a reorganisation that tells of it. */
export function planned(
  id: string,
  {
    from = '',
    ...more
  }: Pick<PlannedCentre, 'province' | 'seat' | 'weight' | 'isProvincial' | 'managedBy'> & { from?: Day },
): PlannedCentre {
  const rng = random(id);
  return {
    ...{ id, kind: 'centre', from, to: null, suspended: [], supports: [], moves: [], facts: [], rng },
    ...more,
    weight: more.weight * rng.around(0.4),
    size: rng.around(0.5),
  };
}

export function nameOf(kind: string, of: string, place: Place) {
  return named(
    `Trung tâm ${kind} ${of}`,
    `${kind === 'GDTX' ? 'Continuing' : 'Vocational and continuing'}-education centre of ${english(place)}`,
  );
}

export const english = (place: Place): string => place.name.en ?? bare(place);

function establish(centre: PlannedCentre, more: Record<string, unknown>): void {
  const data = { centre: centre.id, seat: centre.seat.id, ...more, simulated: true };
  // One in thirty was forgotten when the registry was first told.
  const recordedOn = centre.rng.chance(0.03) ? dayBetween('2021-03-01', '2021-12-20', centre.rng) : BEGINNING;
  centre.facts.push(registryFact('centres', 'CentreEstablished', `${centre.id}.begun`, recordedOn, data));
}

/** Something happened on a day, and is in the registry some weeks later. */
function tell(centre: PlannedCentre, name: string, on: Day, data: Record<string, unknown>): void {
  const { id, rng, facts } = centre;
  const told = addDays(on, rng.chance(0.1) ? rng.int(60, 240) : rng.int(2, 40));
  const recordedOn = laterDay(told, facts[0]!.recordedOn);
  facts.push(registryFact('centres', name, `${id}.r${facts.length}`, recordedOn, { centre: id, ...data }));
}

/** Its authority passes to the department of a province, unless it is so already. */
export function handOver(centre: PlannedCentre, to: Place, on: Day): void {
  if (centre.managedBy === to.id) return;
  centre.managedBy = to.id;
  const legalBasis = on === REFORM ? decision('142/2025/NĐ-CP', '2025-06-12', 'Chính phủ') : byProvince(centre, on);
  tell(centre, 'AuthorityChanged', on, { authority: { body: 'Sở GDĐT', of: to.id }, effectiveOn: on, legalBasis });
}

function rename(centre: PlannedCentre, on: Day, to: string, place: Place): void {
  const name = nameOf('GDNN - GDTX', to, place);
  tell(centre, 'CentreRenamed', on, { name, effectiveOn: on, legalBasis: byProvince(centre, on) });
}

function suspend(centre: PlannedCentre): void {
  const from = dayBetween('2021-05-10', '2023-08-01', centre.rng);
  const until = addDays(from, centre.rng.int(50, 150));
  centre.suspended.push({ from, to: until });
  tell(centre, 'OperationSuspended', from, { from, until, legalBasis: byProvince(centre, from) });
}

export function byProvince({ province, rng }: Pick<PlannedCentre, 'province' | 'rng'>, on: Day) {
  const issuer = on < REFORM ? province : province.after;
  return decision(`${rng.int(100, 3900)}/QĐ-UBND`, addDays(on, -rng.int(1, 12)), `UBND ${inSentence(issuer)}`);
}
