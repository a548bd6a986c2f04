import type { LineageEdge, LineageUnit } from './lineage.js';

/** Where each unit's life and each step of lineage stand in a picture over time. Pure; shares of the width, 0 to 1. */

export interface TimeBar {
  unit: LineageUnit;
  row: number;
  start: number;
  end: number;
  /** Its beginning or end isn't known, or has not come. */
  openStart: boolean;
  openEnd: boolean;
}

export interface TimeStep {
  edge: LineageEdge;
  at: number;
  fromRow: number;
  toRow: number;
}

export interface TimePicture {
  bars: TimeBar[];
  steps: TimeStep[];
  /** Years to be written along the foot. */
  years: { year: number; at: number }[];
}

const DAY_MS = 86_400_000;
const MARGIN_YEARS = 2;
const MOST_YEARS_WRITTEN = 7;

const time = (day: string): number => Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY_MS;

/** Lays units out: who ended first above, who lives below, so that lines go downwards with time. */
export function timePicture(units: readonly LineageUnit[], edges: readonly LineageEdge[], today: string): TimePicture {
  const days = [...units.flatMap(({ from, to }) => [from, to]), ...edges.map(({ on }) => on)];
  const known = days.filter((day) => day !== null && day > '1000' && day < '9000').map((day) => time(day!));
  const last = Math.max(time(today), ...known);
  const first = Math.min(...known, last - 365 * MARGIN_YEARS) - 365 * MARGIN_YEARS;
  const at = (day: number) => (day - first) / (last - first);
  const ordered = [...units].sort(
    // Who lives still comes after who has ended; who was there before anything is known comes first.
    (a, b) => order(a.to ?? '9999', b.to ?? '9999') || order(a.from ?? '', b.from ?? '') || order(a.id, b.id),
  );
  const bars = ordered.map((unit, row) => ({
    ...{ unit, row, openStart: isOpenStart(unit), openEnd: unit.to === null },
    start: isOpenStart(unit) ? 0 : Math.max(0, at(time(unit.from!))),
    end: unit.to === null ? 1 : Math.min(1, at(time(unit.to))),
  }));
  const rows = new Map(bars.map(({ unit, row }) => [unit.id, row]));
  const steps = edges.flatMap((edge) => {
    const [fromRow, toRow] = [rows.get(edge.from), rows.get(edge.to)];
    return fromRow === undefined || toRow === undefined ? [] : [{ edge, at: at(time(edge.on)), fromRow, toRow }];
  });
  return { bars, steps, years: yearsBetween(first, last).map((year) => ({ year, at: at(time(`${year}-01-01`)) })) };
}

/** Since when it is known isn't when it began: its life is drawn from where the picture begins. */
const isOpenStart = ({ from, knownSince }: LineageUnit): boolean => from === null || knownSince !== undefined;

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function yearsBetween(first: number, last: number): number[] {
  const [from, to] = [first, last].map((day) => new Date(day * DAY_MS).getUTCFullYear()) as [number, number];
  const step = Math.max(1, Math.ceil((to - from) / MOST_YEARS_WRITTEN));
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => to - i * step).filter((year) => year > from);
}
