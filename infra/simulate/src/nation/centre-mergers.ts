import { addDays } from '@gdtx/territory/days';
import {
  byProvince,
  dissolve,
  english,
  handOver,
  nameOf,
  passThroughReform,
  planned,
  type PlannedCentre,
} from './centres.js';
import { dayBetween } from './calendar.js';
import { named, type SimulatedFact } from './fact.js';
import { random } from './random.js';
import { bare, codeOf, inSentence, REFORM, type Place } from './territory.js';
import { registryFact } from './unit.js';

/**
 * Whole decisions: a centre absorbed by its neighbour, and, after the reform of 2025, the centres of a province put together
 * into those of regions, many under one decision. Gives the centres that begin by it, and the facts.
 */
export function reorganiseCentres(
  centres: readonly PlannedCentre[],
  seed: string,
): { begun: PlannedCentre[]; facts: SimulatedFact[] } {
  const facts: SimulatedFact[] = [];
  const begun: PlannedCentre[] = [];
  for (const [province, own] of byPlace(centres, (centre) => centre.province)) {
    facts.push(...beforeReform(own, `${seed}/${province.id}`));
  }
  for (const [province, own] of byPlace(alive(centres), (centre) => centre.province.after)) {
    const merged = afterReform(province, own, seed);
    begun.push(...merged.begun);
    facts.push(...merged.facts);
  }
  for (const centre of alive(centres)) passThroughReform(centre);
  return { begun, facts };
}

const alive = (centres: readonly PlannedCentre[]) => centres.filter((centre) => centre.to === null);

function beforeReform(centres: readonly PlannedCentre[], words: string): SimulatedFact[] {
  const rng = random(`${words}/mergers`);
  const districts = centres.filter(({ isProvincial }) => !isProvincial);
  const [first, second] = districts;
  if (districts.length >= 6 && rng.chance(0.3)) {
    const on = dayBetween('2022-02-01', '2024-11-01', rng);
    // What happens to it by itself must have happened by then.
    if (first!.facts.length === 1) {
      first!.to = on;
      second!.weight += first!.weight;
      return [
        reorganised(`${second!.id}.absorbed`, addDays(on, rng.int(3, 30)), {
          ...{ form: 'absorption', sources: [first!.id], targets: [{ centre: second!.id }], effectiveOn: on },
          legalBasis: byProvince(second!, on),
        }),
      ];
    }
  }
  const last = districts.at(-1);
  if (districts.length >= 8 && last!.facts.length === 1 && rng.chance(0.06)) {
    dissolve(last!, dayBetween('2022-02-01', '2024-11-01', rng));
  }
  return [];
}

/** One decision of a province: regional centres, and one GDTX where the province has several. */
function afterReform(province: Place, centres: readonly PlannedCentre[], seed: string) {
  const rng = random(`${seed}/${province.id}/regions`);
  const begun: PlannedCentre[] = [];
  const facts: SimulatedFact[] = [];
  const on = dayBetween('2025-08-15', '2025-12-01', rng);
  const recordedOn = addDays(on, rng.int(3, 20));
  const legalBasis = byProvince({ province: centres[0]!.province, rng }, on);
  const merge = (sources: PlannedCentre[], centre: PlannedCentre, what: Record<string, unknown>) => {
    for (const source of sources) {
      handOver(source, province, REFORM);
      source.to = on;
    }
    begun.push(centre);
    const established = { ...what, seat: centre.seat.after.id, simulated: true };
    facts.push(
      reorganised(`${centre.id}.begun`, recordedOn, {
        ...{ form: 'consolidation', sources: sources.map(({ id }) => id), effectiveOn: on, legalBasis },
        targets: [
          {
            centre: centre.id,
            default: true,
            established: { ...established, authority: { body: 'Sở GDĐT', of: province.id } },
          },
        ],
      }),
    );
  };
  const provincials = centres.filter(({ isProvincial }) => isProvincial);
  if (provincials.length > 1 && rng.chance(0.45)) {
    const { province: its, seat } = provincials[0]!;
    const id = `sim-${seed}-gdtx-${codeOf(province).replace(/-2025$/, '')}-2025`;
    const centre = planned(id, {
      province: its,
      seat,
      weight: sumOf(provincials),
      isProvincial: true,
      managedBy: province.id,
      from: on,
    });
    const name = named(`Trung tâm GDTX ${inSentence(province)}`, `Continuing-education centre of ${english(province)}`);
    merge(provincials, centre, { kind: 'gdtx', name });
  }
  const regions = rng.chance(0.4) ? groups(centres.filter(({ isProvincial, to }) => !isProvincial && to === null)) : [];
  for (const [index, sources] of regions.entries()) {
    const { province: its, seat } = sources[0]!;
    const id = `sim-${seed}-gdnn-${codeOf(province).replace(/-2025$/, '')}-kv${index + 1}`;
    const centre = planned(id, {
      province: its,
      seat,
      weight: sumOf(sources),
      isProvincial: false,
      managedBy: province.id,
      from: on,
    });
    merge(sources, centre, {
      kind: 'gdnn-gdtx',
      name: nameOf('GDNN - GDTX', `khu vực ${bare(seat.after)}`, seat.after),
    });
  }
  return { begun, facts };
}

/** Two or three neighbours each, of a third of the centres. */
function groups(centres: readonly PlannedCentre[]): PlannedCentre[][] {
  const free = centres.filter(({ facts }) => facts.length === 1);
  const found: PlannedCentre[][] = [];
  for (let at = 0; at + 3 <= free.length && found.length * 2.5 < centres.length / 3; at += 3) {
    found.push(free.slice(at, at + (at % 2 ? 2 : 3)));
  }
  return found;
}

const sumOf = (centres: readonly PlannedCentre[]) => centres.reduce((sum, { weight }) => sum + weight, 0);

function reorganised(id: string, recordedOn: string, data: Record<string, unknown>): SimulatedFact {
  return registryFact('centres', 'CentresReorganised', id, recordedOn, data);
}

function byPlace<Of extends Place>(centres: readonly PlannedCentre[], of: (centre: PlannedCentre) => Of) {
  const places = new Map<Of, PlannedCentre[]>();
  for (const centre of centres) {
    const place = of(centre);
    places.set(place, [...(places.get(place) ?? []), centre]);
  }
  return places;
}
