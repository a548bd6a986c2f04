import { centreMonth } from './centre.js';
import { dayNumber, type DayNumber, type Month } from './calendar.js';
import { communeYear, communityCentreMonth, topicHeld, type CommunityCentre } from './community-centre.js';
import { createNetwork, type Network } from './network.js';
import { Random } from './random.js';
import { readTerritory, type Territory } from './territory.js';
import type { Reporter, Tell, Told } from './told.js';

const KNOWN = dayNumber('2020-12-01');
const REFORM = dayNumber('2025-07-01');
/** When communes of 2025 put the community centres that they had inherited together. */
const MERGERS = dayNumber('2025-09-01');

/** What happens to the whole network, and who speaks when. */
export class Story {
  private readonly places: Territory = readTerritory();
  private readonly network: Network;
  private living: CommunityCentre[];

  constructor(
    private readonly seed: number,
    scale: number,
  ) {
    this.network = createNetwork(this.places, seed, scale);
    this.living = this.network.communityCentres;
  }

  /** The registry's facts until the reform. */
  *territory(): Generator<Told> {
    for (const { name, data } of this.places.facts) {
      if (!isReform(data)) yield { service: 'provinces', name, source: 'vn', data, day: KNOWN };
    }
  }

  *beginnings(): Generator<Told> {
    const day = KNOWN;
    const knownSince = '2020-01-01';
    for (const { id: centre, kind, seat } of this.network.centres) {
      const data = { centre, kind, name: { vi: `Trung tâm ${centre}` }, seat, knownSince };
      yield { service: 'centres', name: 'CentreEstablished', source: 'vn', data, day };
    }
    for (const { id: centre, commune } of this.network.communityCentres) {
      const data = { centre, commune, name: { vi: `TTHTCĐ ${centre}` }, knownSince };
      yield { service: 'community-learning', name: 'CommunityCentreEstablished', source: commune, data, day };
    }
  }

  /** The reform, at the beginning of its month. */
  *reformOf(month: Month): Generator<Told> {
    if (month.first !== REFORM) return;
    for (const { name, data } of this.places.facts) {
      if (isReform(data)) yield { service: 'provinces', name, source: 'vn', data, day: REFORM };
    }
  }

  /** All that is said of a month, some of it to be recorded later. */
  tell(month: Month, tell: Tell): void {
    if (month.first === MERGERS) this.mergeCommunityCentres(tell);
    for (const centre of this.network.centres) centreMonth(centre, month, tell);
    for (const centre of this.living) communityCentreMonth(centre, month, tell);
    if (month.number === 12) for (const commune of this.countingIn(month)) communeYear(commune, month, tell);
  }

  /** Topics without end. */
  *topics(day: DayNumber): Generator<Told> {
    for (;;) for (const centre of this.living) yield topicHeld(centre, day, () => undefined);
  }

  /** From the reform on, one commune counts where several did. */
  private countingIn(month: Month): (Reporter & { random: Random })[] {
    if (month.first < REFORM) return this.network.communes;
    return [
      ...new Map(this.network.communes.map((commune) => [commune.now, { ...commune, id: commune.now }])).values(),
    ];
  }

  /** In a third of the communes of 2025 all community centres become one. */
  private mergeCommunityCentres(tell: Tell): void {
    const now = new Map(this.network.communes.map((commune) => [commune.id, commune.now]));
    const byCommune = new Map<string, CommunityCentre[]>();
    for (const centre of this.living) {
      const commune = now.get(centre.commune)!;
      byCommune.set(commune, [...(byCommune.get(commune) ?? []), centre]);
    }
    const random = new Random(this.seed + 2);
    this.living = [...byCommune].flatMap(([commune, centres]) => {
      if (centres.length < 2 || !random.chance(1 / 3)) return centres;
      const merged = { ...centres[0]!, id: `bench-tthtcd-${commune}`, commune, topics: 0 };
      const established = { commune, name: { vi: `TTHTCĐ ${merged.id}` } };
      const data = {
        sources: centres.map(({ id }) => id),
        targets: [{ centre: merged.id, default: true, established }],
        effectiveOn: '2025-09-01',
      };
      tell({ service: 'community-learning', name: 'CommunityCentresReorganised', source: commune, data, day: MERGERS });
      return [merged];
    });
  }
}

function isReform({ effectiveOn }: Record<string, unknown>): boolean {
  return effectiveOn === '2025-07-01';
}
