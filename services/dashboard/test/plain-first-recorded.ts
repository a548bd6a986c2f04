import { monthIndexOf } from '@gdtx/territory/days';
import { LATEST, stoodBy } from '../src/columns/known.js';
import { dayText } from '../src/columns/level-events.js';
import type { ReadModel } from '../src/columns/read-model.js';
import type { FirstRecorded } from '../src/reporting/first-recorded.js';

/**
 * Which months of some, each included, are heard of in the figures, and since when, as known by the end of a month: one pass
 * over all rows.
 */
export function plainFirstRecorded(model: ReadModel, from: number, to: number, known = LATEST): FirstRecorded {
  const months = to - from + 1;
  const first = new Uint16Array(model.ledgers.size * months);
  // What was withdrawn is a row of its own, with a count below zero.
  const facts = new Int32Array(first.length);
  const hear = (ledger: number, month: number, recorded: number, count: number) => {
    if (month < from || month > to || count === 0 || recorded > known) return;
    const at = ledger * months + month - from;
    facts[at]! += count;
    if (count > 0 && (first[at] === 0 || recorded < first[at]!)) first[at] = recorded;
  };
  for (const { series, chunks } of model.flowRows.columns) {
    for (const chunk of chunks) {
      for (let i = 0; i < chunk.length; i++) {
        const count = chunk.exact[i]! + (chunk.atLeast?.[i] ?? 0) + (chunk.about?.[i] ?? 0);
        hear(series.ledger[chunk.series[i]!]!, chunk.month[i]!, chunk.recorded[i]!, count);
      }
    }
  }
  const monthOfDay = daysToMonths();
  for (const { series, chunks } of model.levelRows.columns) {
    for (const chunk of chunks) {
      for (let i = 0; i < chunk.length; i++) {
        // Withdrawn, or a row that was given back.
        if (!stoodBy(known, chunk.recorded[i]!, chunk.withdrawn[i]!)) continue;
        hear(series.ledger[chunk.series[i]!]!, monthOfDay(chunk.day[i]!), chunk.recorded[i]!, 1);
      }
    }
  }
  return (service, unit, month) => {
    const ledger = model.ledgers.find(`${service}/${unit}`);
    if (ledger === undefined || month < from || month > to) return null;
    const at = ledger * months + month - from;
    return facts[at]! > 0 ? first[at]! : null;
  };
}

function daysToMonths(): (day: number) => number {
  const known = new Map<number, number>();
  return (day) => {
    let month = known.get(day);
    if (month === undefined) known.set(day, (month = monthIndexOf(dayText(day).slice(0, 7))));
    return month;
  };
}
