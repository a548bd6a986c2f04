import type { Entry, LegalBasis, Text } from './types.js';

/** What `/v1/inspections`, `/v1/recommendations` and `/v1/inspections/recommendations/{id}` answer, as far as screens read it. */

export interface Office {
  body: string;
  of: string;
}

/** One of the three. */
export interface Party {
  unit?: string;
  body?: Office;
  every?: { kind: string; in: string };
}

interface Listed {
  id: string;
  simulated?: boolean;
  entry: Entry;
}

export interface Progress {
  /** In whose name. */
  by?: string;
  reportedOn: string;
  text: string;
  state: 'in-progress' | 'done';
}

export interface Recommendation extends Listed {
  visit: string;
  number: number;
  text: string;
  addressees?: Party[];
  with?: Office[];
  issuedOn: unknown;
  due?: string;
  indicators?: string[];
  basis?: LegalBasis[];
  /** Where it counts. */
  at?: string;
  status: 'open' | 'in-progress' | 'closed';
  overdue: boolean;
  progress?: Progress[];
  closedOn?: string;
  outcome?: 'done' | 'lapsed';
}

interface List {
  total: number;
  /** The names, on the day of what names them, of every unit that is named. */
  labels: Record<string, Text>;
  next: string | null;
  asOf: string | null;
  lacks: unknown[];
}

export interface Recommendations extends List {
  recommendations: Recommendation[];
}

export interface Order extends Listed {
  authority?: Office;
  level: string;
  decision?: LegalBasis;
  orderedOn: unknown;
  title?: string;
  subjects?: Party[];
  visits?: { visit: string; occurredOn: string }[];
}

export interface Visit extends Listed {
  inspection?: string;
  kind: 'inspection' | 'working-session' | 'survey';
  occurredOn: string;
  authority?: Office;
  units?: string[];
  place?: string;
  participants?: Office[];
}

export interface Finding extends Listed {
  visit: string;
  kind: 'strength' | 'limitation';
  text: string;
  about?: Party[];
  indicators?: string[];
}

/** Visits page by page, with their findings; orders with the first page. */
export interface Inspections extends List {
  inspections: Order[];
  visits: Visit[];
  findings: Finding[];
}

/** Of one recommendation: the units in whose names the reader may go on with it today. */
export interface InWhoseName {
  may: { report: string[]; close: string[] };
}
