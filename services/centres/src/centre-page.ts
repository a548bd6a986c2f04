import type { Body, DocumentSource, GivenDate, LegalBasis } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import type { Fact, States } from '@gdtx/ledger/fact';
import { firstDay, type Day } from '@gdtx/territory/days';
import { dateAsGiven, plainWithLists, type DateAsGiven } from '@gdtx/contracts/plain';

/**
 * What a centre's page shows besides the registry: the state document `centre:<id>`. It comes out the same in whatever order
 * facts of different days were told.
 */
export interface CentrePage {
  reports: Reports;
  /** By day, then by what was awarded. */
  awards: Award[];
  /** Its awards that a successor has told as inherited; absent: none. */
  inheritedAwards?: InheritedAward[];
  /** One a year, by year. */
  ratings: Rating[];
  accreditation: { targets: AccreditationTarget[]; awarded: Accreditation[] };
  /** What the centre's existence and structure rest on, by day. One without a basis is listed all the same. */
  legalActs: LegalAct[];
}

/** The latest report of each sort. */
export interface Reports {
  campuses?: Report & { campuses: { number: number; address?: string; unit?: string }[] };
  departments?: Report & { departments: string[]; legalBasis?: Basis[] };
  staffing?: Report & { total: number } & Partial<Record<StaffPart, number>> & Precision;
  training?: Report & Partnerships;
  enterprise?: Report & Partnerships;
  contact?: Report & { address?: string; email?: string; phone?: string; website?: string };
  support?: Report & { communityCentres: string[] };
}

export type StaffPart =
  | 'managers'
  | 'teachers'
  | 'qualifiedTeachers'
  | 'others'
  | 'female'
  | 'permanent'
  | 'contract'
  | 'seconded'
  | 'visiting';

export interface Partnerships extends Precision {
  total: number;
  institutions?: string[];
  partners?: string[];
}

interface Precision {
  precision?: string;
  asGiven?: string;
}

/** A level that holds from its day until the next report's. */
export interface Report extends Said {
  day: Day;
  reportedOn: DateAsGiven;
}

export interface Award extends Said {
  /** The day from which it counts; absent: not dated. */
  day?: Day;
  award: string;
  kind: string;
  class?: number;
  conferredBy?: string;
  level?: string;
  field?: string;
  date?: DateAsGiven;
  times?: { value: number; precision?: string; asGiven?: string };
  inheritedFrom?: string[];
}

export interface InheritedAward extends Award {
  /** Who told it, and in whose ledger it counts. */
  by: string;
}

export interface Rating extends Said {
  year: number;
  rating: string;
  ratedBy: Body;
  ratedOn?: DateAsGiven;
  legalBasis?: Basis[];
}

export interface AccreditationTarget extends Said {
  year: number;
  level: number;
  asGiven?: string;
  setBy: Body;
  setOn?: DateAsGiven;
}

export interface Accreditation extends Said {
  day: Day;
  level: number;
  asGiven?: string;
  awardedBy: Body;
  awardedOn: DateAsGiven;
  validUntil?: Day;
  legalBasis?: Basis[];
}

export interface LegalAct extends Said {
  day: Day;
  on: DateAsGiven;
  /** The fact that says so: CentresReorganised, DepartmentsReported … and its id. */
  fact: string;
  id: string;
  legalBasis: Basis[];
}

type Basis = Partial<LegalBasis>;

/** What every fact may say besides. */
interface Said {
  note?: string;
  source?: object;
}

export const pageKey = (centre: string): string => `centre:${centre}`;
export const unitKey = (unit: string): string => `unit:${unit}`;

/** The states that every fact on centres touches, so that what is said of a centre at once collides. */
export const centreKeys = (...centres: string[]): string[] =>
  [...new Set(centres)].flatMap((centre) => [unitKey(centre), pageKey(centre)]);

export const emptyPage: CentrePage = {
  reports: {},
  awards: [],
  ratings: [],
  accreditation: { targets: [], awarded: [] },
  legalActs: [],
};

export function pageOf(states: States, centre: string): CentrePage {
  return states.get<CentrePage>(pageKey(centre)) ?? emptyPage;
}

/** The page with something changed, as the state that `evolve` gives back. */
export function changed(
  states: States,
  centre: string,
  change: (page: CentrePage) => Partial<CentrePage>,
): Record<string, CentrePage> {
  const page = pageOf(states, centre);
  return { [pageKey(centre)]: { ...page, ...change(page) } };
}

/** Of two reports the one of the later day holds; of two of one day, the one that came last. */
export function later<R extends Report>(known: R | undefined, said: R): R {
  return known && known.day > said.day ? known : said;
}

/** A report with the day that it counts from; what it didn't say is left out. */
export function reportOf<R extends Report>(data: { reportedOn: GivenDate | undefined }): R {
  return { day: firstDay(data.reportedOn), ...(plainWithLists(withoutEmptyLists(data)) as object) } as R;
}

/** Lists that a report may leave out are left out of the page too. */
export function withoutEmptyLists<Data extends object>(data: Data): Partial<Data> {
  const said = Object.entries(data).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(said) as Partial<Data>;
}

interface Act {
  legalBasis: LegalBasis[];
  note: string;
  source: DocumentSource | undefined;
}

/** A fact as a legal act. */
export function legalAct(fact: Fact<Act>, name: string, given: GivenDate): LegalAct {
  const { legalBasis, note, source } = fact.data;
  return plainWithLists({
    day: firstDay(given),
    on: dateAsGiven(given),
    fact: name,
    id: fact.id,
    legalBasis,
    note,
    source,
  }) as LegalAct;
}

export function withAct(page: CentrePage, act: LegalAct): Pick<CentrePage, 'legalActs'> {
  return { legalActs: inOrder([...page.legalActs, act], (each) => [each.day, each.fact, each.id]) };
}

/** Sorted by several keys. */
export function inOrder<Item>(items: Item[], keys: (item: Item) => (string | number)[]): Item[] {
  return items.sort((a, b) => {
    const [left, right] = [keys(a), keys(b)];
    const at = left.findIndex((key, index) => key !== right[index]);
    return at < 0 ? 0 : left[at]! < right[at]! ? -1 : 1;
  });
}
