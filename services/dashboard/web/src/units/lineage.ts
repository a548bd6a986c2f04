import type { Entry, LegalBasis, PlacedUnit, Text, UnitSummary } from '../api/types.js';

/** What `/v1/units/{id}` and `/v1/units/{id}/lineage` answer, as far as the page reads it. */

export interface UnitOn extends PlacedUnit {
  on: string;
  givenFrom?: string;
  knownSince?: string;
  address?: string;
  authority?: { body: string; of: string };
  suspended: boolean;
  age?: { years: number; months: number };
  today?: { unit: string; extent: string; default: boolean; label: Text }[];
}

export interface LineageUnit extends UnitSummary {
  /** When it began isn't known; it was there on this day. */
  knownSince?: string;
  givenFrom?: string;
  givenTo?: string;
}

export interface LineageEdge {
  from: string;
  to: string;
  on: string;
  asGiven: string;
  extent: string;
  default?: boolean;
  form?: string;
  formLabel?: Text;
  legalBasis: LegalBasis[];
}

export interface LineageChange {
  kind: string;
  on: string;
  asGiven: string;
  from: string[];
  to: string[];
  labels: Record<string, Text>;
  legalBasis: LegalBasis[];
  legalBasisUnknown?: boolean;
  name?: Text;
  address?: string;
  entry: Entry;
}

export interface UnitLineage {
  unit: string;
  changes: LineageChange[];
  units: LineageUnit[];
  edges: LineageEdge[];
  seats?: { spans: { unit: string; from: string | null; to: string | null; label: Text }[] };
}
