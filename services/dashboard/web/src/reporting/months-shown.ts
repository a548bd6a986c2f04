import { addMonths } from '../formats/dates.js';
import type { View } from '../view/view.js';

const AT_FIRST = 12;
const MOST = 36;

/** The months of the calendar, the earliest first: those that the address names, else the last twelve that have ended. At most 36. */
export function monthsShown({ from, to, at }: Pick<View, 'from' | 'to' | 'at'>, today: string): string[] {
  const thisMonth = today.slice(0, 7);
  const last = earlier(to ?? addMonths((at ?? today).slice(0, 7), -1), thisMonth);
  const wanted = from !== undefined && from <= last ? from : addMonths(last, 1 - AT_FIRST);
  const months: string[] = [];
  for (let month = last; month >= wanted && months.length < MOST; month = addMonths(month, -1)) months.unshift(month);
  return months;
}

/** As many months so many steps later (earlier, below 0), and none that hasn't come. */
export function moved(months: readonly string[], steps: number, today: string): { from: string; to: string } {
  const length = months.length;
  const to = earlier(addMonths(months.at(-1)!, steps * length), today.slice(0, 7));
  return { from: addMonths(to, 1 - length), to };
}

const earlier = (one: string, other: string) => (one < other ? one : other);
