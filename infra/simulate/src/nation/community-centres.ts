import { addDays, type Day } from '@gdtx/territory/days';
import { BEGINNING, dayBetween } from './calendar.js';
import { english } from './centres.js';
import { changesAfterReform, changesBeforeReform } from './community-changes.js';
import { named, type SimulatedFact } from './fact.js';
import { random, type Random } from './random.js';
import { codeOf, communesOf, inSentence, type Commune, type Place, type Province, type Ward } from './territory.js';
import { byCommune, registryFact, type SimulatedUnit } from './unit.js';

/**
 * One community learning centre in each commune, and two where a commune was itself put together of two not long ago: 10,900 in
 * the 10,035 communes. Many of the second ones join the first; after the reform some wards put theirs together.
 */
const COMMUNES_WITH_TWO = 0.086;

export interface PlannedCommunityCentre extends SimulatedUnit {
  /** On which day the registry first held it. */
  begun: Day;
  rng: Random;
}

export interface CommunityCentres {
  units: PlannedCommunityCentre[];
  facts: SimulatedFact[];
}

export function planCommunityCentres(provinces: readonly Province[], seed: string): CommunityCentres {
  const units: PlannedCommunityCentre[] = [];
  const facts: SimulatedFact[] = [];
  for (const commune of provinces.flatMap(communesOf)) {
    const rng = random(`${seed}/${commune.id}`);
    const first = planned(`sim-${seed}-tthtcd-${codeOf(commune)}`, commune);
    units.push(first);
    facts.push(established(first, inSentence(commune)));
    if (rng.chance(COMMUNES_WITH_TWO)) {
      const second = planned(`${first.id}-2`, commune);
      units.push(second);
      facts.push(established(second, `${inSentence(commune)} (khu vực 2)`));
      if (rng.chance(0.5)) facts.push(absorbed(second, first, dayBetween('2021-06-01', '2024-12-20', rng)));
    } else if (rng.chance(0.002)) {
      first.to = dayBetween('2022-01-10', '2024-12-20', rng);
      facts.push(dissolved(first, first.to));
    }
  }
  const alive = () => units.filter(({ to }) => to === null);
  facts.push(...alive().flatMap(changesBeforeReform));
  const byWard = groupByWard(units);
  for (const [ward, own] of byWard) {
    const living = own.filter(({ to }) => to === null);
    const rng = random(`${seed}/${ward.id}/merger`);
    // Some wards that inherited several, made of one province's communes.
    if (living.length < 2 || !rng.chance(0.27)) continue;
    facts.push(putTogether(ward, living, units, seed, rng));
  }
  facts.push(
    ...alive()
      .filter(({ from }) => from === '')
      .flatMap(changesAfterReform),
  );
  return { units, facts };
}

function planned(id: string, seat: Commune, from: Day = ''): PlannedCommunityCentre {
  const rng = random(id);
  const populous = seat.type === 'Xã' ? 1 : 1.5;
  return {
    ...{
      id,
      kind: 'community-centre',
      province: seat.district.province,
      seat,
      from,
      to: null,
      suspended: [],
      supports: [],
      moves: [],
      begun: '',
      rng,
    },
    weight: populous * rng.around(0.6),
    size: populous * rng.around(0.4),
  };
}

function established(centre: PlannedCommunityCentre, of: string): SimulatedFact {
  const { id, seat, rng } = centre;
  const since = rng.chance(0.15) ? { knownSince: '2020-12-31' } : { establishedOn: String(rng.int(2000, 2012)) };
  const recordedOn = rng.chance(0.03) ? dayBetween('2021-02-01', '2021-05-20', rng) : BEGINNING;
  centre.begun = recordedOn;
  return registryFact('community-learning', 'CommunityCentreEstablished', `${id}.begun`, recordedOn, {
    ...{ centre: id, commune: seat.id, name: nameOf(of, seat), ...since, simulated: true },
  });
}

const nameOf = (of: string, place: Place) => named(`TTHTCĐ ${of}`, `${english(place)} community learning centre`);

function absorbed(second: PlannedCommunityCentre, first: PlannedCommunityCentre, on: Day): SimulatedFact {
  second.to = on;
  return reorganised(`${second.id}.absorbed`, on, second.rng, {
    ...{ sources: [second.id], targets: [{ centre: first.id }], effectiveOn: on },
    legalBasis: byCommune(inSentence(first.seat), on, first.rng),
  });
}

function putTogether(
  ward: Ward,
  sources: PlannedCommunityCentre[],
  units: PlannedCommunityCentre[],
  seed: string,
  rng: Random,
): SimulatedFact {
  const on = dayBetween('2025-07-20', '2025-12-15', rng);
  const centre = planned(`sim-${seed}-tthtcd-${codeOf(ward).replace(/-2025$/, '')}-2025`, lastSeat(sources[0]!), on);
  centre.weight = sources.reduce((sum, { weight }) => sum + weight, 0);
  for (const source of sources) source.to = on;
  units.push(centre);
  const name = nameOf(inSentence(ward), ward);
  return reorganised(`${centre.id}.begun`, on, rng, {
    sources: sources.map(({ id }) => id),
    targets: [{ centre: centre.id, default: true, established: { commune: ward.id, name, simulated: true } }],
    effectiveOn: on,
    legalBasis: byCommune(inSentence(ward), on, rng),
  });
}

function dissolved({ id, seat, rng }: PlannedCommunityCentre, on: Day): SimulatedFact {
  return registryFact(
    'community-learning',
    'CommunityCentreDissolved',
    `${id}.dissolved`,
    addDays(on, rng.int(2, 30)),
    {
      ...{ centre: id, effectiveOn: on, legalBasis: byCommune(inSentence(seat), on, rng) },
    },
  );
}

function reorganised(id: string, on: Day, rng: Random, data: Record<string, unknown>): SimulatedFact {
  const recordedOn = addDays(on, rng.chance(0.1) ? rng.int(60, 200) : rng.int(1, 40));
  return registryFact('community-learning', 'CommunityCentresReorganised', id, recordedOn, data);
}

const lastSeat = ({ seat, moves }: PlannedCommunityCentre): Commune => moves.at(-1)?.seat ?? seat;

function groupByWard(units: readonly PlannedCommunityCentre[]): Map<Ward, PlannedCommunityCentre[]> {
  const wards = new Map<Ward, PlannedCommunityCentre[]>();
  for (const unit of units) {
    const ward = lastSeat(unit).after;
    const own = wards.get(ward);
    if (own) own.push(unit);
    else wards.set(ward, [unit]);
  }
  return wards;
}
