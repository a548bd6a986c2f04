import type { Fact, States } from '@gdtx/ledger/fact';
import type { DateAsGiven } from '@gdtx/contracts/plain';

/** What the reports of a community centre said last: the state document `community-centre:<id>`. */
export interface CommunityCentrePage {
  id: string;
  /** The commune that it was founded in. */
  commune?: string;
  management?: Report & { managers: number; concurrent?: number; female?: number; secondedTeachers?: number };
  managerChanges: { total: number; lastOn?: string; lastPost?: string };
  needs?: Report & { people: object };
  facilities?: Report & {
    computers?: number;
    internet?: boolean;
    materials?: number;
    bookcase?: boolean;
    ownHouse?: boolean;
    sharedWith?: string[];
  };
  /** By year. */
  plans: Record<string, { adoptedOn: string; topics: number; legalBasis?: object[] }>;
  topics: Record<string, { held: number; meetings: number; attendances: number }>;
  ratings: Record<string, Rating>;
  /** In đồng, by year. */
  budget: Record<string, number>;
  contributions: Record<string, { times: number; amount: number; inKindWorth: number }>;
}

/** A report that holds from its day until the next one. */
export interface Report {
  day: string;
  reportedOn: DateAsGiven;
}

export interface Rating {
  rating: string;
  ratedBy?: object;
  ratedOn?: DateAsGiven;
  legalBasis?: object[];
}

export const pageKey = (centre: string) => `community-centre:${centre}`;

/** The document that every fact about a unit's life and every report that relies on it touches, so that they collide. */
export const unitKey = (unit: string) => `unit:${unit}`;

export function newPage(id: string, commune?: string): CommunityCentrePage {
  return {
    id,
    ...(commune ? { commune } : {}),
    managerChanges: { total: 0 },
    plans: {},
    topics: {},
    ratings: {},
    budget: {},
    contributions: {},
  };
}

export function pageOf(states: States, centre: string): CommunityCentrePage {
  return states.get<CommunityCentrePage>(pageKey(centre)) ?? newPage(centre);
}

/** The states of a report that a community centre makes on itself. */
export function reportKeys(fact: Pick<Fact, 'source'>): string[] {
  return [unitKey(fact.source), pageKey(fact.source)];
}

/** The page of the source with some of its parts replaced. */
export function changedPage(
  fact: Pick<Fact, 'source'>,
  states: States,
  change: (page: CommunityCentrePage) => Partial<CommunityCentrePage>,
): Record<string, CommunityCentrePage> {
  const page = pageOf(states, fact.source);
  return { [pageKey(fact.source)]: { ...page, ...change(page) } };
}

/** Of two reports the one of the later day holds; of two of one day, the one that came last. */
export function latest<R extends Report>(known: R | undefined, said: R): R {
  return known && known.day > said.day ? known : said;
}
