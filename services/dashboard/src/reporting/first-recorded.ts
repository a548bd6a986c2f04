import { LATEST, stoodBy } from '../columns/known.js';
import { monthOfDay } from '../columns/month-of-day.js';
import type { ReadModel } from '../columns/read-model.js';

/** In which month the first fact of a month was recorded, by service and unit; null: none was. Months since year 0. */
export type FirstRecorded = (service: string, unit: string, month: number) => number | null;

const YEAR = 12;

/**
 * Of each month of a year in which month the first fact of it was recorded that a ledger (by its number) holds in its figures; 0: none
 * was. As known by the end of a month.
 */
export function firstRecordedOfYear(model: ReadModel, ledger: number, year: number, known = LATEST): Uint16Array {
  const first = new Uint16Array(YEAR);
  // What was withdrawn is a row of its own, with a count below zero.
  const facts = new Int32Array(YEAR);
  const hear = (month: number, recorded: number, count: number) => {
    const at = month - year * YEAR;
    if (count === 0 || recorded > known) return;
    facts[at]! += count;
    if (count > 0 && (first[at] === 0 || recorded < first[at]!)) first[at] = recorded;
  };
  for (const held of model.yearsOf(ledger)) {
    if (held.year !== year) continue;
    model.flowRows.eachOf(held.firstCell, ({ month, recorded, exact, atLeast, about }, at) => {
      hear(month[at]!, recorded[at]!, exact[at]! + (atLeast?.[at] ?? 0) + (about?.[at] ?? 0));
    });
    model.levelRows.eachOf(held.firstEvent, ({ day, recorded, withdrawn }, at) => {
      if (stoodBy(known, recorded[at]!, withdrawn[at]!)) hear(monthOfDay(day[at]!), recorded[at]!, 1);
    });
  }
  for (let at = 0; at < YEAR; at++) if (facts[at]! <= 0) first[at] = 0;
  return first;
}

/** The same of any ledger, read when it is asked. */
export function firstRecordedIn(model: ReadModel, known = LATEST): FirstRecorded {
  return (service, unit, month) => {
    const ledger = model.ledgers.find(`${service}/${unit}`);
    if (ledger === undefined) return null;
    const year = Math.floor(month / YEAR);
    return firstRecordedOfYear(model, ledger, year, known)[month - year * YEAR]! || null;
  };
}
