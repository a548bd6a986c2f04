import { type Centre } from './centre.js';
import type { CommunityCentre } from './community-centre.js';
import { Random } from './random.js';
import type { Commune, Territory } from './territory.js';
import type { Reporter } from './told.js';

const CENTRES = 700;
const OF_PROVINCES = 63;
const COMMUNITY_CENTRES = 10_900;
const MOST_LAG_DAYS = 4;

/** Who reports: as in 2019, or a part of it that is spread over the whole country. */
export interface Network {
  centres: Centre[];
  communityCentres: CommunityCentre[];
  /** Communes that count what is counted once a year, each with the commune of 2025 that goes on counting. */
  communes: (Reporter & { random: Random; now: string })[];
}

export function createNetwork(territory: Territory, seed: number, scale: number): Network {
  const { communes } = territory;
  const at = (index: number, of: number) => communes[Math.floor((index * communes.length) / of)]!;
  const random = (kind: number, index: number) => new Random(seed * 7919 + kind * 1_000_003 + index);

  const some = scaled(CENTRES, scale);
  const centres = Array.from({ length: some }, (_, index) => {
    const own = random(1, index);
    const ofProvince = index % Math.round(CENTRES / OF_PROVINCES) === 0;
    return {
      id: ofProvince ? `bench-gdtx-${index}` : `bench-gdnn-gdtx-${index}`,
      kind: ofProvince ? ('gdtx' as const) : ('gdnn-gdtx' as const),
      seat: at(index, some).id,
      random: own,
      lag: own.int(0, MOST_LAG_DAYS),
      classes: 0,
    };
  });
  const count = scaled(COMMUNITY_CENTRES, scale);
  const seats = new Map<string, Commune>();
  const communityCentres = Array.from({ length: count }, (_, index) => {
    const own = random(2, index);
    const commune = at(index, count);
    seats.set(commune.id, commune);
    return { id: `bench-tthtcd-${index}`, commune: commune.id, random: own, lag: own.int(0, MOST_LAG_DAYS), topics: 0 };
  });
  return {
    centres,
    communityCentres,
    communes: [...seats.values()].map(({ id, now }, index) => ({ id, now, random: random(3, index), lag: index % 3 })),
  };
}

function scaled(count: number, scale: number): number {
  return Math.max(2, Math.round(count * scale));
}
