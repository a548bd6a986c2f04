import { monthIndexOf, monthOf, type Day } from '@gdtx/territory/days';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import type { SaidMonths } from './said-months.js';
import { REPORTING_SERVICES } from './spoken-time.js';

/** A ledger that may hold something of a time on which its unit doesn't live. */
export interface Suspect {
  service: string;
  unit: UnitRecord;
}

/**
 * The ledgers that say anything of the months in or beyond which their unit's life ends, or in or before which it begins. Whether
 * an entry is outside is only seen in the ledger, which knows its day.
 */
export function suspects(said: SaidMonths, registry: Registry): Suspect[] {
  const found: Suspect[] = [];
  for (const { ledger, first, last } of said.all()) {
    const slash = ledger.indexOf('/');
    const service = ledger.slice(0, slash);
    if (!REPORTING_SERVICES.includes(service)) continue;
    const unit = registry.unit(ledger.slice(slash + 1));
    if (unit && reachesOut(unit, first, last)) found.push({ service, unit });
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
