import type { LegalBasis } from '../api/types.js';

/** What `/v1/centres/{id}` and `/v1/community-centres/{id}` answer, as far as the page reads it. */

export interface Rating {
  rating: string;
  ratedBy?: { body: string; of: string };
  ratedOn?: unknown;
  legalBasis?: LegalBasis[];
}

export interface Accreditation {
  day: string;
  level: number;
  asGiven?: string;
  awardedBy?: { body: string };
  awardedOn: unknown;
  validUntil?: string;
  legalBasis?: LegalBasis[];
}

export interface AccreditationTarget {
  year: number;
  level: number;
  asGiven?: string;
  setBy?: { body: string };
}

export interface CentrePage {
  ratings: (Rating & { year: number })[];
  accreditation: { targets: AccreditationTarget[]; awarded: Accreditation[] };
}

export interface CommunityCentrePage {
  reports: {
    management?: {
      reportedOn: unknown;
      managers: number;
      concurrent?: number;
      female?: number;
      secondedTeachers?: number;
    };
    managerChanges: { total: number; lastOn?: string; lastPost?: string };
    ratings: Record<string, Rating>;
  };
}

/** The ratings that were given for years up to that of a day, the latest first. Pure. */
export function ratingsUntil(
  ratings: readonly (Rating & { year: number })[],
  day: string,
): (Rating & { year: number })[] {
  const last = Number(day.slice(0, 4));
  return ratings.filter(({ year }) => year <= last).sort((a, b) => b.year - a.year);
}

/** Whether an accreditation holds on a day; not: since when no longer. Pure. */
export function holdsOn({ day, validUntil }: Pick<Accreditation, 'day' | 'validUntil'>, on: string): boolean {
  return day <= on && (validUntil === undefined || on < validUntil);
}
