import { monthIndexOf, monthOf, type Day } from '@gdtx/territory/days';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { dayText } from '../columns/level-events.js';
import type { ReadModel } from '../columns/read-model.js';
import type { PeriodRows } from '../reporting/period-rows.js';
import { REPORTING_SERVICES } from './spoken-time.js';

/** A ledger that may hold something of a time on which its unit doesn't live. */
export interface Suspect {
  service: string;
  unit: UnitRecord;
}

/**
 * The ledgers that say anything of the months in or beyond which their unit's life ends, or in or before which it begins: one
 * pass over what figures are made of. Whether an entry is outside is only seen in the ledger, which knows its day.
 */
export function suspects(model: ReadModel, periods: PeriodRows, registry: Registry): Suspect[] {
  const found: Suspect[] = [];
  for (const [ledger, [first, last]] of monthsSaid(model, periods)) {
    const slash = ledger.indexOf('/');
    const service = ledger.slice(0, slash);
    const unit = registry.unit(ledger.slice(slash + 1));
    if (unit && REPORTING_SERVICES.includes(service) && reachesOut(unit, first, last)) found.push({ service, unit });
  }
  return found;
}

function reachesOut({ life }: UnitRecord, first: number, last: number): boolean {
  if (life.to !== null && last >= monthIndex(life.to)) return true;
  if (life.from === null) return false;
  const begins = monthIndex(life.from);
  return first < begins || (first === begins && !life.from.endsWith('-01'));
}

const monthIndex = (day: Day): number => monthIndexOf(monthOf(day));

/** The first and the last month that each ledger has said anything of, in months since year 0. */
function monthsSaid(model: ReadModel, periods: PeriodRows): Map<string, [number, number]> {
  const first = new Float64Array(model.ledgers.size).fill(Infinity);
  const last = new Float64Array(model.ledgers.size).fill(-Infinity);
  const hear = (ledger: number, month: number): void => {
    if (month < first[ledger]!) first[ledger] = month;
    if (month > last[ledger]!) last[ledger] = month;
  };
  for (const { series, chunks } of model.flowRows.columns) {
    for (const { length, series: of, month } of chunks) {
      for (let i = 0; i < length; i++) hear(series.ledger[of[i]!]!, month[i]!);
    }
  }
  const monthOfDay = new Map<number, number>();
  for (const { series, chunks } of model.levelRows.columns) {
    for (const { length, series: of, day, withdrawn } of chunks) {
      for (let i = 0; i < length; i++) {
        if (withdrawn[i] !== 0) continue;
        let month = monthOfDay.get(day[i]!);
        if (month === undefined) monthOfDay.set(day[i]!, (month = monthIndex(dayText(day[i]!))));
        hear(series.ledger[of[i]!]!, month);
      }
    }
  }
  const said = new Map<string, [number, number]>();
  for (let ledger = 0; ledger < first.length; ledger++) {
    if (first[ledger]! <= last[ledger]!) said.set(model.ledgers.text(ledger), [first[ledger]!, last[ledger]!]);
  }
  for (const [ledger, begin, end] of periods.monthsSaid()) {
    const known = said.get(ledger);
    said.set(ledger, known ? [Math.min(known[0], begin), Math.max(known[1], end)] : [begin, end]);
  }
  return said;
}
