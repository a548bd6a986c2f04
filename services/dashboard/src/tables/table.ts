import type { Label } from '../queries/unit-labels.js';

/** A day of the calendar, `2024-05-01`. */
export interface Day {
  day: string;
}

/** A moment, ISO 8601 in UTC. */
export interface Moment {
  moment: string;
}

/** null, undefined and '': nothing is known. */
export type Cell = string | number | boolean | Day | Moment | null | undefined;

/** What is said of a table: a name, and what it is, named in Vietnamese before English where it is named. */
export type About = readonly [name: string, ...said: Cell[]];

/** What can be taken away as a file: rows under columns, and what must be known of them. */
export interface Table {
  /** The file's, without its ending. */
  name: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** What is measured, of whom, when, by which map, as known when, and what it lacks. */
  about: readonly About[];
  /** Whether that stands at the head of its CSV too, in lines that begin with #. */
  headed: boolean;
  /** What columns are called that aren't in `words.ts`. */
  called?: Readonly<Record<string, Label>>;
  /** Columns of shares: 0.25 is 25 %. */
  shares?: readonly string[];
}

export const isDay = (cell: Cell): cell is Day => typeof cell === 'object' && cell !== null && 'day' in cell;
export const isMoment = (cell: Cell): cell is Moment => typeof cell === 'object' && cell !== null && 'moment' in cell;

/** How fresh a table is and what it lacks, as an answer says it. */
export function aboutFreshness({ asOf, lacks }: { asOf: string | null; lacks: readonly unknown[] }): About[] {
  return [
    ['asOf', asOf === null ? '' : { moment: asOf }],
    ['lacks', lacks.length, ...lacks.map((each) => JSON.stringify(each))],
  ];
}

/** Lines of which the first names the columns, as a table of which some columns hold days; a less precise date stays as it is given. */
export function withDays(
  [columns = [], ...rows]: readonly (readonly unknown[])[],
  days: readonly string[],
): Pick<Table, 'columns' | 'rows'> {
  const names = columns as string[];
  const cell = (value: unknown, i: number): Cell =>
    days.includes(names[i]!) && /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? { day: String(value) } : (value as Cell);
  return { columns: names, rows: rows.map((row) => row.map(cell)) };
}
